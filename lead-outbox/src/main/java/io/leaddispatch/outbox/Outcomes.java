package io.leaddispatch.outbox;

import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LeadId;
import io.leaddispatch.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads how deliveries ended. */
final class Outcomes {
    /** The columns in the order in which {@link #read} expects them. */
    static final String COLUMNS =
            "state, attempts, confirmation, record_id, notes, rejected, may_exist, " + StoredProblem.COLUMNS;

    private static final int PAGE = 200;
    private static final int LETTERS = 26;
    private static final String FIND =
            "select lead_id, " + COLUMNS + " from lead_outbox where destination = :destination"
                    + " and lead_id in ("
                    + IntStream.range(0, PAGE).mapToObj(i -> ":" + name(i)).collect(Collectors.joining(", "))
                    + ")";

    private final Store store;

    Outcomes(Store store) {
        this.store = store;
    }

    /** Of these leads those whose delivery has ended. */
    Map<LeadId, Outcome> of(String destination, List<LeadId> leads) {
        Map<LeadId, Outcome> ended = new HashMap<>();
        for (int from = 0; from < leads.size(); from += PAGE) {
            List<LeadId> page = leads.subList(from, Math.min(leads.size(), from + PAGE));
            Values values = Values.of("destination", destination);
            for (int i = 0; i < PAGE; i++) { // one statement for pages of any length
                values.with(name(i), page.get(Math.min(i, page.size() - 1)).value());
            }
            store.database.read(session -> session.query(FIND, values, row -> {
                Outcome outcome = read(row, 2);
                if (outcome != null) {
                    ended.put(LeadId.of(row.getString(1)), outcome);
                }
                return PAGE;
            }));
        }
        return ended;
    }

    /** A parameter's name is of letters only. */
    private static String name(int number) {
        return "lead" + (char) ('a' + number / LETTERS) + (char) ('a' + number % LETTERS);
    }

    /** How a delivery ended, in the columns from that one on; null if it is on its way. */
    static @Nullable Outcome read(ResultSet row, int first) throws SQLException {
        int attempts = row.getInt(first + 1);
        Problem problem = StoredProblem.read(row, first + 7);
        return switch (row.getInt(first)) {
            case State.DELIVERED, State.STRIPPED ->
                new Outcome.Delivered(
                        confirmation(row.getString(first + 2)),
                        row.getString(first + 3),
                        StoredProblem.Lines.split(row.getString(first + 4)),
                        Math.max(1, attempts));
            case State.DEAD ->
                problem == null
                        ? null
                        : row.getInt(first + 5) == 1
                                ? new Outcome.Rejected(problem, attempts)
                                : new Outcome.Undelivered(problem, attempts, row.getInt(first + 6) == 1);
            default -> null; // it is on its way
        };
    }

    static Confirmation confirmation(@Nullable String name) {
        for (Confirmation confirmation : Confirmation.values()) {
            if (confirmation.name().equals(name)) {
                return confirmation;
            }
        }
        return Confirmation.ACCEPTED; // written by a newer version
    }
}
