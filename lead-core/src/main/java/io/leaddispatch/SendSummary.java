package io.leaddispatch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of many leads, in numbers. Immutable.
 *
 * @param leads leads given
 * @param finished of these, reported
 * @param unrouted of these, routed nowhere
 * @param destinations by name
 */
public record SendSummary(long leads, long finished, long unrouted, Map<String, Counts> destinations) {
    /** Copies the map. */
    public SendSummary {
        destinations = Collections.unmodifiableMap(new LinkedHashMap<>(destinations));
    }

    /** Whether every lead is delivered, suppressed or durably stored everywhere. */
    public boolean isSettled() {
        return unrouted == 0
                && finished == leads
                && destinations.values().stream().allMatch(c -> c.rejected == 0 && c.undelivered == 0);
    }

    /**
     * What became of them at one destination.
     *
     * @param delivered delivered
     * @param rejected refused by the destination
     * @param suppressed kept back by a rule
     * @param pending durably stored, still to come
     * @param undelivered given up or unknown
     * @param codes how often each problem code occurs among those not delivered
     */
    public record Counts(
            long delivered, long rejected, long suppressed, long pending, long undelivered, Map<String, Long> codes) {
        /** Copies the map, in the order of the codes. */
        public Counts {
            codes = Collections.unmodifiableMap(new TreeMap<>(codes));
        }
    }
}
