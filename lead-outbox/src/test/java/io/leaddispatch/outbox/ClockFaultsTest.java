package io.leaddispatch.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadQueue;
import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.spi.LeadQueue.Settlement;
import io.leaddispatch.spi.Limits;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One worker's clock is an hour off. PostgreSQL's workers go by the database's clock and do not notice; those of a SQLite
 * file go by their own. The worker whose clock is ahead of the other's then takes every lease of the other for ended, and
 * the other takes none of its leases for ended: a lead can change hands once, and only from the one to the other.
 */
class ClockFaultsTest {
    private static final int LEADS = 600;
    private static final int BATCH = 20;

    @TempDir
    private Path folder;

    /** Counts what arrives from one worker. */
    private record Receiver(Queue<String> received) implements LeadDestination {
        @Override
        public List<DeliveryResult> deliver(LeadBatch batch) {
            batch.leads().forEach(lead -> received.add(lead.id().value()));
            return DeliveryResult.all(batch, DeliveryResult.delivered(Confirmation.CREATED));
        }

        @Override
        public Limits limits() {
            return Limits.ONE_BY_ONE.withBatch(BATCH).withConcurrency(2).whereRepeatIsSafe();
        }
    }

    private static LeadDispatcher dispatcher(String url, Clock clock, Queue<String> received) {
        return LeadDispatcher.builder()
                .to("crm", new Receiver(received))
                .queue(Given.outbox(url, clock).queue())
                .clock(clock)
                .build();
    }

    private String url(String database) {
        return database.equals("sqlite") ? Given.sqlite(folder) : Postgres.newDatabase();
    }

    private static Clock off(int hours) {
        return Clock.offset(Clock.systemUTC(), Duration.ofHours(hours));
    }

    @ParameterizedTest
    @CsvSource({"sqlite, 1", "sqlite, -1", "postgresql, 1", "postgresql, -1"})
    void aClockThatIsAnHourOffLosesNothing(String database, int hours) throws Exception {
        String url = url(database);
        Queue<String> byRight = new ConcurrentLinkedQueue<>();
        Queue<String> byWrong = new ConcurrentLinkedQueue<>();
        try (LeadOutbox watch = Given.outbox(url)) {
            for (int i = 0; i < LEADS; i++) {
                watch.enqueue(Given.lead("l" + i), List.of("crm"));
            }
            try (LeadDispatcher right = dispatcher(url, Clock.systemUTC(), byRight);
                    LeadDispatcher wrong = dispatcher(url, off(hours), byWrong)) {
                DispatchingTests.until(
                        () -> watch.stats().destinations().get("crm").done() == LEADS);
                assertThat(right.stats().lanes().get("crm").balanced()).isTrue();
                assertThat(wrong.stats().lanes().get("crm").balanced()).isTrue();
            }
            Set<String> all = new HashSet<>(byRight);
            all.addAll(byWrong);
            int repeats = byRight.size() + byWrong.size() - all.size();
            System.out.printf(
                    "%s, a clock %+d h off: 0 lost, %d by the right worker, %d by the wrong one, %d repeats%n",
                    database, hours, byRight.size(), byWrong.size(), repeats);
            assertThat(all).hasSize(LEADS);
            assertThat(watch.stats().destinations().get("crm").dead()).isZero();
            if (database.equals("postgresql")) {
                assertThat(repeats).isZero();
            }
            // nobody sends a lead twice: a repeat is a lead that was taken from one worker by the other
            assertThat(byRight).doesNotHaveDuplicates();
            assertThat(byWrong).doesNotHaveDuplicates();
        }
    }

    /** The numbers that the race above hides: all that is held changes hands, once, and its first holder is fenced. */
    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void onSqliteALeaseChangesHandsOnceAndOnlyToTheClockThatIsAhead(int hours) throws Exception {
        String url = Given.sqlite(folder);
        try (LeadOutbox right = Given.outbox(url);
                LeadOutbox wrong = Given.outbox(url, off(hours))) {
            LeadQueue behind = hours > 0 ? right.queue() : wrong.queue();
            LeadQueue ahead = hours > 0 ? wrong.queue() : right.queue();
            for (int i = 0; i < BATCH; i++) {
                right.enqueue(Given.lead("l" + i), List.of("crm"));
            }
            List<Claim> first = behind.claim("crm", 100, Given.LEASE);
            List<Claim> second = ahead.claim("crm", 100, Given.LEASE);
            assertThat(first)
                    .as("a slow clock finds what a right one has stored")
                    .hasSize(BATCH);
            assertThat(Given.ids(second)).containsExactlyElementsOf(Given.ids(first));
            assertThat(behind.claim("crm", 100, Given.LEASE)).isEmpty();
            assertThat(behind.renew(first, Given.LEASE)).isZero();
            assertThat(behind.settle(done(first))).as("fenced").isZero();
            assertThat(ahead.settle(done(second))).isEqualTo(BATCH);
            assertThat(right.stats().destinations().get("crm").done()).isEqualTo(BATCH);
        }
    }

    private static List<Settlement> done(List<Claim> claims) {
        List<Settlement> all = new ArrayList<>();
        claims.forEach(claim -> all.add(new Settlement.Done(claim, OutboxTests.CREATED)));
        return all;
    }

    /** Shows another millisecond each time that it is looked at. */
    private static final class RestlessClock extends Clock {
        private final AtomicLong millis = new AtomicLong(1_000_000);

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.incrementAndGet());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void onSqliteAStatementHasOneTimeForAllItsColumnsAndRows() throws Exception {
        String url = Given.sqlite(folder);
        try (LeadOutbox outbox = Given.outbox(url, new RestlessClock())) {
            outbox.enqueue(Given.lead("a"), List.of("x", "y", "z"));
            assertThat(numbers(url, "select distinct due_at from lead_outbox"))
                    .hasSize(1)
                    .isEqualTo(numbers(url, "select distinct stored_at from lead_outbox"))
                    .isEqualTo(numbers(url, "select distinct changed_at from lead_outbox"));
            for (int i = 0; i < BATCH; i++) {
                outbox.enqueue(Given.lead("l" + i), List.of("crm"));
            }
            List<Claim> claims = outbox.queue().claim("crm", 100, Given.LEASE);
            assertThat(claims).hasSize(BATCH);
            assertThat(numbers(url, "select distinct leased_until from lead_outbox where leased_until > 0"))
                    .hasSize(1);
            outbox.queue().settle(done(claims));
            assertThat(numbers(url, "select distinct changed_at from lead_outbox where state = 1"))
                    .hasSize(1);
        }
    }

    /** PostgreSQL's clock goes on within a statement, so that its columns may differ by a millisecond. */
    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void aLeadStoredByAClockThatWasSetBackSinceIsDueAtOnce(String database) throws Exception {
        String url = url(database);
        try (LeadOutbox storing = Given.outbox(url)) {
            storing.enqueue(Given.lead("a"), List.of("crm"));
        }
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("update lead_outbox set due_at = due_at + 3600000, stored_at = due_at + 3600001");
        }
        try (LeadOutbox outbox = Given.outbox(url)) {
            assertThat(Given.ids(outbox.queue().claim("crm", 10, Given.LEASE))).containsExactly("a");
        }
    }

    private static List<Long> numbers(String url, String sql) throws Exception {
        List<Long> all = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                all.add(rows.getLong(1));
            }
        }
        return all;
    }
}
