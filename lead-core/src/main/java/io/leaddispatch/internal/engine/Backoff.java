package io.leaddispatch.internal.engine;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a lead waits after its n-th failed attempt: full jitter below a bound that doubles up to a cap. */
final class Backoff {
    private static final int MOST_DOUBLINGS = 20;

    private final Duration first;
    private final Duration cap;
    private final RandomGenerator random;

    Backoff(Duration first, Duration cap, RandomGenerator random) {
        this.first = first;
        this.cap = cap;
        this.random = random;
    }

    /** A time from zero to {@link #bound}, each equally likely. */
    long jittered(int failures) {
        return random.nextLong(bound(failures).toNanos() + 1);
    }

    /** The longest wait after so many failures, at least 1. */
    Duration bound(int failures) {
        Duration grown = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return grown.compareTo(cap) < 0 ? grown : cap;
    }
}
