package io.leaddispatch.outbox;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.LeadQueue.Claim;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases what is due. A lead that processes have died with is doubtful from the second time on: doubtful leads are leased
 * one at a time, so that only the guilty one reaches the number that makes it a dead letter.
 */
final class Claiming {
    private static final Logger LOG = LoggerFactory.getLogger("io.leaddispatch.outbox");

    /** What is leased stays due, so that leasing it changes no index. */
    private static final String DUE =
            "c.destination = :destination and c.state = 0 and c.due_at <= {now} and c.leased_until <= {now}";

    /** The leases lost so far, with the one that has run out and is not taken over yet. */
    private static final String LOST = "case when leased_until > 0 then lost + 1 else lost end";

    /**
     * A key in flight or held excludes its other leads, at whatever destination; of those that wait at this one the first
     * goes first.
     */
    private static final String KEY_IS_FREE = " and (c.serial_key is null or c.busy_key is not null or not exists"
            + " (select 1 from lead_outbox k where k.serial_key = c.serial_key and k.state = 0 and k.id <> c.id and"
            + " (k.busy_key is not null or k.destination = c.destination and (k.due_at < c.due_at or"
            + " k.due_at = c.due_at and k.id < c.id))))";

    private static final String PROBE = "select 1 from lead_outbox c where " + DUE + " limit 1";

    /** The first condition is that of the index. */
    private static final String IS_DOUBTFUL = " and c.lost >= 1 and " + LOST + " >= 2";

    private static final String PROBE_DOUBTFUL = PROBE.replace(" limit", IS_DOUBTFUL + " limit");

    private static final String ORDINARY = "select c.{row} from lead_outbox c where " + DUE + " and " + LOST + " < 2"
            + KEY_IS_FREE + " order by c.due_at limit :most ";

    private static final String ONE_DOUBTFUL = "select c.{row} from lead_outbox c where " + DUE + IS_DOUBTFUL
            + " and not exists (select 1 from lead_outbox q where q.destination = c.destination and q.state = 0 and"
            + " q.lost >= 1 and q.lost >= 2 and q.leased_until > {now})" + KEY_IS_FREE + " order by c.due_at limit 1 ";

    private static final String TAKE =
            "update lead_outbox set leased_until = {clock} + :lease, busy_key = serial_key, token = :token, owner = :owner,"
                    + " claims = claims + 1, lost = " + LOST + " where {row} %s"
                    + " returning id, token, lead_id, payload, attempts, coalesce(tried_from, stored_at), started";

    private static final String POISON =
            "update lead_outbox as c set state = 2, leased_until = 0, busy_key = null, owner = null, token = token + 1,"
                    + " may_exist = 1, " + StoredProblem.SET
                    + ", changed_at = {clock} where " + DUE + IS_DOUBTFUL
                    + " and " + LOST + " >= :poison returning lead_id";

    private static final String UNREADABLE =
            "update lead_outbox set state = 2, leased_until = 0, busy_key = null, owner = null, " + StoredProblem.SET
                    + ", changed_at = {clock} where id = :id and token = :token";

    private static final String UNKNOWN_KEY =
            "update lead_outbox set leased_until = 0, busy_key = null, owner = null, claims = claims - 1,"
                    + " due_at = {clock} + :delay, " + StoredProblem.SET + " where id = :id and token = :token";

    private static final int TRIES = 3;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration ASK_OTHERS = Duration.ofMinutes(1);

    private final Store store;
    private final AtomicBoolean warned = new AtomicBoolean();
    private final Map<String, Long> lookedForDoubtful = new ConcurrentHashMap<>();

    Claiming(Store store) {
        this.store = store;
    }

    private record Row(
            long id, long token, String leadId, String payload, int attempts, long storedAt, boolean maybeSent) {}

    /** What a claim brought, and the leads that it had to put aside. */
    private record Taken(List<Claim> claims, List<String> unreadable, List<String> unknownKey) {}

    List<Claim> claim(String destination, int most, Duration lease) {
        if (most < 1 || store.database.dialect().looksFirst() && !isWorkThere(destination)) {
            return List.of();
        }
        Values values = Values.of("destination", destination)
                .with("token", ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE))
                .with("lease", lease.toMillis())
                .with("owner", store.owner);
        List<Row> rows = new ArrayList<>();
        boolean looked = isTimeForDoubtful(destination);
        if (looked) {
            rows.addAll(doubtful(destination, values));
        }
        if (rows.size() < most) {
            values.with("most", most - rows.size());
            rows.addAll(take(ORDINARY, values));
        }
        if (rows.isEmpty() && !looked) {
            rows.addAll(doubtful(destination, values));
        }
        rows.sort(Comparator.comparingLong(Row::storedAt).thenComparingLong(Row::id));
        return readable(destination, rows);
    }

    /** Not at every claim: there hardly ever are any, and they can wait for a moment. */
    private boolean isTimeForDoubtful(String destination) {
        long now = System.nanoTime();
        Long last = lookedForDoubtful.get(destination);
        boolean due = last == null || now - last >= BETWEEN_LOOKS.toNanos();
        if (due) {
            lookedForDoubtful.put(destination, now);
        }
        return due;
    }

    private List<Row> doubtful(String destination, Values values) {
        boolean none = store.database
                .read(session -> session.query(PROBE_DOUBTFUL, values, row -> 1))
                .isEmpty();
        if (none) {
            return List.of();
        }
        List<String> poison = store.database.writeOne(session -> bury(session, destination));
        warn(destination, poison, OutboxProblems.POISON.problem());
        return take(ONE_DOUBTFUL, values);
    }

    private void warn(String destination, Taken taken) {
        warn(destination, taken.unreadable, OutboxProblems.UNREADABLE.problem());
        if (!taken.unknownKey.isEmpty() && !warned.getAndSet(true)) {
            warn(destination, taken.unknownKey, OutboxProblems.UNKNOWN_KEY.problem());
        }
    }

    private static void warn(String destination, List<String> leads, Problem problem) {
        if (!leads.isEmpty()) {
            LOG.warn(
                    "{}: {} leads, the first of them {} [{}]: {}. {}",
                    destination,
                    leads.size(),
                    leads.get(0),
                    problem.code(),
                    problem.cause(),
                    problem.remedy());
        }
    }

    boolean isWorkThere(String destination) {
        Values values = Values.of("destination", destination);
        return !store.database
                .read(session -> session.query(PROBE, values, row -> 1))
                .isEmpty();
    }

    private List<String> bury(Session session, String destination) throws SQLException {
        Values values = Values.of("destination", destination).with("poison", store.poisonAfter);
        return session.query(
                POISON, StoredProblem.write(values, OutboxProblems.POISON.problem()), row -> row.getString(1));
    }

    private List<Row> take(String which, Values values) {
        Dialect dialect = store.database.dialect();
        String take = TAKE.formatted(dialect.among(which + dialect.skipLocked()));
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                return store.database.writeOne(session -> session.query(take, values, Claiming::row));
            } catch (OutboxException e) { // another process has just taken a lead with the same key
                if (!(e.getCause() instanceof SQLException cause) || !dialect.isDuplicate(cause)) {
                    throw e;
                }
            }
        }
        return List.of();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getLong(6),
                row.getInt(7) == 1);
    }

    /**
     * The claims. What no key opens becomes a dead letter and waits for a person; what is under a key that only other
     * processes have is given back for them.
     */
    private List<Claim> readable(String destination, List<Row> rows) {
        Taken taken = new Taken(new ArrayList<>(rows.size()), new ArrayList<>(0), new ArrayList<>(0));
        List<Values> unreadable = new ArrayList<>(0);
        List<Values> unknownKey = new ArrayList<>(0);
        for (Row row : rows) {
            @Nullable Lead lead = row.payload == null ? null : store.cipher.read(row.payload, row.leadId);
            Values values = Values.of("id", row.id).with("token", row.token);
            if (lead != null) {
                Instant storedAt = Instant.ofEpochMilli(row.storedAt);
                taken.claims.add(
                        new Claim(row.id, row.token, destination, lead, row.attempts, storedAt, row.maybeSent));
            } else if (row.payload == null || store.cipher.knowsKeyOf(row.payload)) {
                unreadable.add(StoredProblem.write(values, OutboxProblems.UNREADABLE.problem()));
                taken.unreadable.add(row.leadId);
            } else {
                values.with("delay", ASK_OTHERS.toMillis());
                unknownKey.add(StoredProblem.write(values, OutboxProblems.UNKNOWN_KEY.problem()));
                taken.unknownKey.add(row.leadId);
            }
        }
        if (taken.claims.size() < rows.size()) {
            store.database.write(
                    session -> session.each(UNREADABLE, unreadable) + session.each(UNKNOWN_KEY, unknownKey));
            warn(destination, taken);
        }
        return taken.claims;
    }
}
