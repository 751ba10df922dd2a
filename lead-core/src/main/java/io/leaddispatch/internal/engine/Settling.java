package io.leaddispatch.internal.engine;

import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.spi.LeadQueue.Settlement;
import io.leaddispatch.spi.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does with each delivery of a call what the answer asks for. */
final class Settling {
    private final LaneState lane;
    private final Departures departures;

    Settling(LaneState lane, Departures departures) {
        this.lane = lane;
        this.departures = departures;
    }

    /**
     * Tells the gate and the breaker what the call says about the destination.
     *
     * @return one result per lead: the destination's, or what the lane says in its place
     */
    List<DeliveryResult> steer(Call call, Call.Answer answer) {
        Problem misbehaved = answer.misbehaved();
        List<DeliveryResult> results = misbehaved == null ? answer.results() : inItsPlace(misbehaved, call);
        if (misbehaved != null) {
            call.deliveries.forEach(delivery -> delivery.mayExist = true);
        }
        steer(call, answer.refusal(), results);
        return results;
    }

    /** Rules on every delivery of the call; says when the first of them is due again on the engine's counter. */
    long settle(Call call, List<DeliveryResult> results) {
        apply(call, results, rule(call, results));
        departures.failThoseWhoCannotWait();
        return call.deliveries.stream()
                .filter(delivery -> delivery.state == Delivery.State.DEFERRED || delivery.dueAt > 0)
                .mapToLong(delivery -> delivery.dueAt)
                .min()
                .orElse(EngineTime.FOR_EVER);
    }

    /** What the lane answers for a destination that did not: a repeat where that is safe, else nobody knows. */
    private static List<DeliveryResult> inItsPlace(Problem misbehaved, Call call) {
        DeliveryResult one = call.limits.repeatSafe()
                ? new DeliveryResult.Retry(misbehaved, null)
                : new DeliveryResult.Unknown(misbehaved);
        return Collections.nCopies(call.deliveries.size(), one);
    }

    private void steer(Call call, Clearance.@Nullable Refusal refusal, List<DeliveryResult> results) {
        Gate gate = lane.gate(call.limits);
        if (refusal != null) {
            lane.books.notCalled(results.size());
            lane.breaker.neutral();
            gate.rest(refusal.problem(), lane.engine.time().nanosAt(refusal.until()));
            return;
        }
        boolean anyDefinite = false;
        Problem failure = null;
        for (DeliveryResult result : results) {
            if (result instanceof DeliveryResult.Pause pause) {
                pause(gate, pause, call.limits);
                return;
            }
            anyDefinite |= result instanceof DeliveryResult.Delivered || result instanceof DeliveryResult.Rejected;
            if (result instanceof DeliveryResult.Retry retry) {
                failure = retry.problem();
            } else if (result instanceof DeliveryResult.Unknown unknown) {
                failure = unknown.problem();
            }
        }
        if (anyDefinite) {
            gate.succeeded(call.limits);
            lane.breaker.succeeded();
        } else if (failure != null) {
            lane.breaker.failed(failure, lane.backoff);
        } else {
            lane.breaker.neutral();
        }
    }

    private void pause(Gate gate, DeliveryResult.Pause pause, Limits limits) {
        Instant until = pause.until();
        if (until == null) {
            lane.breaker.hold(pause.problem(), lane.options.holdProbe());
        } else {
            lane.breaker.neutral();
            gate.throttle(pause.problem(), lane.engine.time().nanosAt(until), limits.concurrency());
        }
    }

    private List<Ruling> rule(Call call, List<DeliveryResult> results) {
        Instant now = lane.engine.time().clock().instant();
        long nanos = lane.engine.time().nanos();
        boolean outage = lane.isDurable() && lane.breaker.isFailing();
        List<Ruling> rulings = new ArrayList<>(results.size());
        for (int i = 0; i < results.size(); i++) {
            Delivery delivery = call.deliveries.get(i);
            Ruling.Case facts = new Ruling.Case(
                    results.get(i),
                    delivery.attempts,
                    delivery.mayExist,
                    delivery.repeatedAlone && call.deliveries.size() == 1,
                    outage,
                    delivery.lead.notes(),
                    now,
                    expiry(delivery, now, nanos));
            rulings.add(Ruling.of(facts, lane.options, lane.backoff));
        }
        return rulings;
    }

    /** @param nanos what the counter says now */
    private Instant expiry(Delivery delivery, Instant now, long nanos) {
        if (lane.isDurable()) {
            return delivery.claim().storedAt().plus(lane.engine.maxAge(lane.options));
        }
        return delivery.expiresAt >= EngineTime.FOR_EVER ? Instant.MAX : now.plusNanos(delivery.expiresAt - nanos);
    }

    /** First what goes on, then the store, then what is over: nobody hears of an end that is not stored. */
    private void apply(Call call, List<DeliveryResult> results, List<Ruling> rulings) {
        List<Settlement> settlements = new ArrayList<>(rulings.size());
        Ending ending = new Ending(lane, rulings.size());
        synchronized (lane.lock) {
            List<Delivery> again = new ArrayList<>(0);
            List<Delivery> waiting = new ArrayList<>(0);
            for (int i = 0; i < rulings.size(); i++) {
                Delivery delivery = call.deliveries.get(i);
                delivery.mayExist |= Ruling.leavesTraces(results.get(i));
                if (rulings.get(i) instanceof Ruling.End over) {
                    settlements.add(settlement(delivery.claim(), over.outcome(), results.get(i)));
                } else if (rulings.get(i) instanceof Ruling.Later later) {
                    settlements.add(defer(delivery, later, ending));
                } else if (rulings.get(i) instanceof Ruling.Wait wait) {
                    delivery.last = wait.problem();
                    waiting.add(delivery);
                } else if (rulings.get(i) instanceof Ruling.Again next) {
                    delivery.last = next.problem();
                    again.add(delivery);
                }
            }
            waitOn(call, waiting);
            goAgain(call, again);
        }
        departures.store(settlements);
        synchronized (lane.lock) {
            for (int i = 0; i < rulings.size(); i++) {
                if (rulings.get(i) instanceof Ruling.End over) {
                    lane.backlog.release(call.deliveries.get(i));
                    ending.end(call.deliveries.get(i), over.outcome());
                }
            }
        }
        ending.announce();
    }

    private static Settlement settlement(Claim claim, Outcome outcome, DeliveryResult result) {
        if (result instanceof DeliveryResult.Delivered delivered) {
            return new Settlement.Done(claim, delivered);
        }
        if (outcome instanceof Outcome.Rejected rejected) {
            return new Settlement.Dead(claim, rejected.problem(), true, false);
        }
        Outcome.Undelivered undelivered = (Outcome.Undelivered) outcome;
        return new Settlement.Dead(claim, undelivered.problem(), false, undelivered.mayExist());
    }

    private Settlement defer(Delivery delivery, Ruling.Later later, Ending ending) {
        delivery.last = later.problem();
        delivery.attempts += later.counts() ? 1 : 0;
        ending.defer(delivery, later);
        if (lane.isDurable()) {
            delivery.dueAt = lane.engine.time().nanosAt(later.at());
            lane.backlog.release(delivery);
            lane.books.handedBackInFlight();
            ending.close(delivery, new Outcome.Pending(later.problem(), delivery.attempts));
        } else {
            delivery.state = Delivery.State.DEFERRED;
            delivery.dueAt = lane.engine.time().nanosAt(later.at());
            delivery.holdsKey = later.holdKey();
            if (!later.holdKey()) {
                lane.backlog.release(delivery);
            }
            lane.books.backToWaiting(1);
        }
        return new Settlement.Later(delivery.claim(), later.at(), later.problem(), later.counts(), later.holdKey());
    }

    /** Back to their places; but suspects stay together, else they would spoil a whole call once more. */
    private void waitOn(Call call, List<Delivery> waiting) {
        for (Delivery delivery : waiting) {
            lane.backlog.release(delivery);
            delivery.state = Delivery.State.WAITING;
        }
        lane.books.backToWaiting(waiting.size());
        if (call.suspect && waiting.size() > 1) {
            lane.backlog.addAgain(waiting, true);
        } else {
            waiting.forEach(lane.backlog::putBack);
        }
    }

    /** Leads that were not executed go again: as they are if the call shrank by it, else in halves. */
    private void goAgain(Call call, List<Delivery> again) {
        if (again.isEmpty()) {
            return;
        }
        for (Delivery delivery : again) {
            lane.backlog.release(delivery);
            delivery.state = Delivery.State.WAITING;
            delivery.repeatedAlone = call.deliveries.size() == 1;
        }
        lane.books.backToWaiting(again.size());
        boolean wholeCall = again.size() == call.deliveries.size();
        if (wholeCall && again.size() > 1) {
            int half = (again.size() + 1) / 2;
            lane.backlog.addAgain(again.subList(0, half), true);
            lane.backlog.addAgain(again.subList(half, again.size()), true);
        } else {
            lane.backlog.addAgain(again, call.suspect || wholeCall);
        }
    }
}
