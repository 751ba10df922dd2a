package io.leaddispatch.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.testkit.salesforce.OrgFault;
import io.leaddispatch.testkit.salesforce.SalesforceSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes are killed without a word while they store and deliver: what they acknowledged arrives, at a receiver that
 * counts with few repeats, and at a Salesforce org, which knows its leads by their ids, once.
 */
abstract class KillTests {
    /** Leads that two processes died with go out one at a time. */
    private static final Duration DRAIN = Duration.ofMinutes(8);

    @TempDir
    private Path folder;

    abstract String newUrl(Path folder);

    /** How many processes share the outbox. */
    abstract int processes();

    @Test
    void nothingAcknowledgedIsLostByKills() throws Exception {
        kill(3);
    }

    @Test
    @Tag("slow")
    void nothingAcknowledgedIsLostByManyKills() throws Exception {
        kill(25);
    }

    private void kill(int kills) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String url = newUrl(folder);
        AtomicInteger written = new AtomicInteger();
        try (SalesforceSimulator salesforce = SalesforceSimulator.start().rule(record -> counted(written));
                LeadOutbox watch = Given.outbox(url, "lease", "4s");
                Workers workers = new Workers(url, folder, "lease", "4s", "poisonAfter", "100")
                        .alsoTo(salesforce
                                .instanceUrl(salesforce.uri().toString())
                                .uri())) {
            for (int kill = 0; kill < kills; kill++) {
                for (int i = 0; i < processes(); i++) {
                    workers.start(2);
                }
                int enough = workers.received.all().size() + 40 + random.nextInt(200);
                int enoughInOrg = written.get() + random.nextInt(200);
                DispatchingTests.until(() -> workers.received.all().size() > enough && written.get() > enoughInOrg);
                killHolders(workers, watch);
            }
            long doubtful = number(
                    watch,
                    "select count(*) from lead_outbox where state = 0 and (lost >= 2 or lost = 1 and leased_until > 0)",
                    new Values());
            long begun = System.nanoTime();
            workers.start(0);
            DispatchingTests.until(() -> open(watch, "crm") + open(watch, "org") == 0, DRAIN);
            int doubles = workers.assertNothingLost();
            int bound = kills * processes() * Worker.UNSETTLED;
            List<String> inOrg = salesforce.leads().stream()
                    .map(lead -> String.valueOf(lead.get(SalesforceSimulator.EXTERNAL_ID)))
                    .toList();
            System.out.printf(
                    "%s, seed %d: %d kills of %d processes that held leads, %d acknowledged, 0 lost, %d repeats of at"
                            + " most %d; at the org %d repeats, 0 doubles; %d held by two that were killed, all out after"
                            + " %d s%n",
                    getClass().getSimpleName(),
                    seed,
                    kills,
                    processes(),
                    workers.acknowledged.all().size(),
                    doubles,
                    bound,
                    written.get() - inOrg.size(),
                    doubtful,
                    Duration.ofNanos(System.nanoTime() - begun).toSeconds());
            assertThat(doubles).isLessThanOrEqualTo(bound);
            assertThat(written.get() - inOrg.size()).isLessThanOrEqualTo(bound);
            assertThat(inOrg).doesNotHaveDuplicates().containsAll(workers.acknowledged.all());
            assertThat(watch.stats().destinations())
                    .hasSize(2)
                    .allSatisfy((name, books) -> assertThat(books.dead()).isZero());
        }
    }

    private static @Nullable OrgFault counted(AtomicInteger written) {
        written.incrementAndGet();
        return null;
    }

    private static long open(LeadOutbox watch, String destination) {
        OutboxStats.Books books = watch.stats().destinations().get(destination);
        return books.waiting() + books.leased();
    }

    /** Freezes them at some moment, over again until each has claimed what it has not settled, and kills them there. */
    private static void killHolders(Workers workers, LeadOutbox watch) throws InterruptedException {
        List<Process> killed = workers.running();
        DispatchingTests.until(() -> {
            workers.signalAll("STOP");
            boolean hold = killed.stream().allMatch(process -> held(watch, process) > 0);
            workers.signalAll(hold ? "STOP" : "CONT");
            return hold;
        });
        workers.killAll();
        assertThat(killed)
                .allSatisfy(process -> assertThat(held(watch, process))
                        .as("claimed and not settled when it was killed")
                        .isPositive());
    }

    private static long held(LeadOutbox watch, Process process) {
        return number(
                watch,
                "select count(*) from lead_outbox where state = 0 and leased_until > 0 and owner like :owner",
                Values.of("owner", process.pid() + "-%"));
    }

    private static long number(LeadOutbox watch, String sql, Values values) {
        return watch.store().database.read(session -> session.number(sql, values));
    }
}
