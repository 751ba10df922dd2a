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

    /** Pauses this close together are one. */
    private static final long FOLLOWED_NANOS = 1_000_000_000;

    private final EngineTime time;
    private final LeadQueue queue;
    private final Events events;
    private final Map<String, Gate> byName = new HashMap<>();
    private final Map<String, Breaker> breakers = new HashMap<>();
    private final Set<String> served = new HashSet<>();
    private long lookAt;

    Gates(EngineTime time, LeadQueue queue, Events events) {
        this.time = time;
        this.queue = queue;
        this.events = events;
    }

    static String name(String lane, @Nullable String shared) {
        return shared != null ? "shared " + shared : "lane " + lane;
    }

    synchronized Gate of(Lane lane, @Nullable String shared) {
        String name = name(lane.name(), shared);
        Gate gate = byName.computeIfAbsent(name, n -> new Gate(time, pause -> tell(n, pause)));
        if (served.add(name + " for " + lane.name())) {
            gate.serve(lane);
        }
        return gate;
    }

    /** What pauses that lane alone; known to the other processes by the lane's name. */
    synchronized Breaker breaker(Lane lane, String laneName) {
        String name = name(laneName, null);
        return breakers.computeIfAbsent(name, n -> new Breaker(time, lane, pause -> tell(n, pause)));
    }

    /** A gate or a lane pauses, or with null goes on. */
    private void tell(String name, @Nullable Pause pause) {
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
        queue.pauses().forEach((name, until) -> follow(name, time.nanosAt(until)));
    }

    private void follow(String name, long until) {
        Gate gate;
        Breaker breaker;
        synchronized (this) {
            gate = byName.get(name);
            breaker = breakers.get(name);
        }
        Pause known = Pause.longer(breaker == null ? null : breaker.pause(), gate == null ? null : gate.pause());
        if (until <= time.nanos() || known != null && known.until() + FOLLOWED_NANOS >= until) {
            return;
        }
        Problem elsewhere = EngineProblems.PAUSED_ELSEWHERE.problem();
        if (breaker != null) {
            breaker.follow(elsewhere, until);
        } else if (gate != null) {
            gate.follow(elsewhere, until);
        }
    }
}
