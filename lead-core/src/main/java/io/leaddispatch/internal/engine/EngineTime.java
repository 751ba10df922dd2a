package io.leaddispatch.internal.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Time as the engine sees it: a clock that may jump, a counter that may not, and a wake-up call. */
public interface EngineTime extends AutoCloseable {
    /** Sooner or later is all that matters beyond this. */
    long FOR_EVER = Long.MAX_VALUE / 4;

    /** One millisecond: what is looked at again is not looked at sooner. */
    long SHORTEST_WAIT = 1_000_000;

    /** What the calendar says. */
    Clock clock();

    /** Nanoseconds on a counter that never goes back and starts near 0. */
    long nanos();

    /** Runs the task once, on a thread that must not be held up. */
    WakeUp after(long nanos, Runnable task);

    @Override
    void close();

    /** A task that waits for its time. */
    interface WakeUp {
        /** The task will not run, unless it has begun. */
        void cancel();
    }

    /** That moment on the counter; at least now, at most {@link #FOR_EVER}. */
    default long nanosAt(Instant moment) {
        Duration ahead = Duration.between(clock().instant(), moment);
        return ahead.isNegative() ? nanos() : plus(ahead);
    }

    /** So much from now on the counter, at most {@link #FOR_EVER}. */
    default long plus(Duration ahead) {
        return ahead.compareTo(Duration.ofDays(36_500)) > 0 ? FOR_EVER : nanos() + ahead.toNanos();
    }

    /** That moment of the counter on the calendar. */
    default Instant instantAt(long nanos) {
        return nanos >= FOR_EVER ? Instant.MAX : clock().instant().plusNanos(nanos - nanos());
    }
}
