package io.leaddispatch.internal.engine;

import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LeadId;
import io.leaddispatch.Problem;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One lead on its way to all its destinations, until the last has answered. Safe for use by many threads. */
public final class Dispatch implements Delivery.Watcher {
    private final LeadId lead;
    private final List<Lane> lanes;
    private final boolean durable;
    private final Consumer<DispatchReport> caller;
    /** Of those that have answered. */
    private Map<String, Outcome> outcomes = Map.of();

    private EngineTime.@Nullable WakeUp patience;

    /** @param caller hears the report, once, on the thread that completes it */
    Dispatch(LeadId lead, List<Lane> lanes, boolean durable, Consumer<DispatchReport> caller) {
        this.lead = lead;
        this.lanes = lanes;
        this.durable = durable;
        this.caller = caller;
        if (lanes.isEmpty()) {
            caller.accept(new DispatchReport(lead, Map.of()));
        }
    }

    /** The lead's id. */
    LeadId lead() {
        return lead;
    }

    /** The caller's patience for leads in a durable store, which needs no end once the report is there. */
    void endsWith(EngineTime.WakeUp end) {
        synchronized (this) {
            if (outcomes.size() < lanes.size()) {
                patience = end;
                return;
            }
        }
        end.cancel();
    }

    @Override
    public void finished(String destination, Outcome outcome) {
        DispatchReport report;
        EngineTime.WakeUp end;
        synchronized (this) {
            if (outcomes.containsKey(destination)) {
                return;
            }
            add(destination, outcome);
            if (outcomes.size() < lanes.size()) {
                return;
            }
            report = report();
            end = patience;
        }
        if (end != null) {
            end.cancel();
        }
        caller.accept(report);
    }

    private void add(String destination, Outcome outcome) {
        if (lanes.size() == 1) {
            outcomes = Map.of(destination, outcome);
        } else {
            outcomes = outcomes.isEmpty() ? new HashMap<>() : outcomes;
            outcomes.put(destination, outcome);
        }
    }

    /** The caller wants no report any more: withdraws what has not started; what is in a durable store goes on. */
    void cancelled() {
        if (durable) {
            stopWaiting();
        } else {
            withdraw(EngineProblems.CANCELLED.problem());
        }
    }

    /** The caller is interrupted: withdraws what has not started and answers for what has. */
    void giveUp() {
        cancelled();
        answerNow(name -> new Outcome.Undelivered(EngineProblems.INTERRUPTED.problem(), 0, true));
    }

    /** What has not ended is in a durable store and goes on without this caller. */
    void stopWaiting() {
        answerNow(name -> lanes.stream()
                .filter(lane -> lane.name().equals(name))
                .map(lane -> lane.forget(lead, this))
                .findFirst()
                .orElseThrow());
    }

    /** Answers now for every destination that has not answered. */
    private void answerNow(Function<String, Outcome> missing) {
        List<String> names;
        synchronized (this) {
            names = lanes.stream()
                    .map(Lane::name)
                    .filter(name -> !outcomes.containsKey(name))
                    .toList();
        }
        names.forEach(name -> finished(name, missing.apply(name)));
    }

    /** Takes back what has not started. */
    void withdraw(Problem problem) {
        lanes.forEach(lane -> lane.withdraw(lead, this, problem));
    }

    private DispatchReport report() {
        if (lanes.size() == 1) {
            return new DispatchReport(lead, outcomes);
        }
        Map<String, Outcome> inOrder = new LinkedHashMap<>();
        lanes.forEach(lane -> inOrder.put(lane.name(), Objects.requireNonNull(outcomes.get(lane.name()))));
        return new DispatchReport(lead, inOrder);
    }
}
