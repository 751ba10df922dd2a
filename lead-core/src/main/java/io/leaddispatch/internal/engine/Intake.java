package io.leaddispatch.internal.engine;

import io.leaddispatch.DeliveryPlan;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.spi.LeadQueue.Stored;
import io.leaddispatch.spi.LeadQueueException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** The way in: plans a lead, finds places in its lanes, stores it, hands it over. Safe for use by many threads. */
public final class Intake {
    private final Engine engine;
    private final Planner planner;
    private final Duration patience;
    private final LongAdder dispatched = new LongAdder();
    private final LongAdder unrouted = new LongAdder();
    private volatile boolean closed;

    /** A way in for leads that wait so long at most. */
    public Intake(Engine engine, Planner planner, Duration patience) {
        this.engine = engine;
        this.planner = planner;
        this.patience = patience;
    }

    /** Leads routed to at least one destination. */
    public long dispatched() {
        return dispatched.sum();
    }

    /** Leads routed nowhere. */
    public long unrouted() {
        return unrouted.sum();
    }

    /** Takes nothing more. */
    public void close() {
        closed = true;
    }

    /**
     * Starts a lead on its way.
     *
     * @param urgent whether somebody waits for this very lead
     * @param wait whether to wait for room in a full lane; who is interrupted meanwhile stays so, and what has found
     *     no place is answered as cancelled
     * @param caller hears the report once
     */
    public Dispatch start(Lead lead, boolean urgent, boolean wait, Consumer<DispatchReport> caller) {
        Plan plan = planner.plan(lead);
        if (plan.isUnrouted()) {
            unrouted.increment();
            engine.events().unrouted(lead.id());
        } else {
            dispatched.increment();
        }
        Dispatch dispatch =
                new Dispatch(lead.id(), plan.destinations(), engine.queue().durable(), caller);
        long expiresAt = engine.time().plus(patience);
        List<Delivery> admitted = new ArrayList<>(plan.destinations().size());
        List<Lane> lanes = new ArrayList<>(plan.destinations().size());
        List<Lane> full = new ArrayList<>(0);
        for (Lane lane : plan.destinations()) {
            Problem reason = plan.suppressed().get(lane.name());
            if (reason != null) {
                end(lane, dispatch, new Outcome.Suppressed(reason));
            } else if (closed) {
                end(lane, dispatch, undelivered(EngineProblems.CLOSED.problem()));
            } else {
                admit(lead, lane, urgent, expiresAt, dispatch, admitted, lanes, full);
            }
        }
        store(lead, admitted, lanes);
        for (Lane lane : full) {
            enterFull(lead, lane, urgent, wait, expiresAt, dispatch);
        }
        if (engine.queue().durable()) {
            // the lead is safe: its caller waits for the outcome as long as it has patience
            dispatch.endsWith(engine.time().after(patience.toNanos(), dispatch::stopWaiting));
        }
        return dispatch;
    }

    /**
     * Where a lead goes, with its serial keys.
     *
     * @throws RuntimeException what a destination's code throws
     */
    public DeliveryPlan plan(Lead lead) {
        Plan plan = planner.plan(lead);
        Map<String, String> keys = new LinkedHashMap<>();
        for (Lane lane : plan.destinations()) {
            if (!plan.suppressed().containsKey(lane.name())) {
                keys.put(lane.name(), lane.storedKey(lead, lane.destination().serialKey(lead)));
            }
        }
        return new DeliveryPlan(lead, keys, plan.suppressed());
    }

    /** Stores a lead and waits for nothing else; reports it as pending, or as undelivered if the store did not take it. */
    public DispatchReport enqueue(Lead lead) throws InterruptedException {
        DeliveryPlan plan = plan(lead);
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        (plan.isUnrouted() ? unrouted : dispatched).increment();
        if (plan.isUnrouted()) {
            engine.events().unrouted(lead.id());
        }
        plan.suppressed().forEach((name, why) -> outcomes.put(name, new Outcome.Suppressed(why)));
        if (!plan.serialKeys().isEmpty()) {
            List<String> names = List.copyOf(plan.serialKeys().keySet());
            List<String> keys = List.copyOf(plan.serialKeys().values());
            List<Stored> stored = engine.queue().store(lead, names, keys, null);
            for (int i = 0; i < names.size(); i++) {
                Outcome known = stored.get(i).known();
                outcomes.put(names.get(i), known != null ? known : new Outcome.Pending(null, 0));
            }
        }
        return new DispatchReport(lead.id(), outcomes);
    }

    private static void admit(
            Lead lead,
            Lane lane,
            boolean urgent,
            long expiresAt,
            Dispatch dispatch,
            List<Delivery> admitted,
            List<Lane> lanes,
            List<Lane> full) {
        Admission answer = lane.admit(lead, urgent, expiresAt, dispatch);
        if (answer instanceof Admission.Admitted place) {
            admitted.add(place.delivery());
            lanes.add(lane);
        } else if (answer instanceof Admission.Refused refused) {
            end(lane, dispatch, undelivered(refused.problem()));
        } else if (answer instanceof Admission.Full) {
            full.add(lane);
        }
    }

    private void enterFull(Lead lead, Lane lane, boolean urgent, boolean wait, long expiresAt, Dispatch dispatch) {
        Problem why = EngineProblems.LANE_FULL.problem();
        boolean durable = engine.queue().durable();
        try {
            while (wait && !(durable && urgent) && !closed && lane.awaitRoom(expiresAt)) {
                List<Delivery> admitted = new ArrayList<>(1);
                List<Lane> full = new ArrayList<>(0);
                admit(lead, lane, urgent, expiresAt, dispatch, admitted, new ArrayList<>(1), full);
                store(lead, admitted, List.of(lane));
                if (full.isEmpty()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = EngineProblems.CANCELLED.problem();
        }
        if (durable && !closed) {
            storeOnly(lead, lane, urgent, dispatch);
            return;
        }
        end(lane, dispatch, undelivered(closed ? EngineProblems.CLOSED.problem() : why));
    }

    /** There is no room here, and all the room in the store: whoever has some fetches the lead. */
    private void storeOnly(Lead lead, Lane lane, boolean urgent, Dispatch dispatch) {
        try {
            String key = lane.storedKey(lead, lane.destination().serialKey(lead));
            Outcome known = engine.queue()
                    .store(lead, List.of(lane.name()), List.of(key), null)
                    .get(0)
                    .known();
            Outcome pending = known != null ? known : new Outcome.Pending(null, 0);
            if (urgent && pending instanceof Outcome.Pending) {
                lane.park(lead.id(), dispatch, pending);
            } else {
                end(lane, dispatch, pending);
            }
        } catch (RuntimeException e) { // a store that is away, or foreign code
            engine.events().queueFailed(lane.name(), e);
            end(lane, dispatch, queueFailed(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(lane, dispatch, undelivered(EngineProblems.CANCELLED.problem()));
        }
    }

    /** Where nobody knows whether the lead was stored, it may be delivered yet. */
    private static Outcome queueFailed(RuntimeException e) {
        Problem failed = EngineProblems.QUEUE_FAILED.problem(e.getClass().getSimpleName());
        return new Outcome.Undelivered(failed, 0, e instanceof LeadQueueException q && q.isOutcomeUnknown());
    }

    /** Over before it began. */
    private static void end(Lane lane, Dispatch dispatch, Outcome outcome) {
        lane.neverWaited(dispatch.lead(), outcome);
        dispatch.finished(lane.name(), outcome);
    }

    private void store(Lead lead, List<Delivery> admitted, List<Lane> lanes) {
        if (admitted.isEmpty()) {
            return;
        }
        List<Stored> stored;
        long leasedUntil = engine.queue().durable() ? engine.time().plus(engine.lease()) : EngineTime.FOR_EVER;
        try {
            List<String> names = new ArrayList<>(lanes.size());
            List<String> keys = new ArrayList<>(lanes.size());
            for (int i = 0; i < lanes.size(); i++) {
                names.add(lanes.get(i).name());
                keys.add(lanes.get(i).storedKey(lead, admitted.get(i).serialKey));
            }
            stored = engine.queue().store(lead, names, keys, engine.lease());
        } catch (RuntimeException e) { // a store that is away: the caller still owns the lead and is told so
            engine.events().queueFailed(lanes.get(0).name(), e);
            turnAway(admitted, lanes, queueFailed(e));
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            turnAway(admitted, lanes, undelivered(EngineProblems.CANCELLED.problem()));
            return;
        }
        for (int i = 0; i < stored.size(); i++) {
            Claim claim = stored.get(i).claim();
            if (claim != null) {
                lanes.get(i).enter(admitted.get(i), claim, leasedUntil);
            } else {
                Outcome known = stored.get(i).known();
                lanes.get(i).notHere(admitted.get(i), known != null ? known : new Outcome.Pending(null, 0));
            }
        }
    }

    private static void turnAway(List<Delivery> admitted, List<Lane> lanes, Outcome outcome) {
        for (int i = 0; i < admitted.size(); i++) {
            lanes.get(i).turnAway(admitted.get(i), outcome);
        }
    }

    /** The requests that would carry this lead, or why there are none. */
    public Map<String, String> preview(Lead lead) {
        Map<String, String> requests = new LinkedHashMap<>();
        Plan plan = planner.plan(lead);
        for (Lane lane : plan.destinations()) {
            Problem reason = plan.suppressed().get(lane.name());
            requests.put(
                    lane.name(),
                    reason != null
                            ? "suppressed [" + reason.code() + "]: " + reason.cause()
                            : lane.destination().preview(lead));
        }
        return requests;
    }

    private static Outcome undelivered(Problem problem) {
        return new Outcome.Undelivered(problem, 0, false);
    }
}
