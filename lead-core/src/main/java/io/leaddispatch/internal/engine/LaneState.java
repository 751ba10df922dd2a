package io.leaddispatch.internal.engine;

import io.leaddispatch.LaneOptions;
import io.leaddispatch.LaneStats;
import io.leaddispatch.LeadId;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of one lane share. Everything that changes is guarded by {@link #lock}; only {@link
 * LeadDestination#limits()} runs as foreign code under it.
 */
final class LaneState {
    final String name;
    final LeadDestination destination;
    final LaneOptions options;
    final Engine engine;
    final Backoff backoff;
    final Books books = new Books();
    final Object lock = new Object();
    final Backlog backlog = new Backlog();
    /** Every delivery from its admission to its end, the oldest first. */
    final Map<LeadId, Delivery> live = new LinkedHashMap<>();

    /** Those who wait for leads that are in the store and not here. */
    final Parked parked = new Parked();

    final Set<Call> calls = new HashSet<>();
    /** Threads that have ended deliveries and have not told all listeners and callers yet; one may be here twice. */
    final List<Thread> telling = new ArrayList<>();
    /** Threads that wait for room. */
    int blockedFeeders;
    /** Nothing more is admitted. */
    boolean closed;
    /** Nothing more is sent. */
    boolean ended;

    /** What pauses this lane alone. */
    final Breaker breaker;

    private final Lane lane;
    private final Gates gates;
    private Limits lastLimits = Limits.ONE_BY_ONE;
    private @Nullable String gateName;
    private @Nullable Gate gate;

    LaneState(Lane lane, String name, LeadDestination destination, LaneOptions options, Engine engine, Gates gates) {
        this.lane = lane;
        this.name = name;
        this.destination = destination;
        this.options = options;
        this.engine = engine;
        this.gates = gates;
        this.breaker = gates.breaker(lane, name);
        this.backoff = new Backoff(options.firstDelay(), options.maxDelay(), engine.random());
    }

    boolean isDurable() {
        return engine.queue().durable();
    }

    /** What the destination takes now; where its code fails, what it took last. */
    Limits limits() {
        synchronized (lock) {
            try {
                lastLimits = Objects.requireNonNull(destination.limits(), "limits");
            } catch (RuntimeException e) { // foreign code: the last word it gave holds
                engine.events().contained(name, e);
            }
            return lastLimits;
        }
    }

    Gate gate() {
        synchronized (lock) {
            return gate(limits());
        }
    }

    Gate gate(Limits limits) {
        synchronized (lock) {
            if (gate == null || !Objects.equals(gateName, limits.gate())) {
                gateName = limits.gate();
                gate = gates.of(lane, gateName);
            }
            return gate;
        }
    }

    /** Why no call is made, be it for this lane or for all that share its gate; a probe that is due included. */
    @Nullable Pause pause() {
        return pause(gate());
    }

    @Nullable Pause pause(Gate own) {
        return Pause.longer(breaker.pause(), own.pause());
    }

    /** The pause that lasts beyond that moment, or keeps everybody out because a hand is needed; or null. */
    @Nullable Pause pauseBeyond(long moment, Gate own) {
        Pause throttled = own.pause();
        return Pause.longer(
                breaker.pauseBeyond(moment), throttled != null && throttled.until() >= moment ? throttled : null);
    }

    /** How all processes call the gate. */
    String gateName(Limits limits) {
        return Gates.name(name, limits.gate());
    }

    /** Most calls at once that the host allows. */
    int cap() {
        return options.concurrency() == null ? Integer.MAX_VALUE : options.concurrency();
    }

    /** A delivery may go out, for the first time or again. */
    void toBacklog(Delivery delivery) {
        releaseHeldKey(delivery);
        delivery.state = Delivery.State.WAITING;
        backlog.add(delivery);
    }

    void releaseHeldKey(Delivery delivery) {
        if (delivery.holdsKey) {
            delivery.holdsKey = false;
            backlog.release(delivery);
        }
    }

    /** Whether nothing waits, no call runs and everybody has been told; a listener that asks does not wait for itself. */
    boolean isIdle() {
        synchronized (lock) {
            return live.isEmpty() && telling.stream().allMatch(thread -> thread == Thread.currentThread());
        }
    }

    boolean isFull() {
        synchronized (lock) {
            return live.size() >= engine.capacity();
        }
    }

    /** Wakes whoever waits at that moment. */
    EngineTime.WakeUp wakeUpAt(long until) {
        return engine.time().after(until - engine.time().nanos(), this::wakeWaiters);
    }

    /** Wakes whoever waits for room or for the end. */
    void wakeWaiters() {
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    /** The books, read at one instant. */
    LaneStats stats() {
        Pause pause = pause();
        boolean stuck = gate().isStuck();
        synchronized (lock) {
            Delivery oldest = backlog.oldest();
            Instant since = oldest == null ? null : engine.time().instantAt(oldest.since);
            boolean open = pause == null && !stuck;
            boolean endless = stuck || pause != null && pause.isHeld();
            Instant until = open ? null : endless ? Instant.MAX : engine.time().instantAt(endOf(pause));
            Problem why = stuck ? EngineProblems.LANE_STUCK.problem() : pause == null ? null : pause.problem();
            return books.read(until, why, since);
        }
    }

    private static long endOf(@Nullable Pause pause) {
        return pause == null ? 0 : pause.until();
    }
}
