package io.leaddispatch.testkit.contract;

import static io.leaddispatch.testkit.contract.QueueBench.CRM;
import static io.leaddispatch.testkit.contract.QueueBench.LONG;
import static io.leaddispatch.testkit.contract.QueueBench.PROBLEM;

import io.leaddispatch.testkit.Leads;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for work, pauses, closing. */
final class QueueWaitChecks {
    private QueueWaitChecks() {}

    static void pauses(QueueBench bench) throws Exception {
        Instant until = bench.now().plus(LONG).truncatedTo(ChronoUnit.MILLIS);
        bench.queue.pause("a", until, PROBLEM);
        bench.queue.pause("b", null, PROBLEM);
        Instant end1 = bench.queue.pauses().getOrDefault("a", Instant.EPOCH);
        boolean near = Duration.between(until, end1).abs().compareTo(bench.patience) <= 0; // by another clock, maybe
        Rule.holds(near, "a pause ends when it was said", end1);
        Rule.same(Instant.MAX, bench.queue.pauses().getOrDefault("b", Instant.EPOCH), "a held gate has no end");
        bench.queue.pause("a", bench.now(), PROBLEM);
        bench.queue.pause("b", bench.now(), PROBLEM);
        long end = System.nanoTime() + bench.patience.toNanos();
        while (!bench.queue.pauses().isEmpty() && System.nanoTime() < end) {
            bench.queue.awaitWork(CRM, Duration.ofMillis(20));
        }
        Rule.holds(bench.queue.pauses().isEmpty(), "a gate that is paused until now is free", bench.queue.pauses());
    }

    static void wakes(QueueBench bench) throws Exception {
        Waiter waiter = new Waiter(bench);
        bench.store(Leads.ada());
        Rule.holds(waiter.ended(), "who waits for work is told when there is some", false);
        Rule.holds(bench.queue.awaitWork(CRM, LONG), "who comes when there is work does not wait", false);
    }

    static void endsInTime(QueueBench bench) throws Exception {
        bench.queue.store(Leads.ada(), java.util.List.of("other"), null);
        long begun = System.nanoTime();
        boolean work = bench.queue.awaitWork(CRM, Duration.ofMillis(100));
        long millis = (System.nanoTime() - begun) / 1_000_000;
        Rule.holds(!work, "there is no work for this destination", work);
        Rule.holds(
                millis >= 99 && millis < 100 + bench.patience.toMillis(),
                "waiting for work ends after the time given",
                millis + " ms");
    }

    static void interrupted(QueueBench bench) throws Exception {
        Waiter waiter = new Waiter(bench);
        waiter.thread.interrupt();
        try {
            Rule.holds(false, "who waits for work can be interrupted", waiter.ended());
        } catch (ExecutionException e) {
            Rule.holds(
                    e.getCause() instanceof InterruptedException,
                    "who waits for work can be interrupted",
                    e.getCause());
        }
    }

    static void closed(QueueBench bench) throws Exception {
        Waiter waiter = new Waiter(bench);
        bench.queue.close();
        bench.queue.close();
        Rule.holds(!waiter.ended(), "closing ends the wait for work, and there is none", true);
    }

    /** Somebody who waits for work, seen waiting. */
    private static final class Waiter {
        final FutureTask<Boolean> task;
        final Thread thread;
        private final QueueBench bench;

        Waiter(QueueBench bench) {
            this.bench = bench;
            task = new FutureTask<>(() -> bench.queue.awaitWork(CRM, LONG));
            thread = new Thread(task, "contract-waiter");
            thread.setDaemon(true);
            thread.start();
            long end = System.nanoTime() + bench.patience.toNanos();
            while (thread.getState() != Thread.State.WAITING
                    && thread.getState() != Thread.State.TIMED_WAITING
                    && !task.isDone()
                    && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }

        boolean ended() throws Exception {
            try {
                return task.get(bench.patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                thread.interrupt();
                throw new AssertionError("who waits for work is still waiting after " + bench.patience, e);
            }
        }
    }
}
