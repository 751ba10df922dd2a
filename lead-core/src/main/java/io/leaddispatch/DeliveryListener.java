package io.leaddispatch;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens to deliveries, for metrics and logs.
 *
 * <p>Called on the library's threads and on callers' threads, several at once: be quick and safe for use by many
 * threads. What a listener throws is logged once and changes nothing.
 */
public interface DeliveryListener {

    /**
     * A delivery was taken: it will end in {@link #finished}. With a durable queue that is said each time it is fetched
     * from there.
     */
    default void accepted(LeadId lead, String destination) {}

    /**
     * A call ended.
     *
     * @param leads how many leads it carried, at least 1
     * @param took from just before the call to just after
     */
    default void attempt(String destination, int leads, Duration took) {}

    /** A delivery will be tried again, not before that time. */
    default void deferred(LeadId lead, String destination, Problem why, Instant notBefore) {}

    /** A lead goes nowhere, because no route matches it. */
    default void unrouted(LeadId lead, Problem why) {}

    /**
     * A delivery ended; one that a rule kept back or that found no place ended without having been accepted. {@code
     * Pending} comes from a durable queue alone: this process gave the delivery back there, and it goes on.
     */
    default void finished(LeadId lead, String destination, DispatchReport.Outcome outcome) {}

    /** A destination gets no calls for a while; {@code until} is null if it is held until a probe succeeds. */
    default void lanePaused(String destination, Problem why, @Nullable Instant until) {}

    /** A destination gets calls again. */
    default void laneResumed(String destination) {}
}
