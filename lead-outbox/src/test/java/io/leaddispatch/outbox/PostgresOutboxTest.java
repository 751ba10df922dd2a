package io.leaddispatch.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private static boolean isThere(LeadOutbox outbox, long pid) {
        return outbox.store()
                        .database
                        .read(session -> session.number(
                                "select count(*) from pg_stat_activity where pid = :pid", Values.of("pid", pid)))
                > 0;
    }
}
