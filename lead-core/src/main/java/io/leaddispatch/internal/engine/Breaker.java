package io.leaddispatch.internal.engine;

import io.leaddispatch.Problem;
import io.leaddispatch.internal.engine.Pause.Kind;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pauses that concern one destination alone, whatever gate it shares: a lane whose calls all fail, or whose
 * configuration the vendor refuses, pauses and lets one lead probe.
 *
 * <p>Safe for use by many threads; may be called with the lane's lock held and calls back without any.
 */
final class Breaker {
    /** Calls in a row that fail before the lane pauses itself. */
    static final int FAILURES_TO_PAUSE = 5;

    private static final Duration LONGEST_HOLD = Duration.ofHours(1);

    /** Whether a call may start. */
    enum Entry {
        /** It may. */
        OPEN,
        /** It may, with one lead. */
        PROBE,
        /** Not before a probe ends or {@link #wakeAt()}. */
        CLOSED
    }

    private final EngineTime time;
    private final Consumer<@Nullable Pause> news;
    private final Lane lane;
    private int failures;
    private boolean probing;
    private long wakeAt = EngineTime.FOR_EVER;
    private volatile @Nullable Pause pause;

    /** @param news hears of every pause that begins here, and with null of the end of one */
    Breaker(EngineTime time, Lane lane, Consumer<@Nullable Pause> news) {
        this.time = time;
        this.lane = lane;
        this.news = news;
    }

    /** Lets a call in unless the lane is paused. */
    synchronized Entry tryEnter() {
        wakeAt = EngineTime.FOR_EVER;
        if (pause == null) {
            return Entry.OPEN;
        }
        if (time.nanos() < pause.until()) {
            wakeAt = pause.until();
            return Entry.CLOSED;
        }
        if (probing) {
            return Entry.CLOSED;
        }
        probing = true;
        return Entry.PROBE;
    }

    /** When a closed lane may open by itself. */
    synchronized long wakeAt() {
        return wakeAt;
    }

    /** The call that was let in is not made, or says nothing about the destination. */
    synchronized void neutral() {
        probing = false;
    }

    /** The pause in force, a probe that is due included; or null. */
    @Nullable Pause pause() {
        return pause;
    }

    /** Whether all calls fail, as far as is known. */
    synchronized boolean isFailing() {
        return pause != null && pause.kind() == Kind.FAILING;
    }

    /** The pause that lasts beyond that moment, or keeps everybody out because a hand is needed; or null. */
    @Nullable Pause pauseBeyond(long moment) {
        return pause == null ? null : lastingBeyond(moment); // asked for every lead, and mostly there is none
    }

    private synchronized @Nullable Pause lastingBeyond(long moment) {
        if (pause == null) {
            return null;
        }
        boolean probeDue = time.nanos() >= pause.until() && !probing;
        return pause.isHeld() ? (probeDue ? null : pause) : (pause.until() >= moment ? pause : null);
    }

    /** At least one lead of a call got a definite answer: the destination works. */
    void succeeded() {
        boolean resumed;
        synchronized (this) {
            failures = 0;
            probing = false;
            resumed = pause != null && time.nanos() >= pause.until();
            if (resumed) {
                pause = null;
            }
        }
        if (resumed) {
            news.accept(null);
            lane.resumed();
        }
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
            int round = probed && pause != null ? pause.round() + 1 : 1;
            Kind kind = probed && pause != null ? pause.kind() : Kind.FAILING;
            next = new Pause(kind, problem, time.plus(backoff.bound(round)), round);
        }
        news.accept(next);
        begin(next);
    }

    /** The vendor refuses this configuration: nobody but a probe at a growing interval. */
    void hold(Problem problem, Duration firstProbe) {
        Pause next;
        synchronized (this) {
            probing = false;
            Pause before = pause != null && pause.isHeld() ? pause : null;
            if (before != null && time.nanos() < before.until()) {
                return;
            }
            int round = before == null ? 0 : before.round() + 1;
            Duration wait = firstProbe.multipliedBy(1L << Math.min(round, 10));
            wait = wait.compareTo(LONGEST_HOLD) > 0 ? max(firstProbe, LONGEST_HOLD) : wait;
            next = new Pause(Kind.HELD, problem, time.plus(wait), round);
        }
        news.accept(next);
        begin(next);
    }

    /** Another process has paused this destination: nobody until then, and then one lead first. */
    void follow(Problem problem, long until) {
        begin(new Pause(Kind.FAILING, problem, until, 1));
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private void begin(Pause next) {
        synchronized (this) {
            pause = next;
            failures = 0;
        }
        time.after(next.until() - time.nanos(), this::pauseIsOver);
        lane.paused(next);
    }

    private void pauseIsOver() {
        synchronized (this) {
            if (pause == null || time.nanos() < pause.until()) {
                return;
            }
        }
        lane.reopened();
    }
}
