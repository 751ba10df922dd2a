package io.leaddispatch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The books of a dispatcher. Always {@code leads = dispatched + unrouted}. Immutable.
 *
 * @param leads leads given to it
 * @param dispatched of these, routed to at least one destination
 * @param unrouted of these, routed nowhere
 * @param lanes by destination, in the order of the configuration
 * @param gauges numbers that the destinations tell of themselves, such as the part of a quota that is used, by
 *     destination and name; destinations that tell nothing are left out
 */
public record DispatcherStats(
        long leads,
        long dispatched,
        long unrouted,
        Map<String, LaneStats> lanes,
        Map<String, Map<String, Long>> gauges) {
    /** Copies the maps. */
    public DispatcherStats {
        lanes = Collections.unmodifiableMap(new LinkedHashMap<>(lanes));
        gauges = Collections.unmodifiableMap(new LinkedHashMap<>(gauges));
    }
}
