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
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** One lead on its way to all its destinations, until the last has answered. Safe for use by many threads. */
public final class Dispatch implements Delivery.Watcher {
    private final LeadId lead;
    private final List<Lane> lanes;
    /** Of those that have answered. */
    private final Map<String, Outcome> outcomes = new HashMap<>();

    private final ReportFuture future = new ReportFuture();
    private final boolean durable;

    Dispatch(LeadId lead, List<Lane> lanes, boolean durable) {
        this.durable = durable;
        this.lead = lead;
        this.lanes = lanes;
        if (lanes.isEmpty()) {
            future.complete(new DispatchReport(lead, Map.of()));
        }
    }

    /** The lead's id. */
    LeadId lead() {
        return lead;
    }

    /** Completes with the report; cancelling withdraws what has not started. */
    public CompletableFuture<DispatchReport> future() {
        return future;
    }

    /** Tells once, on the thread that completes the report or on this one. */
    public void whenReported(Consumer<DispatchReport> consumer) {
        var unused = future.thenAccept(consumer);
    }

    @Override
    public void finished(String destination, Outcome outcome) {
        DispatchReport report;
        synchronized (this) {
            boolean isFirst = outcomes.putIfAbsent(destination, outcome) == null;
            if (!isFirst || outcomes.size() < lanes.size()) {
                return;
            }
            report = report();
        }
        future.complete(report);
    }

    /** The caller is interrupted: withdraws what has not started and answers for what has. */
    public void giveUp() {
        if (durable) { // the lead is in the store and goes on
            stopWaiting();
            return;
        }
        withdraw(EngineProblems.CANCELLED.problem());
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

    private final class ReportFuture extends CompletableFuture<DispatchReport> {
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled && durable) {
                stopWaiting();
            } else if (cancelled) {
                withdraw(EngineProblems.CANCELLED.problem());
            }
            return cancelled;
        }
    }
}
