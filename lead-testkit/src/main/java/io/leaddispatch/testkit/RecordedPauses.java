package io.leaddispatch.testkit;

import io.leaddispatch.DeliveryListener;
import io.leaddispatch.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pauses that destinations asked for, as a dispatcher tells them: give it to {@code LeadDispatcher.builder()} as a
 * listener. Safe for use by many threads.
 */
public final class RecordedPauses implements DeliveryListener {
    /**
     * One pause.
     *
     * @param destination whose
     * @param length from the moment it began, or null where the destination is held
     * @param why the problem
     */
    public record Pause(String destination, @Nullable Duration length, Problem why) {}

    private final Clock clock;
    private final List<Pause> pauses = new ArrayList<>();

    /** @param clock the dispatcher's, by which lengths are measured */
    public RecordedPauses(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public synchronized void lanePaused(String destination, Problem why, @Nullable Instant until) {
        Duration length = until == null ? null : Duration.between(clock.instant(), until);
        pauses.add(new Pause(destination, length, why));
    }

    /** All so far, in order. */
    public synchronized List<Pause> taken() {
        return List.copyOf(pauses);
    }
}
