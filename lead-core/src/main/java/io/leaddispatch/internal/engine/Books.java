package io.leaddispatch.internal.engine;

import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LaneStats;
import io.leaddispatch.Problem;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where every delivery of one lane is. Each change moves deliveries from one account to another, so that the sum holds
 * whenever it is read. Guarded by its own lock, the innermost of all.
 */
final class Books {
    private long taken;
    private long suppressed;
    private long delivered;
    private long rejected;
    private long undelivered;
    private long handedBack;
    private long waiting;
    private long inFlight;
    private long calls;
    private long leadsCalled;
    private final Map<String, Long> suppressedBy = new TreeMap<>();

    /** Taken and over at once: kept back, or no place found. It never waited. */
    synchronized void neverWaited(Outcome outcome) {
        taken++;
        if (outcome instanceof Outcome.Suppressed kept) {
            suppressed++;
            suppressedBy.merge(kept.reason().code(), 1L, Long::sum);
        } else {
            undelivered++;
        }
    }

    synchronized void taken(int n) {
        taken += n;
        waiting += n;
    }

    synchronized void started(int n) {
        waiting -= n;
        inFlight += n;
        calls++;
        leadsCalled += n;
    }

    /** A call that was begun was not made. */
    synchronized void notCalled(int n) {
        calls--;
        leadsCalled -= n;
    }

    synchronized void backToWaiting(int n) {
        inFlight -= n;
        waiting += n;
    }

    synchronized void handedBackInFlight() {
        inFlight--;
        handedBack++;
    }

    synchronized void handedBackWaiting() {
        waiting--;
        handedBack++;
    }

    synchronized void finishedInFlight(Outcome outcome) {
        inFlight--;
        count(outcome);
    }

    synchronized void finishedWaiting(Outcome outcome) {
        waiting--;
        count(outcome);
    }

    /** Whether no delivery is in a call. */
    synchronized boolean nothingInFlight() {
        return inFlight == 0;
    }

    private void count(Outcome outcome) {
        if (outcome instanceof Outcome.Delivered) {
            delivered++;
        } else if (outcome instanceof Outcome.Rejected) {
            rejected++;
        } else if (outcome instanceof Outcome.Pending) {
            handedBack++;
        } else {
            undelivered++;
        }
    }

    synchronized LaneStats read(
            @Nullable Instant pausedUntil, @Nullable Problem pausedWhy, @Nullable Instant oldestWaiting) {
        return new LaneStats(
                taken,
                suppressed,
                suppressedBy,
                delivered,
                rejected,
                undelivered,
                handedBack,
                waiting,
                inFlight,
                calls,
                leadsCalled,
                pausedUntil,
                pausedWhy,
                oldestWaiting);
    }
}
