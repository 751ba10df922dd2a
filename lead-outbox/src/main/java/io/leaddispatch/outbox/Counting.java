package io.leaddispatch.outbox;

import io.leaddispatch.outbox.OutboxStats.Books;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the rows; no number is computed from the others. */
final class Counting {
    private static final String COUNT = "select destination, count(*),"
            + " sum(case when state in (1, 3) then 1 else 0 end),"
            + " sum(case when state = 2 and rejected = 1 then 1 else 0 end),"
            + " sum(case when state = 2 and rejected = 0 then 1 else 0 end),"
            + " sum(case when state = 0 and leased_until <= {now} then 1 else 0 end),"
            + " sum(case when state = 0 and leased_until > {now} then 1 else 0 end),"
            + " min(case when state = 0 then stored_at else null end)"
            + " from lead_outbox group by destination order by destination";

    private final Store store;

    Counting(Store store) {
        this.store = store;
    }

    OutboxStats stats() {
        Map<String, Books> books = new LinkedHashMap<>();
        store.database.read(
                session -> session.query(COUNT, new Values(), row -> books.put(row.getString(1), books(row))));
        List<OutboxStats.Pause> pauses = new Gates(store)
                .pauses().values().stream()
                        .map(paused -> new OutboxStats.Pause(paused.gate(), paused.until(), paused.why()))
                        .toList();
        return new OutboxStats(books, pauses);
    }

    private static Books books(ResultSet row) throws SQLException {
        return new Books(
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                oldest(row));
    }

    private static @Nullable Instant oldest(ResultSet row) throws SQLException {
        long millis = row.getLong(8);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
