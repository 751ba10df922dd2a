package io.leaddispatch.internal.engine;

import io.leaddispatch.Problem;
import io.leaddispatch.spi.Limits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What limits and pauses the calls of one destination, or of several that name the same gate: concurrency, rate, pauses,
 * and the rule that a gate whose calls all fail pauses itself and lets one lead probe.
 *
 * <p>Safe for use by many threads; may be called with a lane's lock held and calls back without any.
 */
final class Gate {
    /** Calls in a row that fail before the gate pauses itself. */
    static final int FAILURES_TO_PAUSE = 5;

    /** Pauses this close together are one. */
    private static final long FOLLOWED_NANOS = 1_000_000_000;

    private static final Duration LONGEST_HOLD = Duration.ofHours(1);

    /** Why nobody may enter. */
    enum Kind {
        /** The vendor named a time. */
        THROTTLED,
        /** The vendor refuses this configuration; a hand is needed. */
        HELD,
        /** All calls fail. */
        FAILING
    }

    /** A pause: until when, why, and how many probes have failed. */
    record Pause(Kind kind, Problem problem, long until, int round) {}

    /** Whether a call may start. */
    enum Entry {
        /** It may. */
        OPEN,
        /** It may, with one lead. */
        PROBE,
        /** Not before another call ends or {@link #wakeAt()}. */
        CLOSED
    }

    private final EngineTime time;
    private final Consumer<@Nullable Pause> news;
    private final List<Lane> lanes = new CopyOnWriteArrayList<>();
    private final Deque<Long> window = new ArrayDeque<>();
    private int inFlight;
    private int abandoned;
    private int width = Integer.MAX_VALUE;
    private int allowed = Integer.MAX_VALUE;
    private int successes;
    private int failures;
    private boolean probing;
    private long wakeAt = EngineTime.FOR_EVER;
    private @Nullable Pause pause;

    /** @param news hears of every pause that begins here, and with null of the end of one */
    Gate(EngineTime time, Consumer<@Nullable Pause> news) {
        this.time = time;
        this.news = news;
    }

    void serve(Lane lane) {
        lanes.add(lane);
    }

    /** Takes a permit unless the gate is closed. */
    synchronized Entry tryEnter(Limits limits, int cap) {
        long now = time.nanos();
        wakeAt = EngineTime.FOR_EVER;
        width = Math.min(limits.concurrency(), cap);
        if (pause != null && now < pause.until) {
            wakeAt = pause.until;
            return Entry.CLOSED;
        }
        boolean probe = pause != null && pause.kind != Kind.THROTTLED;
        if (probing || inFlight >= Math.min(width, allowed) || !rateAllows(limits.rate(), now)) {
            return Entry.CLOSED;
        }
        inFlight++;
        probing = probe;
        return probe ? Entry.PROBE : Entry.OPEN;
    }

    /** When a closed gate may open by itself. */
    synchronized long wakeAt() {
        return wakeAt;
    }

    /**
     * A slot is free again when its window has passed since its call <em>ended</em>: then the server can never have seen
     * more calls in a window than allowed, however long they were under way.
     */
    private boolean rateAllows(Limits.@Nullable Rate rate, long now) {
        if (rate == null) {
            return true;
        }
        long past = now - rate.per().toNanos();
        while (!window.isEmpty() && window.peekFirst() <= past) {
            window.removeFirst();
        }
        if (inFlight + window.size() < rate.calls()) {
            return true;
        }
        if (!window.isEmpty()) {
            wakeAt = window.peekFirst() + rate.per().toNanos();
        }
        return false;
    }

    /** Gives a permit back that was not used. */
    synchronized void cancel() {
        inFlight--;
        probing = false;
    }

    /** A call ended: its permit is free, for the other lanes first; the call's own lane looks for itself. */
    void leave(Lane own, Limits limits, boolean wasAbandoned) {
        synchronized (this) {
            inFlight--;
            abandoned -= wasAbandoned ? 1 : 0;
            if (limits.rate() != null) {
                window.addLast(time.nanos());
            }
        }
        for (Lane lane : lanes) {
            if (lane != own) {
                lane.pump();
            }
        }
    }

    /** A call outlived its deadline; its permit stays taken. */
    synchronized void abandon() {
        abandoned++;
        probing = false;
    }

    /** Whether every permit is taken by a call that does not come back. */
    synchronized boolean isStuck() {
        return abandoned > 0 && abandoned >= Math.min(width, allowed);
    }

    /** The pause in force, a probe that is due included; or null. */
    synchronized @Nullable Pause pause() {
        return pause;
    }

    /** The pause that lasts beyond that moment, or keeps everybody out because a hand is needed; or null. */
    synchronized @Nullable Pause pauseBeyond(long moment) {
        if (pause == null) {
            return null;
        }
        boolean probeDue = time.nanos() >= pause.until && !probing;
        return pause.kind == Kind.HELD ? (probeDue ? null : pause) : (pause.until >= moment ? pause : null);
    }

    /** At least one lead of a call got a definite answer: the destination works. */
    void succeeded(Limits limits) {
        boolean resumed;
        synchronized (this) {
            failures = 0;
            resumed = pause != null && time.nanos() >= pause.until;
            if (resumed) {
                pause = null;
            }
            probing = false;
            creep(limits.concurrency());
        }
        if (resumed) {
            news.accept(null);
            lanes.forEach(Lane::resumed);
        }
    }

    private void creep(int full) {
        if (allowed < full && ++successes >= allowed) {
            successes = 0;
            allowed++;
        }
        if (allowed >= full) {
            allowed = Integer.MAX_VALUE;
        }
    }

    /** A call told nothing about the destination. */
    synchronized void neutral() {
        probing = false;
    }

    /** All leads of a call failed. */
    void failed(Problem problem, Backoff backoff) {
        Pause next;
        synchronized (this) {
            failures++;
            boolean probed = probing;
            probing = false;
            if (!probed && (failures < FAILURES_TO_PAUSE || pause != null)) {
                return;
            }
            int round = probed && pause != null ? pause.round + 1 : 1;
            Kind kind = probed && pause != null ? pause.kind : Kind.FAILING;
            next = new Pause(kind, problem, time.plus(backoff.bound(round)), round);
        }
        start(next);
    }

    /** The vendor asked for nobody until then. */
    void throttle(Problem problem, long until, int concurrency) {
        Pause next;
        synchronized (this) {
            probing = false;
            allowed = Math.max(1, Math.min(allowed, concurrency) / 2);
            successes = 0;
            if (pause != null && (pause.kind == Kind.HELD || pause.until >= until) && time.nanos() < pause.until) {
                return;
            }
            next = new Pause(Kind.THROTTLED, problem, until, 0);
        }
        start(next);
    }

    /** The vendor refuses this configuration: nobody but a probe at a growing interval. */
    void hold(Problem problem, Duration firstProbe) {
        Pause next;
        synchronized (this) {
            probing = false;
            Pause before = pause != null && pause.kind == Kind.HELD ? pause : null;
            if (before != null && time.nanos() < before.until) {
                return;
            }
            int round = before == null ? 0 : before.round + 1;
            Duration wait = firstProbe.multipliedBy(1L << Math.min(round, 10));
            wait = wait.compareTo(LONGEST_HOLD) > 0 ? max(firstProbe, LONGEST_HOLD) : wait;
            next = new Pause(Kind.HELD, problem, time.plus(wait), round);
        }
        start(next);
    }

    /** Nobody until then, by nobody's fault: the processes together have used up what is allowed. */
    void rest(Problem problem, long until) {
        Pause next = new Pause(Kind.THROTTLED, problem, until, 2);
        synchronized (this) {
            probing = false;
            if (pause != null && time.nanos() < pause.until) {
                return;
            }
        }
        begin(next);
    }

    /** Another process has paused this gate: nobody until then, and then one lead first. */
    void follow(Problem problem, long until) {
        synchronized (this) {
            if (until <= time.nanos() || pause != null && pause.until + FOLLOWED_NANOS >= until) {
                return;
            }
        }
        begin(new Pause(Kind.FAILING, problem, until, 1));
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private void start(Pause next) {
        news.accept(next);
        begin(next);
    }

    private void begin(Pause next) {
        synchronized (this) {
            pause = next;
            failures = 0;
        }
        time.after(next.until - time.nanos(), this::pauseIsOver);
        lanes.forEach(lane -> lane.paused(next));
    }

    private void pauseIsOver() {
        boolean resumed;
        synchronized (this) {
            Pause over = pause;
            if (over == null || time.nanos() < over.until) {
                return;
            }
            resumed = over.kind == Kind.THROTTLED;
            pause = resumed ? null : over;
        }
        if (resumed) {
            lanes.forEach(Lane::resumed);
        }
        lanes.forEach(Lane::reopened);
    }
}
