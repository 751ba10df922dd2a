package io.leaddispatch.spi;

import io.leaddispatch.Lead;
import java.util.List;
import java.util.Map;

/**
 * Delivers leads to one place. A lambda will do for simple ones, see {@link #each}.
 *
 * <p>Implementations block, are safe for use by many threads, and only translate: a lead into a request, an answer into
 * a result. They never retry, sleep, split or store; the lane that calls them does.
 */
@FunctionalInterface
public interface LeadDestination extends AutoCloseable {

    /**
     * Delivers the leads of one call, executing at most one write at the destination.
     *
     * @return exactly one result per lead, in the order of the leads
     * @throws Exception whatever goes wrong; the lane contains it and counts the outcome as unknown, or as a retry
     *     where {@link Limits#repeatSafe()}
     */
    List<DeliveryResult> deliver(LeadBatch batch) throws Exception;

    /**
     * What this destination, as configured, takes now. Cheap: it is read before every call, and may change.
     *
     * @implSpec Returns {@link Limits#ONE_BY_ONE}.
     */
    default Limits limits() {
        return Limits.ONE_BY_ONE;
    }

    /**
     * Leads share a call only if their batch keys are equal (a table's partition).
     *
     * @implSpec Returns the empty text: any leads may share a call.
     */
    default String batchKey(Lead lead) {
        return "";
    }

    /**
     * Leads with equal serial keys are never in one call, nor in two at once, in this process.
     *
     * @implSpec Returns the lead's id.
     */
    default String serialKey(Lead lead) {
        return lead.id().value();
    }

    /**
     * Checks the connection step by step; writes only the probe's test lead, if it has one.
     *
     * @implSpec Returns {@link Verification#NOTHING_TO_CHECK}.
     * @throws Exception whatever goes wrong outside the steps; the caller reports it as a failed step
     */
    default Verification verify(Verification.Probe probe) throws Exception {
        return Verification.NOTHING_TO_CHECK;
    }

    /**
     * The request that would carry this lead, for people to read: without secrets, nothing is sent.
     *
     * @implSpec Says that this destination does not show its requests.
     */
    default String preview(Lead lead) {
        return "(this destination does not show its requests)";
    }

    /**
     * Numbers that the destination knows of itself and that belong into the host's statistics, by name: how much of a
     * vendor's daily quota is used, for example. Cheap; read at any time. Names are {@code [a-z0-9-]+}, the same as long
     * as it is open, and never a value of a lead.
     *
     * @implSpec Returns an empty map.
     */
    default Map<String, Long> gauges() {
        return Map.of();
    }

    /** Frees what was opened; idempotent, bounded. */
    @Override
    default void close() {}

    /** A destination that takes one lead at a time. */
    static LeadDestination each(OneLead one) {
        return batch -> List.of(one.deliver(batch.only()));
    }

    /** Delivers one lead. */
    @FunctionalInterface
    interface OneLead {
        /** As {@link LeadDestination#deliver}, for one lead. */
        DeliveryResult deliver(Lead lead) throws Exception;
    }
}
