package io.leaddispatch;

/**
 * Hears how {@link LeadDispatcher#sendAll} gets on. Called on the library's threads, one call at a time; what it throws
 * ends nothing.
 */
public interface SendProgress {
    /** Hears nothing. */
    SendProgress NONE = new SendProgress() {};

    /** A lead has its report. */
    default void finished(DispatchReport report) {}

    /** The numbers so far: after every {@value #STEP} leads and at the end. */
    default void advanced(SendSummary soFar) {}

    /** Leads between two calls of {@link #advanced}. */
    int STEP = 100;
}
