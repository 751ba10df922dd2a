package io.leaddispatch.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes are killed without a word while they store and deliver: what they acknowledged arrives. */
abstract class KillTests {
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
        try (LeadOutbox watch = Given.outbox(url, "lease", "4s");
                Workers workers = new Workers(url, folder, "lease", "4s", "poisonAfter", "100")) {
            int hits = 0;
            for (int kill = 0; kill < kills; kill++) {
                for (int i = 0; i < processes(); i++) {
                    workers.start(2);
                }
                int enough = workers.received.all().size() + 40 + random.nextInt(200);
                DispatchingTests.until(() -> workers.received.all().size() > enough);
                workers.killAll();
                long held = watch.store()
                        .database
                        .read(session -> session.number(
                                "select count(*) from lead_outbox where state = 0 and leased = 1", new Values()));
                assertThat(held)
                        .as("claimed and not settled when it was killed")
                        .isPositive();
                hits += held > 0 ? 1 : 0;
            }
            workers.start(0);
            DispatchingTests.until(() -> {
                OutboxStats.Books books = watch.stats().destinations().get("crm");
                return books.waiting() + books.leased() == 0;
            });
            int doubles = workers.assertNothingLost();
            int bound = kills * processes() * Worker.UNSETTLED;
            System.out.printf(
                    "%s, seed %d: %d kills (%d hit leads in flight), %d acknowledged, 0 lost, %d repeats of at most %d%n",
                    getClass().getSimpleName(),
                    seed,
                    kills,
                    hits,
                    workers.acknowledged.all().size(),
                    doubles,
                    bound);
            assertThat(doubles).isLessThanOrEqualTo(bound);
            assertThat(watch.stats().destinations().get("crm").dead()).isZero();
        }
    }
}
