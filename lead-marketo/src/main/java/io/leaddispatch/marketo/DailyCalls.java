package io.leaddispatch.marketo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls from one daily reset of Marketo's quota to the next. That is midnight in Chicago; 06:00 UTC is never
 * before it, in summer an hour after. Safe for use by many threads.
 */
final class DailyCalls {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration RESET = Duration.ofHours(6);

    private final Clock clock;
    private Instant end = Instant.MIN;
    private int calls;

    DailyCalls(Clock clock) {
        this.clock = clock;
    }

    /** The next reset after that moment. */
    static Instant resetAfter(Instant now) {
        long day = DAY.toSeconds();
        long since = Math.floorMod(now.getEpochSecond() - RESET.toSeconds(), day);
        return Instant.ofEpochSecond(now.getEpochSecond() + day - since);
    }

    /** Counts one more call; or, if there have been so many already, says when the next may be made. */
    synchronized @Nullable Instant take(int most) {
        Instant now = clock.instant();
        if (!now.isBefore(end)) {
            end = resetAfter(now);
            calls = 0;
        }
        if (calls >= most) {
            return end;
        }
        calls++;
        return null;
    }
}
