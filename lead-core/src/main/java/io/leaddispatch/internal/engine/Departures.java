package io.leaddispatch.internal.engine;

import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LeadId;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.spi.LeadQueue.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ends deliveries that wait: withdrawn, out of time, or with no hope of being sent in time. */
final class Departures {
    /** A pause of a second is sat out with the leases kept. */
    private static final long WORTH_GIVING_BACK = 1_000_000_000;

    private static final Duration SETTLE_AGAIN = Duration.ofSeconds(1);
    private static final int MOST_UNSETTLED = 10_000;
    private static final int MOST_ASKED = 1_000;

    private final LaneState lane;
    private long sweepAt = EngineTime.FOR_EVER;
    private final List<Settlement> unsettled = new ArrayList<>(0);
    private boolean settlingAgain;

    Departures(LaneState lane) {
        this.lane = lane;
    }

    /**
     * Withdraws a lead that has not started, for that watcher; one that others wait for or that is in flight goes on,
     * one in a durable store stays.
     */
    void withdraw(LeadId lead, Delivery.Watcher watcher, Problem problem) {
        Ending ending = new Ending(lane);
        synchronized (lane.lock) {
            Delivery delivery = lane.live.get(lead);
            if (delivery == null || !delivery.waits() || lane.isDurable() || delivery.isWatchedWithout(watcher)) {
                return;
            }
            takeOut(delivery);
            lane.books.handedBackWaiting();
            ending.close(delivery, undelivered(delivery, problem));
        }
        ending.announce();
    }

    /** A pause began or a delivery came back into one: who cannot wait for its end gets an answer now. */
    void failThoseWhoCannotWait() {
        Pause pause = lane.pause();
        if (pause == null) {
            return;
        }
        long left = pause.until() - lane.engine.time().nanos();
        if (left <= 0 || lane.isDurable() && left < WORTH_GIVING_BACK) {
            return;
        }
        failAllThatWait(pause.problem(), pause.isHeld() ? Long.MAX_VALUE : pause.until());
    }

    /** Ends all that waits and would expire by then; a durable queue gets it back instead. */
    void failAllThatWait(Problem problem, long by) {
        Ending ending = new Ending(lane);
        ending.answerNowThoseBefore(by);
        List<Settlement> given = new ArrayList<>(0);
        synchronized (lane.lock) {
            for (Delivery delivery : List.copyOf(lane.live.values())) {
                if (delivery.waits() && (lane.isDurable() || delivery.expiresAt <= by)) {
                    end(delivery, problem, ending, given);
                }
            }
        }
        store(given);
        ending.announce();
    }

    /** Tells all who wait for leads that are in the store: nobody here will hear of these any more. */
    void dismissTheParked() {
        Map<Delivery.Watcher, Outcome> parked;
        synchronized (lane.lock) {
            parked = lane.parked.takeAll();
        }
        parked.forEach((watcher, last) -> watcher.finished(lane.name, last));
    }

    /** Tells those who wait for leads that another process had, and that have ended there. */
    void tellTheParked() {
        List<LeadId> waitedFor;
        synchronized (lane.lock) {
            waitedFor = lane.parked.next(MOST_ASKED);
        }
        if (!waitedFor.isEmpty()) {
            lane.engine.queue().outcomes(lane.name, waitedFor).forEach(this::tellTheParked);
        }
    }

    private void tellTheParked(LeadId lead, Outcome outcome) {
        List<Delivery.Watcher> watchers;
        synchronized (lane.lock) {
            watchers = lane.parked.take(lead);
        }
        watchers.forEach(watcher -> watcher.finished(lane.name, outcome));
    }

    /** Lets go of a delivery whose lease may have ended: whoever has it now, it is not sent from here. Under the lock. */
    void letGo(Delivery delivery, Ending ending) {
        lane.books.handedBackWaiting();
        ending.close(delivery, new Outcome.Pending(delivery.last, delivery.attempts));
    }

    /** Sees to it that {@link #sweep} runs by then. Under the lock. */
    void sweepBy(long nanos) {
        if (nanos < sweepAt) {
            sweepAt = nanos;
            lane.engine.time().after(nanos - lane.engine.time().nanos(), this::sweep);
        }
    }

    /** Ends what has waited for as long as it may. */
    private void sweep() {
        Ending ending = new Ending(lane);
        List<Settlement> given = new ArrayList<>(0);
        synchronized (lane.lock) {
            long now = lane.engine.time().nanos();
            sweepAt = EngineTime.FOR_EVER;
            long next = EngineTime.FOR_EVER;
            for (Delivery delivery : List.copyOf(lane.live.values())) {
                if (delivery.waits() && delivery.expiresAt <= now) {
                    end(delivery, whyItWaited(delivery), ending, given);
                } else {
                    next = Math.min(next, Math.max(delivery.expiresAt, now + EngineTime.SHORTEST_WAIT));
                }
            }
            if (!lane.live.isEmpty()) {
                sweepBy(next);
            }
        }
        store(given);
        ending.announce();
    }

    private Problem whyItWaited(Delivery delivery) {
        if (delivery.last != null) {
            return delivery.last;
        }
        Pause pause = lane.pause();
        return pause != null ? pause.problem() : EngineProblems.PATIENCE_ENDED.problem();
    }

    private void end(Delivery delivery, Problem problem, Ending ending, List<Settlement> given) {
        if (lane.isDurable()) {
            lane.backlog.remove(delivery);
            given.add(new Settlement.Released(delivery.claim()));
            lane.books.handedBackWaiting();
            ending.close(delivery, new Outcome.Pending(problem, delivery.attempts));
        } else {
            takeOut(delivery);
            ending.end(delivery, undelivered(delivery, problem));
        }
    }

    /** Out of the backlog or, if it is deferred, out of the memory queue. */
    private void takeOut(Delivery delivery) {
        if (delivery.state == Delivery.State.WAITING) {
            lane.backlog.remove(delivery);
        }
        lane.releaseHeldKey(delivery);
        lane.engine.queue().withdraw(delivery.claim());
    }

    private static Outcome undelivered(Delivery delivery, Problem problem) {
        return new Outcome.Undelivered(problem, delivery.attempts, delivery.mayExist);
    }

    /** Settles; what a durable store that is away did not take is tried again, or comes back when its leases run out. */
    void store(List<Settlement> settlements) {
        if (settlements.isEmpty()) {
            return;
        }
        try {
            int ours = lane.engine.queue().settle(settlements);
            if (ours < settlements.size() && lane.isDurable()) {
                lane.engine.events().fenced(lane.name, settlements.size() - ours);
            }
        } catch (RuntimeException e) { // the store is foreign code behind a driver
            lane.engine.events().queueFailed(lane.name, e);
            if (lane.isDurable()) {
                settleLater(settlements);
            }
        }
    }

    private void settleLater(List<Settlement> settlements) {
        synchronized (unsettled) {
            if (unsettled.size() + settlements.size() <= MOST_UNSETTLED) {
                unsettled.addAll(settlements);
            } else {
                lane.engine.events().unsettled(lane.name, settlements.size());
            }
            if (!settlingAgain) {
                settlingAgain = true;
                lane.engine.time().after(SETTLE_AGAIN.toNanos(), this::settleAgain);
            }
        }
    }

    private void settleAgain() {
        synchronized (unsettled) {
            settlingAgain = false;
        }
        flush();
    }

    /** Stores now what the queue has not taken yet. */
    void flush() {
        List<Settlement> again;
        synchronized (unsettled) {
            again = List.copyOf(unsettled);
            unsettled.clear();
        }
        store(again);
    }

    /** Claims that are over and not settled: nobody else may take them for unfinished meanwhile. */
    List<Claim> unsettled() {
        synchronized (unsettled) {
            return unsettled.stream().map(Settlement::claim).toList();
        }
    }
}
