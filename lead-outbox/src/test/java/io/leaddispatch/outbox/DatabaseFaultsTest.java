package io.leaddispatch.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.LeadId;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away, answers too late, or is full. */
class DatabaseFaultsTest {
    /** Two calls of 20 under way, and as much as the next two calls twice over can carry. */
    private static final int CLAIMED_AT_MOST = 2 * 20 + 2 * 2 * 20;

    @TempDir
    private Path folder;

    private final ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();

    /** Counts what arrives. */
    private final class Receiver implements LeadDestination {
        @Override
        public List<DeliveryResult> deliver(LeadBatch batch) {
            batch.leads().forEach(lead -> received.add(lead.id().value()));
            return DeliveryResult.all(batch, DeliveryResult.delivered(Confirmation.CREATED));
        }

        @Override
        public Limits limits() {
            return Limits.ONE_BY_ONE.withBatch(20).withConcurrency(2).whereRepeatIsSafe();
        }
    }

    private LeadDispatcher dispatcher(LeadOutbox outbox) {
        return LeadDispatcher.builder()
                .to("crm", new Receiver())
                .queue(outbox.queue())
                .closeWithin(Duration.ofSeconds(5))
                .build();
    }

    @Test
    void aServerThatRestartsInMidFlightLosesNothing() throws Exception {
        try (EmbeddedPostgres server = Postgres.start(EmbeddedPostgres.builder())) {
            String url = Postgres.newDatabase(server);
            Set<String> acknowledged = ConcurrentHashMap.newKeySet();
            AtomicInteger refused = new AtomicInteger();
            AtomicBoolean stop = new AtomicBoolean();
            try (LeadOutbox watch = Given.outbox(url);
                    LeadDispatcher dispatcher = dispatcher(Given.outbox(url, "lease", "2s"))) {
                List<Thread> feeders = new ArrayList<>();
                for (int f = 0; f < 2; f++) {
                    String name = "f" + f + "-";
                    feeders.add(new Thread(() -> feed(dispatcher, name, stop, acknowledged, refused)));
                }
                feeders.forEach(Thread::start);
                DispatchingTests.until(() -> received.size() > 100);
                restart(server);
                int after = acknowledged.size() + 100;
                DispatchingTests.until(() -> acknowledged.size() > after);
                stop.set(true);
                for (Thread feeder : feeders) {
                    feeder.join();
                }
                DispatchingTests.until(() -> {
                    OutboxStats.Books books = watch.stats().destinations().get("crm");
                    return books.waiting() + books.leased() == 0;
                });
                int repeats = received.size() - Set.copyOf(received).size();
                System.out.printf(
                        "immediate restart: %d acknowledged, 0 lost, %d refused to the caller, %d repeats%n",
                        acknowledged.size(), refused.get(), repeats);
                assertThat(received).containsAll(acknowledged);
                assertThat(refused).as("stores that the restart has hit").hasPositiveValue();
                assertThat(repeats).as("claimed when it went").isLessThanOrEqualTo(CLAIMED_AT_MOST);
            }
        }
    }

    private static void feed(
            LeadDispatcher dispatcher,
            String name,
            AtomicBoolean stop,
            Set<String> acknowledged,
            AtomicInteger refused) {
        for (int i = 0; !stop.get(); i++) {
            try {
                dispatcher.enqueue(Given.lead(name + i));
                acknowledged.add(name + i);
            } catch (OutboxException e) {
                refused.incrementAndGet();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void restart(EmbeddedPostgres server) throws Exception {
        String data;
        try (Connection connection = DriverManager.getConnection(Postgres.url(server, "postgres"), "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show data_directory")) {
            row.next();
            data = row.getString(1);
        }
        String program = Files.readString(Path.of(data, "postmaster.opts")).split(" ")[0];
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(
                Path.of(program).resolveSibling("pg_ctl").toString(), "-D", data, "-m", "immediate", "-w", "-l"));
        command.addAll(List.of(Path.of(data, "restart.log").toString(), "restart"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aConnectionCutBetweenCommitAndAnswerStoresTheLeadOnceAndTellsTheCaller() throws Exception {
        String url = Postgres.newDatabase();
        try (LeadOutbox direct = Given.outbox(url)) {
            direct.stats();
            int port = Postgres.server().getPort();
            try (CuttingProxy proxy = CuttingProxy.before(port);
                    LeadOutbox cut = Given.outbox(proxy.of(url))) {
                proxy.cutAfterNextCommit();
                var stored = cut.queue().store(Given.lead("a"), List.of("crm"), Given.LEASE);
                assertThat(proxy.cuts()).isEqualTo(1);
                assertThat(stored.get(0).isNew()).isTrue();
                assertThat(stored.get(0).claim()).isNotNull();
                assertThat(direct.stats().destinations().get("crm").stored()).isEqualTo(1);
                assertThat(cut.queue().renew(List.of(stored.get(0).claim()), Given.LEASE))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void aConnectionCutBetweenCommitAndAnswerSettlesOnce() throws Exception {
        String url = Postgres.newDatabase();
        try (LeadOutbox direct = Given.outbox(url)) {
            direct.stats();
            try (CuttingProxy proxy = CuttingProxy.before(Postgres.server().getPort());
                    LeadDispatcher dispatcher = dispatcher(Given.outbox(proxy.of(url)))) {
                proxy.cutAfterNextSettlement();
                for (int i = 0; i < 50; i++) {
                    direct.enqueue(Given.lead("l" + i), List.of("crm"));
                }
                DispatchingTests.until(
                        () -> direct.stats().destinations().get("crm").done() == 50);
                assertThat(proxy.cuts()).isEqualTo(1);
                assertThat(dispatcher.stats().lanes().get("crm").balanced()).isTrue();
            }
            assertThat(received).hasSize(50).doesNotHaveDuplicates();
            assertThat(direct.history(LeadId.of("l7")).get(0).attempts()).isEqualTo(1);
        }
    }

    @Test
    void aDiskThatFillsUpWhileLeadsAreDeliveredLosesNothing() throws Exception {
        String url = Given.sqlite(folder);
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        AtomicInteger refused = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        LeadOutbox outbox = Given.outbox(url, "lease", "2s");
        Database database = outbox.store().database;
        outbox.stats();
        try (LeadDispatcher dispatcher = dispatcher(outbox)) {
            database.read(session -> session.query("pragma max_page_count = 90", new Values(), row -> 1));
            Thread feeder = new Thread(() -> feed(dispatcher, "l", stop, acknowledged, refused));
            feeder.start();
            DispatchingTests.until(() -> refused.get() > 5);
            database.read(session -> session.query("pragma max_page_count = 100000", new Values(), row -> 1));
            int after = acknowledged.size() + 50;
            DispatchingTests.until(() -> acknowledged.size() > after);
            stop.set(true);
            feeder.join();
            DispatchingTests.until(() -> received.containsAll(acknowledged)
                    && outbox.stats().destinations().get("crm").done() >= acknowledged.size());
            int repeats = received.size() - Set.copyOf(received).size();
            System.out.printf(
                    "disk full under way: %d acknowledged, 0 lost, %d refused to the caller, %d repeats%n",
                    acknowledged.size(), refused.get(), repeats);
            assertThat(repeats).isLessThanOrEqualTo(CLAIMED_AT_MOST);
        }
    }

    @Test
    void aLeadThatMayHaveBeenStoredWhenTheDatabaseWentIsReportedSo() throws Exception {
        String url = Postgres.newDatabase();
        int port = Postgres.server().getPort();
        try (LeadOutbox direct = Given.outbox(url);
                CuttingProxy proxy = CuttingProxy.before(port);
                LeadOutbox cut = Given.outbox(proxy.of(url))) {
            cut.stats();
            proxy.goAwayAfterNextCommit();
            try (LeadDispatcher dispatcher = dispatcher(cut)) {
                var unsure =
                        (Outcome.Undelivered) dispatcher.send(Given.lead("a")).at("crm");
                assertThat(unsure.problem().code()).isEqualTo("queue.failed");
                assertThat(unsure.mayExist()).isTrue();
                var sure =
                        (Outcome.Undelivered) dispatcher.send(Given.lead("b")).at("crm");
                assertThat(sure.problem().code()).isEqualTo("queue.failed");
                assertThat(sure.mayExist()).isFalse();
            }
            assertThat(direct.history(LeadId.of("a"))).hasSize(1);
            assertThat(direct.history(LeadId.of("b"))).isEmpty();
        }
    }

    @Test
    void aFullDiskRefusesLosesNothingAndResumesInTheSameProcess() throws Exception {
        String url = Given.sqlite(folder);
        try (LeadOutbox outbox = Given.outbox(url)) {
            Database database = outbox.store().database;
            List<String> acknowledged = new ArrayList<>();
            outbox.stats();
            database.read(session -> session.query("pragma max_page_count = 60", new Values(), row -> 1));
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            outbox.enqueue(Given.lead("l" + i), List.of("crm"));
                            acknowledged.add("l" + i);
                        }
                    })
                    .isInstanceOf(OutboxException.class)
                    .hasMessageContaining("SQLite code 13");
            assertThat(acknowledged).isNotEmpty();
            database.read(session -> session.query("pragma max_page_count = 100000", new Values(), row -> 1));
            try (LeadDispatcher dispatcher = dispatcher(outbox)) {
                dispatcher.send(Given.lead("after"));
                DispatchingTests.until(() -> received.size() > acknowledged.size());
            }
            assertThat(received).containsAll(acknowledged).contains("after").doesNotHaveDuplicates();
            System.out.printf("disk full after %d leads: 0 lost, resumed%n", acknowledged.size());
        }
    }
}
