package io.leaddispatch.internal.engine;

import io.leaddispatch.Problem;
import io.leaddispatch.internal.engine.Pause.Kind;
import io.leaddispatch.spi.Limits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What limits the calls of one destination, or of several that name the same gate: concurrency, rate, serial keys, and
 * the pauses that the vendor asks for.
 *
 * <p>Safe for use by many threads; may be called with a lane's lock held and calls back without any.
 */
final class Gate {
    private final EngineTime time;
    private final Consumer<@Nullable Pause> news;
    private final List<Lane> lanes = new CopyOnWriteArrayList<>();
    private final SerialKeys keys = new SerialKeys(this::keyFreed);
    private final Deque<Long> window = new ArrayDeque<>();
    private long longestWindow;
    private int inFlight;
    private volatile int abandoned;
    private int width = Integer.MAX_VALUE;
    private int allowed = Integer.MAX_VALUE;
    private int successes;
    private long wakeAt = EngineTime.FOR_EVER;
    private volatile @Nullable Pause pause;

    /** @param news hears of every pause that begins here */
    Gate(EngineTime time, Consumer<@Nullable Pause> news) {
        this.time = time;
        this.news = news;
    }

    void serve(Lane lane) {
        lanes.add(lane);
    }

    /** The serial keys that its calls have in flight. */
    SerialKeys keys() {
        return keys;
    }

    /** Takes a permit unless the gate is closed. */
    synchronized boolean tryEnter(Limits limits, int cap) {
        long now = time.nanos();
        wakeAt = EngineTime.FOR_EVER;
        width = Math.min(limits.concurrency(), cap);
        if (pause != null && now < pause.until()) {
            wakeAt = pause.until();
            return false;
        }
        if (inFlight >= Math.min(width, allowed) || !rateAllows(limits.rate(), now)) {
            return false;
        }
        inFlight++;
        return true;
    }

    /** Whether one lane has all permits, so that its own calls will open the gate. */
    synchronized boolean isFullOfOneLane(Limits limits, int cap) {
        return lanes.size() == 1 && inFlight >= Math.min(Math.min(limits.concurrency(), cap), allowed);
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
        long per = rate.per().toNanos();
        longestWindow = Math.max(longestWindow, per);
        while (!window.isEmpty() && window.peekFirst() <= now - longestWindow) {
            window.removeFirst();
        }
        long recent = window.stream().filter(ended -> ended > now - per).count();
        if (inFlight + recent < rate.calls()) {
            return true;
        }
        if (recent > 0) {
            wakeAt = window.stream()
                            .filter(ended -> ended > now - per)
                            .findFirst()
                            .orElseThrow()
                    + per;
        }
        return false;
    }

    /** Gives a permit back that was not used. */
    synchronized void cancel() {
        inFlight--;
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

    private void keyFreed() {
        if (lanes.size() > 1) { // a lane alone looks for itself
            time.after(0, () -> lanes.forEach(Lane::pump));
        }
    }

    /** A call outlived its deadline; its permit stays taken. */
    synchronized void abandon() {
        abandoned++;
    }

    /** Whether every permit is taken by a call that does not come back. */
    boolean isStuck() {
        return abandoned > 0 && isAllAbandoned(); // asked for every lead, and mostly none is
    }

    private synchronized boolean isAllAbandoned() {
        return abandoned >= Math.min(width, allowed);
    }

    /** The pause in force, or null. */
    @Nullable Pause pause() {
        return pause;
    }

    /** At least one lead of a call got a definite answer: concurrency creeps back. */
    synchronized void succeeded(Limits limits) {
        int full = limits.concurrency();
        if (allowed < full && ++successes >= allowed) {
            successes = 0;
            allowed++;
        }
        if (allowed >= full) {
            allowed = Integer.MAX_VALUE;
        }
    }

    /** The vendor asked for nobody until then. */
    void throttle(Problem problem, long until, int concurrency) {
        Pause next;
        synchronized (this) {
            allowed = Math.max(1, Math.min(allowed, concurrency) / 2);
            successes = 0;
            if (pause != null && pause.until() >= until && time.nanos() < pause.until()) {
                return;
            }
            next = new Pause(Kind.THROTTLED, problem, until, 0);
        }
        news.accept(next);
        begin(next);
    }

    /** Nobody until then, by nobody's fault: the processes together have used up what is allowed. */
    void rest(Problem problem, long until) {
        synchronized (this) {
            if (pause != null && time.nanos() < pause.until()) {
                return;
            }
        }
        begin(new Pause(Kind.THROTTLED, problem, until, 2));
    }

    /** Another process was asked for nobody until then. */
    void follow(Problem problem, long until) {
        begin(new Pause(Kind.THROTTLED, problem, until, 1));
    }

    private void begin(Pause next) {
        synchronized (this) {
            pause = next;
        }
        time.after(next.until() - time.nanos(), this::pauseIsOver);
        lanes.forEach(lane -> lane.paused(next));
    }

    private void pauseIsOver() {
        synchronized (this) {
            if (pause == null || time.nanos() < pause.until()) {
                return;
            }
            pause = null;
        }
        lanes.forEach(Lane::resumed);
        lanes.forEach(Lane::reopened);
    }
}
