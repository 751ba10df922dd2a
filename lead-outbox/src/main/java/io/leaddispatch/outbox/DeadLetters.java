package io.leaddispatch.outbox;

import io.leaddispatch.Lead;
import io.leaddispatch.LeadId;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Leads that were refused or given up: to look at, to send again, to take out. Nothing here is removed by itself. Safe
 * for use by many threads.
 */
public final class DeadLetters {
    private static final int PAGE = 500;
    private static final int MILLIS = 1_000;

    private static final String COLUMNS = "id, lead_id, destination, rejected, may_exist, attempts, stored_at,"
            + " changed_at, " + StoredProblem.COLUMNS;
    private static final String DEAD = " from lead_outbox where state > 0 and state = 2 and id > :after";
    private static final String PAGED = " order by id limit :most";

    private static final String REPLAY =
            "update lead_outbox set state = 0, leased_until = 0, owner = null, token = token + 1,"
                    + " claims = 0, lost = 0, started = 0, attempts = 0, rejected = 0, due_at = {clock} + :delay,"
                    + " tried_from = {clock} + :delay, changed_at = {clock} where id = :id and state = 2 and payload is not null";
    private static final String PURGE = "delete from lead_outbox where id = :id and state = 2";
    private static final String PURGE_ATTEMPTS = "delete from lead_outbox_attempt where outbox_id = :id and not exists"
            + " (select 1 from lead_outbox where id = :id)";

    private final Store store;
    private final Runnable wake;

    DeadLetters(Store store, Runnable wake) {
        this.store = store;
        this.wake = wake;
    }

    /**
     * The oldest of them.
     *
     * @param most 1 or more
     * @param after only those with a greater id; 0 for the first page
     * @return in the order of their ids; maybe empty
     */
    public List<DeadLetter> list(DeadLetterQuery query, int most, long after) {
        Values values = query.values().with("after", after).with("most", most);
        return store.database.read(session ->
                session.query("select " + COLUMNS + DEAD + query.condition() + PAGED, values, DeadLetters::letter));
    }

    /** All of them, one after the other, in bounded memory. */
    public void forEach(DeadLetterQuery query, Consumer<DeadLetter> each) {
        long after = 0;
        for (List<DeadLetter> page = list(query, PAGE, after); !page.isEmpty(); page = list(query, PAGE, after)) {
            page.forEach(each);
            after = page.get(page.size() - 1).id();
        }
    }

    /** The content of a dead letter, or null if there is no such letter or its content cannot be read. */
    public @Nullable Lead lead(long id) {
        String[] stored = new String[2];
        store.database.read(session -> session.query(
                "select payload, lead_id from lead_outbox where id = :id and state = 2", Values.of("id", id), row -> {
                    stored[0] = row.getString(1);
                    stored[1] = row.getString(2);
                    return id;
                }));
        return stored[0] == null ? null : store.cipher.read(stored[0], stored[1]);
    }

    /**
     * Sends them again, with the same ids, so that a destination that has them knows them. Their age counts from now.
     *
     * @param perSecond how many at most become due in a second; at least 1
     * @return how many
     */
    public int replay(DeadLetterQuery query, int perSecond) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("perSecond must be at least 1: " + perSecond);
        }
        long[] place = new long[1];
        int count = change(query, REPLAY, values -> values.with("delay", place[0]++ * MILLIS / perSecond));
        wake.run();
        return count;
    }

    /** Removes them for good; says how many. */
    public int purge(DeadLetterQuery query) {
        return change(query, PURGE, values -> {});
    }

    private int change(DeadLetterQuery query, String statement, Consumer<Values> more) {
        int count = 0;
        long after = 0;
        for (List<Long> ids = ids(query, after); !ids.isEmpty(); ids = ids(query, after)) {
            List<Values> all = new ArrayList<>(ids.size());
            for (long id : ids) {
                Values values = Values.of("id", id);
                more.accept(values);
                all.add(values);
            }
            count += store.database.write(session -> {
                int touched =
                        java.util.Arrays.stream(session.batch(statement, all)).sum();
                session.batch(PURGE_ATTEMPTS, all);
                return touched;
            });
            after = ids.get(ids.size() - 1);
        }
        return count;
    }

    private List<Long> ids(DeadLetterQuery query, long after) {
        Values values = query.values().with("after", after).with("most", PAGE);
        return store.database.read(session ->
                session.query("select id" + DEAD + query.condition() + PAGED, values, row -> row.getLong(1)));
    }

    /**
     * Writes the leads themselves, each in a line of its own with the destination it was for: see {@link ExportedLead}.
     *
     * @param out left open
     * @return how many; those whose content cannot be read are left out
     * @throws IOException where {@code out} throws
     */
    public int export(DeadLetterQuery query, OutputStream out) throws IOException {
        int count = 0;
        long after = 0;
        for (List<DeadLetter> page = list(query, PAGE, after); !page.isEmpty(); page = list(query, PAGE, after)) {
            for (DeadLetter letter : page) {
                Lead lead = lead(letter.id());
                if (lead != null) {
                    out.write(new ExportedLead(lead, letter.destination()).write());
                    count++;
                }
            }
            after = page.get(page.size() - 1).id();
        }
        return count;
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getLong(1),
                LeadId.of(row.getString(2)),
                row.getString(3),
                StoredProblem.read(row, 9),
                row.getInt(4) == 1,
                row.getInt(5) == 1,
                row.getInt(6),
                Instant.ofEpochMilli(row.getLong(7)),
                Instant.ofEpochMilli(row.getLong(8)));
    }
}
