package io.leaddispatch.internal.engine;

import io.leaddispatch.Problem;
import io.leaddispatch.spi.LeadQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The gates of one dispatcher: one per name, and one per lane that names none; and their pauses, where a durable queue
 * carries these from process to process. Safe for use by many threads.
 */
final class Gates {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(400);

    private final EngineTime time;
    private final LeadQueue queue;
    private final Events events;
    private final Map<String, Gate> byName = new HashMap<>();
    private final Set<String> served = new HashSet<>();
    private long lookAt;

    Gates(EngineTime time, LeadQueue queue, Events events) {
        this.time = time;
        this.queue = queue;
        this.events = events;
    }

    static String name(Lane lane, @Nullable String shared) {
        return shared != null ? "shared " + shared : "lane " + lane.name();
    }

    synchronized Gate of(Lane lane, @Nullable String shared) {
        String name = name(lane, shared);
        Gate gate = byName.computeIfAbsent(name, n -> new Gate(time, pause -> tell(n, pause)));
        if (served.add(name + " for " + lane.name())) {
            gate.serve(lane);
        }
        return gate;
    }

    /** A gate pauses, or with null goes on. */
    private void tell(String name, Gate.@Nullable Pause pause) {
        if (queue.durable()) {
            try {
                Instant now = time.clock().instant();
                Problem why = pause == null ? EngineProblems.PAUSED_ELSEWHERE.problem() : pause.problem();
                queue.pause(name, pause == null ? now : time.instantAt(pause.until()), why);
            } catch (RuntimeException e) { // the others then find out by themselves
                events.queueFailed(name, e);
            }
        }
    }

    /** Pauses what other processes have paused. */
    void follow() {
        synchronized (this) {
            if (!queue.durable() || time.nanos() < lookAt) {
                return;
            }
            lookAt = time.plus(LOOK_AGAIN);
        }
        queue.pauses().forEach((name, until) -> {
            Gate gate;
            synchronized (this) {
                gate = byName.get(name);
            }
            if (gate != null) {
                gate.follow(EngineProblems.PAUSED_ELSEWHERE.problem(), time.nanosAt(until));
            }
        });
    }
}
