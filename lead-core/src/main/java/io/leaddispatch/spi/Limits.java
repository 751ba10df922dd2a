package io.leaddispatch.spi;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a destination can take, in this process. Start from {@link #ONE_BY_ONE} and change what differs. Immutable.
 *
 * @param batch most leads in one call, at least 1
 * @param concurrency most calls at once, at least 1
 * @param rate most calls in a rolling window, or null
 * @param callTimeout longest one call, prerequisites included; positive; leases and the watchdog follow from it
 * @param repeatSafe whether the vendor recognises a repeated lead by a stable key
 * @param gate destinations that name the same gate share concurrency, rate and pauses; null for a gate of its own
 */
public record Limits(
        int batch,
        int concurrency,
        @Nullable Rate rate,
        Duration callTimeout,
        boolean repeatSafe,
        @Nullable String gate) {

    /** One lead a call, 4 calls at once, no rate, 30 s, a repeat is not safe, own gate. */
    public static final Limits ONE_BY_ONE = new Limits(1, 4, null, Duration.ofSeconds(30), false, null);

    /** @throws IllegalArgumentException if a number is out of its range */
    public Limits {
        Objects.requireNonNull(callTimeout, "callTimeout");
        atLeastOne("batch", batch);
        atLeastOne("concurrency", concurrency);
        positive("callTimeout", callTimeout);
    }

    /**
     * So many calls in any window of that length.
     *
     * @param calls at least 1
     * @param per positive
     */
    public record Rate(int calls, Duration per) {
        /** @throws IllegalArgumentException if a number is out of its range */
        public Rate {
            atLeastOne("calls", calls);
            positive("per", per);
        }
    }

    /** With at most n leads in one call. */
    public Limits withBatch(int n) {
        return new Limits(n, concurrency, rate, callTimeout, repeatSafe, gate);
    }

    /** With at most n calls at once. */
    public Limits withConcurrency(int n) {
        return new Limits(batch, n, rate, callTimeout, repeatSafe, gate);
    }

    /** With at most so many calls in any window of that length. */
    public Limits withRate(int calls, Duration per) {
        return new Limits(batch, concurrency, new Rate(calls, per), callTimeout, repeatSafe, gate);
    }

    /** With calls of at most that time, prerequisites included. */
    public Limits withCallTimeout(Duration longest) {
        return new Limits(batch, concurrency, rate, longest, repeatSafe, gate);
    }

    /** The vendor recognises a repeated lead by a stable key. */
    public Limits whereRepeatIsSafe() {
        return new Limits(batch, concurrency, rate, callTimeout, true, gate);
    }

    /** Destinations naming the same gate share rate, concurrency and pauses, e.g. {@code marketo:284-RPR-133}. */
    public Limits withGate(String shared) {
        return new Limits(batch, concurrency, rate, callTimeout, repeatSafe, Objects.requireNonNull(shared, "shared"));
    }

    private static void atLeastOne(String what, int n) {
        if (n < 1) {
            throw new IllegalArgumentException(what + " must be at least 1: " + n);
        }
    }

    private static void positive(String what, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(what + " must be positive: " + time);
        }
    }
}
