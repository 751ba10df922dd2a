package io.leaddispatch.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.LeadId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that freezes, and one that a lead kills. */
class ProcessFaultsTest {
    @TempDir
    private Path folder;

    @Test
    void aProcessThatWasFrozenBeyondItsLeasesIsFenced() throws Exception {
        String url = Postgres.newDatabase();
        int leads = 400;
        try (LeadOutbox watch = Given.outbox(url);
                Workers workers = new Workers(url, folder, "lease", "4s")) {
            for (int i = 0; i < leads; i++) {
                watch.enqueue(Given.lead("l" + i), List.of("crm"));
            }
            Process frozen = workers.start(0);
            DispatchingTests.until(() -> workers.received.all().size() >= Worker.BATCH);
            Workers.signal(frozen, "STOP");
            long held = watch.stats().destinations().get("crm").leased();
            workers.start(0);
            DispatchingTests.until(() -> watch.stats().destinations().get("crm").done() == leads);
            int before = workers.received.all().size();
            Workers.signal(frozen, "CONT");
            DispatchingTests.until(() -> read(workers.log(1)).contains("had gone to another process"));
            int doubles = workers.received.all().size() - leads;
            System.out.printf(
                    "frozen with %d leads: 0 lost, %d repeats, %d of them after it woke%n",
                    held, doubles, workers.received.all().size() - before);
            assertThat(held).isPositive();
            assertThat(Map.of("arrived", List.copyOf(new java.util.HashSet<>(workers.received.all())))
                            .get("arrived"))
                    .hasSize(leads);
            assertThat(doubles).isLessThanOrEqualTo(Worker.UNSETTLED);
            assertThat(watch.stats().destinations().get("crm").done()).isEqualTo(leads);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aLeadThatKillsProcessesIsFoundOutAndTheOthersArrive() throws Exception {
        String url = Given.sqlite(folder);
        try (LeadOutbox watch = Given.outbox(url);
                Workers workers = new Workers(url, folder, "poisonAfter", "3")) {
            for (String id : List.of("a", "b", Worker.POISON, "c", "d")) {
                watch.enqueue(Given.lead(id), List.of("crm"));
            }
            int deaths = 0;
            while (isOpen(watch)) {
                Process process = workers.start(0);
                while (process.isAlive() && isOpen(watch)) {
                    process.waitFor(50, TimeUnit.MILLISECONDS);
                }
                deaths += process.isAlive() ? 0 : 1;
                assertThat(deaths).isLessThanOrEqualTo(3);
            }
            assertThat(deaths)
                    .as(() -> String.valueOf(watch.history(LeadId.of(Worker.POISON))))
                    .isEqualTo(3);
            assertThat(watch.history(LeadId.of(Worker.POISON)).get(0).problem().code())
                    .isEqualTo("outbox.poison");
            assertThat(workers.received.all()).contains("a", "b", "c", "d").doesNotContain(Worker.POISON);
            assertThat(watch.stats().destinations().get("crm").done()).isEqualTo(4);
        }
    }

    /** By one look: between two of them a lead can go from one to the other. */
    private static boolean isOpen(LeadOutbox outbox) {
        OutboxStats.Books books = outbox.stats().destinations().get("crm");
        return books.waiting() + books.leased() > 0;
    }
}
