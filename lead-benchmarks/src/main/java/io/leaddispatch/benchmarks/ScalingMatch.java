package io.leaddispatch.benchmarks;

import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatcherBuilder;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.LeadId;
import io.leaddispatch.LeadSource;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** What the engine itself costs: leads into destinations that take everything at once. */
final class ScalingMatch {
    private static final LeadSource SOURCE = LeadSource.parse("SPZA-INS|contoso.analytics");
    private static final int WARM_UPS = 5;
    private static final int BATCH = 200;
    private static final long MEBI = 1024 * 1024;

    private ScalingMatch() {}

    /** @param most the largest number of leads in one sending */
    static void play(long most, PrintStream out) throws Exception {
        for (int i = 0; i < WARM_UPS; i++) {
            sendAll(most / 10, 1);
        }
        out.println("| leads through sendAll | ns per lead | CPU ns per lead | bytes per lead | live heap after, MiB |");
        out.println("|---|---|---|---|---|");
        for (long leads = most / 10; leads <= most; leads += most * 3 / 10) {
            Meter.Taken taken = sendAll(leads, 1);
            out.printf(
                    Locale.ROOT,
                    "| %,d | %,d | %,d | %,d | %,d |%n",
                    leads,
                    taken.nanos() / leads,
                    taken.cpuNanos() / leads,
                    taken.bytes() / leads,
                    liveHeap());
        }
        out.println();
        out.println("| destinations for each lead | ns per delivery |");
        out.println("|---|---|");
        for (int destinations = 1; destinations <= 64; destinations *= 4) {
            long leads = most / 10 / destinations;
            sendAll(leads, destinations);
            out.printf(
                    Locale.ROOT,
                    "| %d | %,d |%n",
                    destinations,
                    sendAll(leads, destinations).nanos() / leads / destinations);
        }
        out.println();
        out.println("| threads that call send | sends/s |");
        out.println("|---|---|");
        for (int senders = 1; senders <= 256; senders *= 4) {
            int leads = (int) Math.min(most / 10, 100_000);
            senders(leads, senders);
            out.printf(Locale.ROOT, "| %d | %,.0f |%n", senders, leads * 1e9 / senders(leads, senders));
        }
    }

    private static long liveHeap() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MEBI;
    }

    private static LeadDispatcher dispatcher(int destinations) {
        DispatcherBuilder builder = LeadDispatcher.builder().patience(Duration.ofMinutes(5));
        for (int i = 0; i < destinations; i++) {
            builder.to("d" + i, new Taking());
        }
        return builder.build();
    }

    private static Meter.Taken sendAll(long leads, int destinations) throws Exception {
        try (LeadDispatcher dispatcher = dispatcher(destinations)) {
            Meter meter = new Meter();
            SendSummary summary = dispatcher.sendAll(
                    LongStream.range(0, leads).mapToObj(ScalingMatch::lead), SendProgress.NONE);
            Meter.Taken taken = meter.taken();
            if (summary.destinations().values().stream().anyMatch(counts -> counts.delivered() != leads)) {
                throw new IllegalStateException(summary.toString());
            }
            return taken;
        }
    }

    private static long senders(int leads, int senders) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(senders);
        try (LeadDispatcher dispatcher = dispatcher(1)) {
            List<Future<?>> all = new ArrayList<>();
            long start = System.nanoTime();
            for (int sender = 0; sender < senders; sender++) {
                int first = sender;
                all.add(threads.submit(() -> {
                    for (int i = first; i < leads; i += senders) {
                        require(dispatcher.send(lead(i)));
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            return System.nanoTime() - start;
        } finally {
            threads.shutdown();
        }
    }

    private static void require(DispatchReport report) {
        if (!report.isSettled()) {
            throw new IllegalStateException(report.toString());
        }
    }

    private static Lead lead(long number) {
        return Lead.builder()
                .id(LeadId.of("l" + number))
                .source(SOURCE)
                .email("jo" + number + "@example.com")
                .lastName("Doe")
                .build();
    }

    /** Takes everything. */
    private static final class Taking implements LeadDestination {
        private static final Limits LIMITS =
                Limits.ONE_BY_ONE.withBatch(BATCH).withConcurrency(4).whereRepeatIsSafe();

        @Override
        public List<DeliveryResult> deliver(LeadBatch batch) {
            return DeliveryResult.all(batch, DeliveryResult.delivered(Confirmation.CREATED));
        }

        @Override
        public Limits limits() {
            return LIMITS;
        }
    }
}
