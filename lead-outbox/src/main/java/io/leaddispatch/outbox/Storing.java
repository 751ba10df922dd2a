package io.leaddispatch.outbox;

import io.leaddispatch.Lead;
import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.spi.LeadQueue.Stored;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Puts leads into the table, each once for a destination. */
final class Storing {
    private static final String INSERT = "insert into lead_outbox (destination, lead_id, serial_key, email_hash,"
            + " payload, state, leased, due_at, token, owner, claims, lost, attempts, started, rejected, may_exist, stored_at,"
            + " changed_at) values (:destination, :lead, :key, :email, :payload, 0, :leased, {clock} + :lease, :token,"
            + " :owner, :leased, :leased, 0, 0, 0, 0, {clock}, {clock}) on conflict do nothing returning id, stored_at";

    private static final String FIND = "select id, token, stored_at, leased, " + Outcomes.COLUMNS
            + " from lead_outbox where lead_id = :lead and destination = :destination";

    private final Store store;

    Storing(Store store) {
        this.store = store;
    }

    /** Where a lead goes, and its key there if that is not the lead's own id. */
    record Place(String destination, @Nullable String serialKey) {
        static Place of(Lead lead, String destination, String serialKey) {
            return new Place(destination, serialKey.equals(lead.id().value()) ? null : serialKey);
        }
    }

    /** The work that stores a lead; a repeat finds what an earlier try has stored. */
    Database.Work<List<Stored>> of(Lead lead, List<Place> places, @Nullable Duration lease) {
        String payload = store.cipher.write(lead);
        long token = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE / 2);
        return session -> {
            List<Stored> all = new ArrayList<>(places.size());
            for (Place place : places) {
                all.add(one(session, lead, place, payload, lease, token));
            }
            return all;
        };
    }

    private Stored one(Session session, Lead lead, Place place, String payload, @Nullable Duration lease, long token)
            throws SQLException {
        KeyedHash hash = store.hash();
        String key = place.serialKey();
        Values values = Values.of("destination", place.destination())
                .with("lead", lead.id().value())
                .with("key", key == null ? null : hash.ofSerialKey(key))
                .with("email", hash.ofEmail(lead.contact().email()))
                .with("payload", payload)
                .with("token", token);
        if (lease != null) {
            Claim claim = insert(session, lead, place, lease(values, lease.toMillis(), store.owner), token);
            if (claim != null) {
                return new Stored(true, claim);
            }
        }
        if (lease == null || key != null) { // the key of another lead may be in flight: then this one waits
            if (insert(session, lead, place, lease(values, 0, null), token) != null) {
                return new Stored(true, null);
            }
        }
        Stored known = session.first(FIND, values, row -> known(row, lead, place, token));
        return known != null ? known : new Stored(false, null);
    }

    private static Values lease(Values values, long millis, @Nullable String owner) {
        return values.with("lease", millis).with("owner", owner).with("leased", owner == null ? 0 : 1);
    }

    private static @Nullable Claim insert(Session session, Lead lead, Place place, Values values, long token)
            throws SQLException {
        return session.first(
                INSERT,
                values,
                row -> new Claim(
                        row.getLong(1), token, place.destination(), lead, 0, Instant.ofEpochMilli(row.getLong(2))));
    }

    /** A row that was there before: our own from a try whose answer was lost, or an earlier storing. */
    private Stored known(ResultSet row, Lead lead, Place place, long token) throws SQLException {
        boolean ours = row.getInt(5) == State.OPEN && row.getLong(2) == token;
        if (ours) {
            Instant storedAt = Instant.ofEpochMilli(row.getLong(3));
            Claim claim = new Claim(row.getLong(1), token, place.destination(), lead, 0, storedAt);
            return new Stored(true, row.getInt(4) == 1 ? claim : null);
        }
        return new Stored(false, null, Outcomes.read(row, 5));
    }
}
