package io.leaddispatch;

import org.jspecify.annotations.Nullable;

/** The root of what this library throws. No message holds personal data or a secret. */
public abstract class LeadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** For this library's own exceptions. */
    protected LeadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
