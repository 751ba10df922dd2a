package io.leaddispatch.internal.engine;

import io.leaddispatch.DispatchReport.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Deliveries that end or wait again: written down under the lane's lock, told after it is free. The lane is not idle
 * before everybody has been told.
 */
final class Ending {
    private record Ended(Delivery delivery, Outcome outcome, List<Delivery.Watcher> watchers) {}

    private record Deferred(Delivery delivery, Ruling.Later later) {}

    private final LaneState lane;
    private final List<Ended> ended;
    private long answerNowUntil = -1;
    private final List<Deferred> deferred = new ArrayList<>(0);

    Ending(LaneState lane) {
        this(lane, 0);
    }

    /** @param expected how many will probably end */
    Ending(LaneState lane, int expected) {
        this.lane = lane;
        this.ended = new ArrayList<>(expected);
    }

    /** A delivery is over; the books move it from where it was. */
    void end(Delivery delivery, Outcome outcome) {
        if (delivery.state == Delivery.State.IN_FLIGHT) {
            lane.books.finishedInFlight(outcome);
        } else {
            lane.books.finishedWaiting(outcome);
        }
        close(delivery, outcome);
    }

    /** A delivery goes back to the caller or to the store; the books moved it already. */
    void close(Delivery delivery, Outcome outcome) {
        delivery.state = Delivery.State.ENDED;
        lane.live.remove(delivery.lead.id());
        if (ended.isEmpty()) {
            lane.telling.add(Thread.currentThread());
        }
        ended.add(new Ended(delivery, outcome, watchersToTell(delivery, outcome)));
        lane.lock.notifyAll();
    }

    /** What is back in the store may come again: until then, and within their patience, its callers wait on. */
    private List<Delivery.Watcher> watchersToTell(Delivery delivery, Outcome outcome) {
        boolean goesOn = outcome instanceof Outcome.Pending && lane.isDurable() && !lane.closed;
        if (!goesOn || delivery.expiresAt <= answerNowUntil) {
            return delivery.watchers(); // nobody finds it any more to add one
        }
        lane.parked.add(delivery.lead.id(), delivery.watchers(), outcome);
        return List.of();
    }

    /** The destination will not get leads before then: callers whose patience ends earlier are told now. */
    void answerNowThoseBefore(long nanos) {
        answerNowUntil = nanos;
    }

    void defer(Delivery delivery, Ruling.Later later) {
        deferred.add(new Deferred(delivery, later));
    }

    /** Tells listeners and callers. Not under the lock. */
    void announce() {
        Events events = lane.engine.events();
        for (Deferred d : deferred) {
            events.deferred(d.delivery.lead.id(), lane.name, d.later.problem(), d.later.at());
        }
        if (ended.isEmpty()) {
            return;
        }
        try {
            for (Ended e : ended) {
                events.finished(e.delivery.lead.id(), lane.name, e.outcome);
                e.watchers.forEach(watcher -> watcher.finished(lane.name, e.outcome));
            }
        } finally {
            synchronized (lane.lock) {
                lane.telling.remove(Thread.currentThread());
                lane.lock.notifyAll();
            }
        }
    }
}
