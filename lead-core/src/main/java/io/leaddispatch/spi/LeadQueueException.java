package io.leaddispatch.spi;

import io.leaddispatch.LeadException;
import org.jspecify.annotations.Nullable;

/** A queue's store did not do what was asked. Queues may throw others; these leave nothing open. */
public abstract class LeadQueueException extends LeadException {
    private static final long serialVersionUID = 1L;

    private final boolean outcomeUnknown;

    /**
     * For those who implement a queue.
     *
     * @param outcomeUnknown whether it may have been done all the same
     */
    protected LeadQueueException(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** Whether it may have been done all the same; a lead that is stored again is kept once. */
    public boolean isOutcomeUnknown() {
        return outcomeUnknown;
    }
}
