package io.leaddispatch.outbox;

import io.leaddispatch.spi.LeadQueueException;
import org.jspecify.annotations.Nullable;

/** The outbox's database did not do what was asked. The message holds the database's code, never its text. */
public final class OutboxException extends LeadQueueException {
    private static final long serialVersionUID = 1L;

    OutboxException(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
        super(message, outcomeUnknown, cause);
    }
}
