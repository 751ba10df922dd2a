package io.leaddispatch.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Something that is worth doing often, but not too often. Safe for use by many threads. */
final class Paced {
    private final InstantSource clock;
    private final Duration pause;
    private Instant last;

    /** @param pause between two times; the first time comes after it too */
    Paced(InstantSource clock, Duration pause) {
        this.clock = clock;
        this.pause = pause;
        this.last = clock.instant();
    }

    /** Whether it is time, which is said once; also if the clock was put back. */
    synchronized boolean isDue() {
        Instant now = clock.instant();
        if (!now.isBefore(last) && now.isBefore(last.plus(pause))) {
            return false;
        }
        last = now;
        return true;
    }
}
