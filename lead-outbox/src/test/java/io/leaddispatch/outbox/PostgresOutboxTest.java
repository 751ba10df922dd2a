package io.leaddispatch.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.spi.LeadQueue;
import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.spi.LeadQueue.Settlement;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class PostgresOutboxTest extends OutboxTests {
    @Override
    String newUrl() {
        return Postgres.newDatabase();
    }

    @Test
    void aTransactionThatStandsStillLongerThanALeaseIsEndedByTheServerAndDoneAgain() {
        String url = newUrl();
        try (LeadOutbox standing = LeadOutbox.open(Map.of("url", url, "user", "postgres", "lease", "1s"));
                LeadOutbox watch = LeadOutbox.open(Map.of("url", url, "user", "postgres"))) {
            List<Long> tries = new ArrayList<>();
            long last = standing.store().database.write(session -> {
                long own = session.number("select pg_backend_pid()", new Values());
                tries.add(own);
                while (tries.size() == 1 && isThere(watch, own)) {
                    Thread.onSpinWait();
                }
                return session.number("select pg_backend_pid()", new Values());
            });
            assertThat(tries).hasSize(2).doesNotHaveDuplicates().endsWith(last);
        }
    }

    @Test
    void aHostsConnectionsAreGivenBackAfterEachUseAndLeaveNoTransactionOpen() throws Exception {
        String url = newUrl();
        List<Connection> given = new CopyOnWriteArrayList<>();
        DataSource source = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    Connection one = DriverManager.getConnection(url, "postgres", "");
                    one.setAutoCommit(false); // as some pools do
                    given.add(one);
                    return one;
                });
        try (LeadOutbox outbox = LeadOutbox.open(source, Map.of())) {
            LeadQueue queue = outbox.queue();
            queue.store(Given.lead("a"), List.of("crm"), null);
            List<Claim> claims = queue.claim("crm", 10, Given.LEASE);
            assertThat(Given.ids(claims)).containsExactly("a");
            assertThat(queue.settle(List.of(new Settlement.Done(claims.get(0), CREATED))))
                    .isEqualTo(1);
            assertThat(queue.waiting("crm")).isZero();
            assertThat(given).hasSizeGreaterThan(3);
            for (Connection one : given) {
                assertThat(one.isClosed()).isTrue();
            }
        }
        try (LeadOutbox again = LeadOutbox.open(Map.of("url", url, "user", "postgres"))) {
            assertThat(again.stats().destinations().get("crm").done()).isEqualTo(1);
        }
    }

    /** The server tells its statistics some time after a connection has ended. */
    @Test
    void leasingAndBeginningChangeNoIndex() throws Exception {
        String url = newUrl();
        try (LeadOutbox outbox = LeadOutbox.open(Map.of("url", url, "user", "postgres"))) {
            for (String id : List.of("a", "b", "c")) {
                outbox.queue().store(Given.lead(id), List.of("crm"), null);
            }
            List<Claim> claims = outbox.queue().claim("crm", 10, Given.LEASE);
            assertThat(outbox.queue().begin(claims)).isEqualTo(3);
        }
        try (LeadOutbox watch = LeadOutbox.open(Map.of("url", url, "user", "postgres"))) {
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (updates(watch, "n_tup_upd") < 6 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(updates(watch, "n_tup_upd")).isEqualTo(6);
            assertThat(updates(watch, "n_tup_hot_upd")).isEqualTo(6);
        }
    }

    private static long updates(LeadOutbox outbox, String which) {
        return outbox.store()
                .database
                .read(session -> session.number(
                        "select " + which + " from pg_stat_user_tables where relname = 'lead_outbox'", new Values()));
    }

    private static boolean isThere(LeadOutbox outbox, long pid) {
        return outbox.store()
                        .database
                        .read(session -> session.number(
                                "select count(*) from pg_stat_activity where pid = :pid", Values.of("pid", pid)))
                > 0;
    }
}
