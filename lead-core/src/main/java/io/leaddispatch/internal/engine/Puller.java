package io.leaddispatch.internal.engine;

import io.leaddispatch.spi.LeadQueue.Claim;
import java.time.Duration;
import java.util.List;

/**
 * Fetches what a durable queue has for one lane, as much as the next calls can carry: at once when this process stored it
 * or knows that there is more, else by looking now and then. Safe for use by many threads.
 */
final class Puller {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AFTER_SOME = Duration.ofMillis(20);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final Lane owner;
    private final LaneState lane;
    private boolean running;
    private boolean moreThere;
    private boolean failed;
    private long nextAt = EngineTime.FOR_EVER;
    private long wanted = EngineTime.FOR_EVER;
    private long tellAt;

    Puller(Lane owner, LaneState lane) {
        this.owner = owner;
        this.lane = lane;
    }

    /** Looks now, on another thread. */
    void soon() {
        by(lane.engine.time().nanos());
    }

    /** There is room again: looks now if there was more when it last looked. */
    void roomAgain() {
        boolean worthIt;
        synchronized (this) {
            worthIt = moreThere;
        }
        if (worthIt) {
            soon();
        }
    }

    /** Looks at that moment at the latest. */
    void by(long nanos) {
        if (!lane.isDurable() || nanos >= EngineTime.FOR_EVER) {
            return;
        }
        synchronized (this) {
            if (running) {
                wanted = Math.min(wanted, nanos);
                return;
            }
            if (nanos >= nextAt) {
                return;
            }
            nextAt = nanos;
        }
        lane.engine.time().after(Math.max(0, nanos - lane.engine.time().nanos()), this::run);
    }

    private void run() {
        synchronized (this) {
            if (running || nextAt >= EngineTime.FOR_EVER) { // an earlier look was put in its place
                return;
            }
            long early = nextAt - lane.engine.time().nanos();
            if (early > 0) {
                lane.engine.time().after(early, this::run);
                return;
            }
            running = true;
            wanted = EngineTime.FOR_EVER;
            nextAt = EngineTime.FOR_EVER;
        }
        long next = look();
        synchronized (this) {
            running = false;
            next = Math.min(next, wanted);
        }
        by(next);
    }

    /** Says when to look again. */
    private long look() {
        try {
            owner.followPauses();
            tellTheParked();
            int room = owner.room();
            if (room < 0) {
                return EngineTime.FOR_EVER;
            }
            boolean full = false;
            boolean some = false;
            if (room > 0) {
                long leasedUntil = lane.engine.time().plus(lane.engine.lease());
                List<Claim> claims = lane.engine.queue().claim(lane.name, room, lane.engine.lease());
                owner.take(claims, leasedUntil);
                full = claims.size() >= room;
                some = !claims.isEmpty();
            }
            synchronized (this) {
                moreThere = room == 0 ? moreThere : full;
                failed = false;
            }
            // a queue may hold back what follows: leads that processes have died with come one at a time
            return full ? lane.engine.time().nanos() : later(some ? AFTER_SOME : POLL);
        } catch (RuntimeException e) { // the store is foreign code behind a driver
            boolean first;
            synchronized (this) {
                first = !failed;
                failed = true;
            }
            if (first) {
                lane.engine.events().queueFailed(lane.name, e);
            }
            return later(AFTER_FAILURE);
        }
    }

    /** Not at every look: one follows the other at once while there is much to fetch. */
    private void tellTheParked() {
        long now = lane.engine.time().nanos();
        if (now >= tellAt) {
            tellAt = now + POLL.toNanos() / 2;
            owner.tellTheParked();
        }
    }

    /** Half of that time to the whole: several processes should not look at the same moments. */
    private long later(Duration time) {
        long half = time.toNanos() / 2;
        return lane.engine.time().nanos() + half + lane.engine.random().nextLong(half);
    }
}
