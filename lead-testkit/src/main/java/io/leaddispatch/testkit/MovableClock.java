package io.leaddispatch.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved. Safe for use by many threads. */
public final class MovableClock extends Clock {
    private volatile Instant now;

    private MovableClock(Instant start) {
        now = start;
    }

    /** A clock that shows that moment, in UTC. */
    public static MovableClock at(Instant start) {
        return new MovableClock(start);
    }

    /** A clock that shows that moment, e.g. {@code 2026-01-01T00:00:00Z}, in UTC. */
    public static MovableClock at(String start) {
        return at(Instant.parse(start));
    }

    /** Lets so much time pass; a negative duration is a clock that is put back. */
    public synchronized MovableClock pass(Duration time) {
        now = now.plus(time);
        return this;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** @throws UnsupportedOperationException unless the zone is UTC */
    @Override
    public Clock withZone(ZoneId zone) {
        if (!ZoneOffset.UTC.equals(zone)) {
            throw new UnsupportedOperationException("this clock knows UTC only");
        }
        return this;
    }
}
