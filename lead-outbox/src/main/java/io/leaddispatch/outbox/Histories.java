package io.leaddispatch.outbox;

import io.leaddispatch.LeadId;
import io.leaddispatch.outbox.LeadHistory.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads where a lead went. */
final class Histories {
    private static final String ROWS = "select id, destination, state, leased_until,"
            + " case when leased_until > 0 then leased_until else due_at end, {now}, attempts, confirmation,"
            + " record_id, notes, rejected, may_exist, stored_at, changed_at, " + StoredProblem.COLUMNS
            + " from lead_outbox where lead_id = :lead order by id";

    private static final String FAILURES = "select attempt, at, code, cause, vendor_code from lead_outbox_attempt where"
            + " outbox_id = :id order by at, attempt";

    private final Store store;

    Histories(Store store) {
        this.store = store;
    }

    List<LeadHistory> of(LeadId lead) {
        return store.database.read(session -> {
            List<LeadHistory> all = new ArrayList<>();
            List<Long> ids = session.query(
                    "select id from lead_outbox where lead_id = :lead order by id",
                    Values.of("lead", lead.value()),
                    row -> row.getLong(1));
            List<List<Failure>> failures = new ArrayList<>();
            for (long id : ids) {
                failures.add(session.query(FAILURES, Values.of("id", id), Histories::failure));
            }
            session.query(ROWS, Values.of("lead", lead.value()), row -> {
                int known = ids.indexOf(row.getLong(1));
                return all.add(entry(row, known < 0 ? List.of() : failures.get(known)));
            });
            return all;
        });
    }

    private static Failure failure(ResultSet row) throws SQLException {
        return new Failure(
                row.getInt(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5));
    }

    private static LeadHistory entry(ResultSet row, List<Failure> failures) throws SQLException {
        String confirmation = row.getString(8);
        return new LeadHistory(
                row.getString(2),
                state(row),
                row.getInt(7),
                confirmation == null ? null : Outcomes.confirmation(confirmation),
                row.getString(9),
                StoredProblem.Lines.split(row.getString(10)),
                StoredProblem.read(row, 15),
                row.getInt(12) == 1,
                Instant.ofEpochMilli(row.getLong(13)),
                Instant.ofEpochMilli(row.getLong(14)),
                Instant.ofEpochMilli(row.getLong(5)),
                failures);
    }

    private static LeadHistory.State state(ResultSet row) throws SQLException {
        return switch (row.getInt(3)) {
            case State.OPEN -> row.getLong(4) > row.getLong(6) ? LeadHistory.State.LEASED : LeadHistory.State.WAITING;
            case State.DEAD -> row.getInt(11) == 1 ? LeadHistory.State.REJECTED : LeadHistory.State.DEAD;
            default -> LeadHistory.State.DELIVERED;
        };
    }
}
