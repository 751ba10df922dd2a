package io.leaddispatch.testkit.contract;

import io.leaddispatch.Lead;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Retry;
import io.leaddispatch.testkit.Answer.Fault;
import io.leaddispatch.testkit.Leads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Deadlines, interruption, calls at once, closing. */
final class TimeChecks {
    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(10);

    private TimeChecks() {}

    static void interrupted(Bench bench) throws Exception {
        bench.server.next(Move.stored(Fault.SILENT));
        Running call = bench.start(List.of(Leads.ada()), LONG, false);
        awaitWrite(bench);
        call.interrupt();
        try {
            bench.unsure(call.await(bench.patience), "an interrupted call");
        } catch (InterruptedException e) { // as good an answer: the lane knows what to make of it
            Rule.holds(call.isDone(), "an interrupted call ends soon", e);
        }
        bench.delivered(List.of(Leads.grace()), "after an interrupted call the next one is Delivered");
    }

    private static void awaitWrite(Bench bench) throws InterruptedException {
        long end = System.nanoTime() + bench.patience.toNanos();
        for (int seen = 1; bench.server.writes().isEmpty() && System.nanoTime() < end; seen++) {
            bench.server.server().awaitRequests(seen, 1_000);
        }
        Rule.holds(!bench.server.writes().isEmpty(), "a call sends its lead", bench.server.requests());
    }

    static void deadline(Bench bench) throws Exception {
        bench.warmUp();
        bench.server.next(Move.stored(Fault.SILENT));
        bench.unsure(bench.deliver(bench.fullCall(), bench.brief), "a call at its deadline");
        Rule.holds(
                bench.server.server().awaitClosedByClient(1, bench.patience.toMillis()),
                "at the deadline of its call a request is given up, and its connection closed",
                "still open");
    }

    static void late(Bench bench) throws Exception {
        List<DeliveryResult> results = bench.deliver(bench.fullCall(), Duration.ofSeconds(-1));
        Rule.same(0, bench.server.writes().size(), "after its deadline a call sends nothing");
        Rule.holds(
                !results.isEmpty() && results.stream().allMatch(r -> r instanceof Retry || r instanceof Pause),
                "a call that comes too late is a Retry: nothing was sent",
                results);
    }

    static void concurrent(Bench bench) throws Exception {
        int threads = Math.min(8, bench.destination().limits().concurrency());
        int each = Math.min(5, bench.destination().limits().batch());
        List<Running> calls = new ArrayList<>();
        List<List<Lead>> batches = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            batches.add(Leads.numbered(3_000 + i * 10, 3_000 + i * 10 + each));
            bench.server.expect(batches.get(i));
        }
        batches.forEach(batch -> calls.add(bench.start(batch, AMPLE, false)));
        for (Running call : calls) {
            Rule.all(Delivered.class, call.await(AMPLE.plus(bench.patience)), "calls at once are Delivered");
        }
        for (List<Lead> batch : batches) {
            batch.forEach(lead -> Rule.holds(bench.server.holds(lead), "calls at once deliver every lead", lead.id()));
        }
        Rule.same(threads, bench.server.writes().size(), "calls at once are one write each");
    }

    static void closeTwice(Bench bench) throws Exception {
        bench.reopen(); // closes one that was never used
        bench.delivered(List.of(Leads.ada()), "a lead is Delivered");
        close(bench);
        close(bench);
    }

    static void closeInFlight(Bench bench) throws Exception {
        bench.server.next(Move.stored(Fault.SILENT));
        Running call = bench.start(List.of(Leads.ada()), LONG, false);
        awaitWrite(bench);
        try {
            close(bench);
        } finally {
            call.interrupt();
        }
    }

    private static void close(Bench bench) throws Exception {
        FutureTask<Boolean> closing = new FutureTask<>(() -> bench.destination().close(), true);
        Thread thread = new Thread(closing, "contract-close");
        thread.setDaemon(true);
        thread.start();
        try {
            closing.get(bench.patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            thread.interrupt();
            Rule.holds(
                    false, "close() comes back soon, whatever is in flight", "still closing after " + bench.patience);
        } catch (java.util.concurrent.ExecutionException e) {
            Rule.holds(false, "close() is idempotent and throws nothing", e.getCause());
        }
    }
}
