package io.leaddispatch;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The books of one destination in this process, all read at one instant. Always {@code taken = suppressed + delivered +
 * rejected + undelivered + handedBack + waiting + inFlight}. Immutable.
 *
 * @param taken deliveries that came to this destination
 * @param suppressed of these, kept back by a rule
 * @param suppressedBy how many of the suppressed for which reason, by the reason's code
 * @param delivered of these, delivered
 * @param rejected of these, refused by the destination
 * @param undelivered of these, given up or unknown
 * @param handedBack of these, withdrawn by the caller or given back to the outbox
 * @param waiting of these, waiting
 * @param inFlight of these, in a call
 * @param calls calls begun
 * @param leadsCalled leads in these calls, repeats counted
 * @param pausedUntil the end of the pause, {@link Instant#MAX} for a held or stuck destination, or null
 * @param pausedWhy the reason of the pause, or null
 * @param oldestWaiting since when the oldest waiting lead waits, or null
 */
public record LaneStats(
        long taken,
        long suppressed,
        Map<String, Long> suppressedBy,
        long delivered,
        long rejected,
        long undelivered,
        long handedBack,
        long waiting,
        long inFlight,
        long calls,
        long leadsCalled,
        @Nullable Instant pausedUntil,
        @Nullable Problem pausedWhy,
        @Nullable Instant oldestWaiting) {

    /** Copies the map. */
    public LaneStats {
        suppressedBy = Map.copyOf(suppressedBy);
    }

    /** Whether the equation holds; it always does. */
    public boolean balanced() {
        return taken == suppressed + delivered + rejected + undelivered + handedBack + waiting + inFlight;
    }
}
