package io.leaddispatch.testkit.chaos;

import io.leaddispatch.DeliveryListener;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatcherBuilder;
import io.leaddispatch.LaneOptions;
import io.leaddispatch.LaneStats;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.LeadId;
import io.leaddispatch.SendProgress;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.testkit.Leads;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** One dispatcher that sends each lead to all the vendors it is given, while another thread audits its books. */
final class ChaosRun implements DeliveryListener {
    private final String name;
    private final int leads;
    private final Map<String, URI> vendors;
    private final AtomicInteger healthyLeft;
    private final AtomicLong healthyEnd = new AtomicLong();

    /** What came of a run: all reports, the books at the end, and the healthy lane's leads per second. */
    record Result(
            String name,
            List<DispatchReport> reports,
            Map<String, LaneStats> books,
            double healthyPerSecond,
            long audits,
            boolean balanced) {}

    ChaosRun(String name, int leads, Map<String, URI> vendors) {
        this.name = name;
        this.leads = leads;
        this.vendors = vendors;
        this.healthyLeft = new AtomicInteger(leads);
    }

    Result play() throws InterruptedException {
        List<DispatchReport> reports = new ArrayList<>(leads);
        try (LeadDispatcher dispatcher = dispatcher()) {
            Auditor auditor = new Auditor(dispatcher);
            auditor.start();
            long start = System.nanoTime();
            dispatcher.sendAll(IntStream.range(0, leads).mapToObj(Leads::numbered), new SendProgress() {
                @Override
                public void finished(DispatchReport report) {
                    reports.add(report);
                }
            });
            auditor.end();
            double seconds = (healthyEnd.get() - start) / 1e9;
            Map<String, LaneStats> books = dispatcher.stats().lanes();
            return new Result(name, reports, books, leads / seconds, auditor.audits, auditor.balanced.get());
        }
    }

    private LeadDispatcher dispatcher() {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        Limits patient = Limits.ONE_BY_ONE.withCallTimeout(Duration.ofSeconds(20));
        Map<String, Limits> limits = Map.of(
                "healthy", patient.withBatch(10).withConcurrency(2),
                "throttling", patient.withBatch(20).withConcurrency(4).whereRepeatIsSafe(),
                "wild", patient.withBatch(20).withConcurrency(8).withCallTimeout(Duration.ofMillis(400)));
        DispatcherBuilder builder = LeadDispatcher.builder()
                .queueCapacity(leads) // nobody waits for room, so each lane's time is its own
                .patience(Duration.ofMinutes(10))
                .listener(this);
        vendors.forEach((vendor, uri) -> builder.to(
                        vendor,
                        new ChaosDestination(uri.resolve("/" + name + "/" + leads / 20), limits.get(vendor), client))
                .lane(
                        vendor,
                        LaneOptions.DEFAULT
                                .withDelays(Duration.ofMillis(20), Duration.ofMillis(200))
                                .withHoldProbe(Duration.ofMillis(50))));
        return builder.build();
    }

    @Override
    public void finished(LeadId lead, String destination, DispatchReport.Outcome outcome) {
        if (destination.equals("healthy") && healthyLeft.decrementAndGet() == 0) {
            healthyEnd.set(System.nanoTime());
        }
    }

    /** Reads the books thousands of times a second, and leaves the processors to the lanes in between. */
    private static final class Auditor extends Thread {
        private static final long BETWEEN_AUDITS = 100_000;

        private final LeadDispatcher dispatcher;
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicBoolean balanced = new AtomicBoolean(true);
        private volatile long audits;

        Auditor(LeadDispatcher dispatcher) {
            super("auditor");
            this.dispatcher = dispatcher;
            setDaemon(true);
        }

        @Override
        public void run() {
            long n = 0;
            while (!over.get()) {
                dispatcher.stats().lanes().values().forEach(books -> balanced.compareAndSet(true, books.balanced()));
                audits = ++n;
                LockSupport.parkNanos(BETWEEN_AUDITS);
            }
        }

        void end() throws InterruptedException {
            over.set(true);
            join();
        }
    }
}
