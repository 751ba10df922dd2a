package io.leaddispatch;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How patiently one destination is served. By default {@value #DEFAULT_ATTEMPTS} attempts with full jitter below 500 ms,
 * doubling up to 30 s; unknown outcomes are kept; a held destination is probed after 60 s. Immutable.
 *
 * @param attempts most attempts for one lead, 1 to 1,000
 * @param firstDelay longest wait before the second attempt; positive
 * @param maxDelay longest wait before any attempt; at least {@code firstDelay}
 * @param maxAge how long a delivery is tried, or null: with a memory queue the dispatcher's patience, which is also its
 *     most; with an outbox 4 days
 * @param onUnknown what becomes of a lead that was sent and whose answer was lost
 * @param concurrency most calls at once, where less than the destination allows; null for what it allows
 * @param holdProbe time until a held destination is probed for the first time; positive, doubles up to an hour
 */
public record LaneOptions(
        int attempts,
        Duration firstDelay,
        Duration maxDelay,
        @Nullable Duration maxAge,
        OnUnknown onUnknown,
        @Nullable Integer concurrency,
        Duration holdProbe) {
    /** Most attempts for one lead unless set. */
    public static final int DEFAULT_ATTEMPTS = 5;
    /** Longest wait before the second attempt unless set. */
    public static final Duration DEFAULT_FIRST_DELAY = Duration.ofMillis(500);
    /** Longest wait before any attempt unless set. */
    public static final Duration DEFAULT_MAX_DELAY = Duration.ofSeconds(30);
    /** Time until a held destination is probed unless set. */
    public static final Duration DEFAULT_HOLD_PROBE = Duration.ofSeconds(60);
    /** The defaults. */
    public static final LaneOptions DEFAULT = new LaneOptions(
            DEFAULT_ATTEMPTS, DEFAULT_FIRST_DELAY, DEFAULT_MAX_DELAY, null, OnUnknown.KEEP, null, DEFAULT_HOLD_PROBE);

    /** What becomes of a lead that was sent and whose answer was lost, where a repeat is not safe. */
    public enum OnUnknown {
        /** It is not sent again; the report says that it may exist. */
        KEEP,
        /** It is sent again, at the risk of a double. */
        RESEND
    }

    /** @throws IllegalArgumentException if a number is out of its range */
    public LaneOptions {
        Objects.requireNonNull(onUnknown, "onUnknown");
        if (attempts < 1 || attempts > 1_000) {
            throw new IllegalArgumentException("attempts must be 1 to 1000: " + attempts);
        }
        if (concurrency != null && concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1: " + concurrency);
        }
        positive("firstDelay", firstDelay);
        positive("maxDelay", maxDelay);
        positive("holdProbe", holdProbe);
        if (maxAge != null) {
            positive("maxAge", maxAge);
        }
        if (firstDelay.compareTo(maxDelay) > 0) {
            throw new IllegalArgumentException("firstDelay exceeds maxDelay");
        }
    }

    /** With at most so many attempts. */
    public LaneOptions withAttempts(int n) {
        return new LaneOptions(n, firstDelay, maxDelay, maxAge, onUnknown, concurrency, holdProbe);
    }

    /** With these waits. */
    public LaneOptions withDelays(Duration first, Duration max) {
        return new LaneOptions(attempts, first, max, maxAge, onUnknown, concurrency, holdProbe);
    }

    /** With deliveries tried for that long. */
    public LaneOptions withMaxAge(Duration age) {
        return new LaneOptions(attempts, firstDelay, maxDelay, age, onUnknown, concurrency, holdProbe);
    }

    /** With this answer to unknown outcomes. */
    public LaneOptions withOnUnknown(OnUnknown answer) {
        return new LaneOptions(attempts, firstDelay, maxDelay, maxAge, answer, concurrency, holdProbe);
    }

    /** With at most so many calls at once. */
    public LaneOptions withConcurrency(int n) {
        return new LaneOptions(attempts, firstDelay, maxDelay, maxAge, onUnknown, n, holdProbe);
    }

    /** With a first probe of a held destination after that time. */
    public LaneOptions withHoldProbe(Duration time) {
        return new LaneOptions(attempts, firstDelay, maxDelay, maxAge, onUnknown, concurrency, time);
    }

    private static void positive(String what, Duration time) {
        Objects.requireNonNull(time, what);
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(what + " must be positive: " + time);
        }
    }
}
