package io.leaddispatch.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.marketo.MarketoSimulator;
import io.leaddispatch.testkit.salesforce.SalesforceSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four processes on one PostgreSQL deliver to two destinations, of which one goes away for a while. */
class FleetTest {
    private static final int PROCESSES = 4;
    private static final int CALLS = 12;
    private static final Duration WINDOW = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    @Test
    void everyLeadArrivesOnceAtBothDestinations() throws Exception {
        drain(10_000);
    }

    @Test
    @Tag("slow")
    void everyOneOfVeryManyLeadsArrivesOnceAtBothDestinations() throws Exception {
        drain(100_000);
    }

    private void drain(int leads) throws Exception {
        String url = Postgres.newDatabase();
        List<Process> processes = new ArrayList<>();
        try (MarketoSimulator marketo = MarketoSimulator.start().limits(CALLS, WINDOW, 10);
                SalesforceSimulator salesforce = SalesforceSimulator.start();
                CuttingProxy line = CuttingProxy.before(salesforce.uri().getPort());
                LeadOutbox watch = Given.outbox(url)) {
            String org = "http://127.0.0.1:" + line.port();
            salesforce.instanceUrl(org);
            watch.stats();
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(start(i, url, marketo.uri().toString(), org));
            }
            long begun = System.nanoTime();
            List<Thread> feeders = IntStream.range(0, 2)
                    .mapToObj(feeder -> new Thread(() -> feed(watch, feeder, leads)))
                    .toList();
            feeders.forEach(Thread::start);
            DispatchingTests.until(() -> done(watch, "salesforce") > leads / 20);
            line.down(true);
            long atDown = done(watch, "salesforce");
            for (Thread feeder : feeders) {
                feeder.join();
            }
            DispatchingTests.until(() -> line.refused() >= PROCESSES);
            int refused = line.refused();
            line.down(false);
            long end = System.nanoTime() + Duration.ofMinutes(15).toNanos();
            while (done(watch, "marketo") + done(watch, "salesforce") < 2L * leads && System.nanoTime() < end) {
                assertThat(processes.get(0).waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
            }
            account(leads, watch, marketo, salesforce);
            System.out.printf(
                    "%d processes, %d leads, 2 destinations: all there once after %d s; Marketo at most %d calls in its"
                            + " window of %d, %d calls; Salesforce away after %d leads, %d connections refused%n",
                    PROCESSES,
                    leads,
                    Duration.ofNanos(System.nanoTime() - begun).toSeconds(),
                    marketo.mostCallsIn(WINDOW),
                    CALLS,
                    marketo.calls(),
                    atDown,
                    refused);
        } finally {
            for (Process process : processes) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static void account(int leads, LeadOutbox watch, MarketoSimulator marketo, SalesforceSimulator salesforce) {
        assertThat(watch.stats().destinations()).hasSize(2).allSatisfy((name, books) -> {
            assertThat(books.done()).as(name).isEqualTo(leads);
            assertThat(books.dead() + books.rejected()).as(name).isZero();
        });
        Set<String> wanted =
                IntStream.range(0, leads).mapToObj(FleetTest::email).collect(Collectors.toCollection(TreeSet::new));
        assertThat(marketo.people().stream().map(person -> person.get("email").toString()))
                .hasSize(leads)
                .containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(salesforce.leads().stream().map(lead -> String.valueOf(lead.get("Email"))))
                .hasSize(leads)
                .containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(marketo.mostCallsIn(WINDOW)).isLessThanOrEqualTo(CALLS);
    }

    private static String email(int number) {
        return "n" + number + "@example.com";
    }

    private static long done(LeadOutbox watch, String destination) {
        OutboxStats.Books books = watch.stats().destinations().get(destination);
        return books == null ? 0 : books.done();
    }

    private static void feed(LeadOutbox watch, int feeder, int leads) {
        try {
            for (int i = feeder; i < leads; i += 2) {
                watch.enqueue(
                        Leads.grace().toBuilder().id("n" + i).email(email(i)).build(),
                        List.of("marketo", "salesforce"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process start(int number, String url, String marketo, String salesforce) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FleetWorker.class.getName(),
                        url,
                        marketo,
                        salesforce,
                        String.valueOf(CALLS),
                        String.valueOf(WINDOW.toSeconds()))
                .redirectError(folder.resolve("fleet" + number + ".log").toFile())
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("READY");
        return process;
    }
}
