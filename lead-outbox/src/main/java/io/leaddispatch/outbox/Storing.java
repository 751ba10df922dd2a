package io.leaddispatch.outbox;

import io.leaddispatch.Lead;
import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.spi.LeadQueue.Stored;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Puts leads into the table, each once for a destination. */
final class Storing {
    private static final int LETTERS = 26;
    /** Without a lease both of its parameters are 0, and so is its end. */
    private static final String ROW = "(:destination#, :lead, :key#, :busy#, :email, :payload, 0, {clock},"
            + " {clock} * :leased + :lease, :token, :owner, :leased, 0, 0, 0, 0, 0, {clock}, {clock})";

    private static final String INSERT =
            "insert into lead_outbox (destination, lead_id, serial_key, busy_key, email_hash,"
                    + " payload, state, due_at, leased_until, token, owner, claims, lost, attempts, started, rejected, may_exist, stored_at,"
                    + " changed_at) values %s on conflict do nothing returning id, stored_at, destination";

    private static final String FIND = "select id, token, stored_at, leased_until, " + Outcomes.COLUMNS
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
            Values values = Values.of("lead", lead.id().value())
                    .with("email", store.hash().ofEmail(lead.contact().email()))
                    .with("payload", payload)
                    .with("token", token);
            Map<String, Stored> stored = new HashMap<>();
            if (lease != null) {
                insert(session, lead, places, lease(values, lease.toMillis(), store.owner), token, stored);
            }
            List<Place> left = places.stream()
                    .filter(place -> !stored.containsKey(place.destination()))
                    .filter(place -> lease == null || place.serialKey() != null) // another's key may be in flight
                    .toList();
            insert(session, lead, left, lease(values, 0, null), token, stored);
            List<Stored> all = new ArrayList<>(places.size());
            for (Place place : places) {
                Stored fresh = stored.get(place.destination());
                all.add(fresh != null ? fresh : known(session, lead, place, values, token));
            }
            return all;
        };
    }

    private Stored known(Session session, Lead lead, Place place, Values values, long token) throws SQLException {
        values.with("destination", place.destination());
        Stored known = session.first(FIND, values, row -> known(row, lead, place, token));
        return known != null ? known : new Stored(false, null);
    }

    private static Values lease(Values values, long millis, @Nullable String owner) {
        return values.with("lease", millis).with("owner", owner).with("leased", owner == null ? 0 : 1);
    }

    /** One statement for all places; a row that is there, or whose key is in flight, is left out. */
    private void insert(
            Session session, Lead lead, List<Place> places, Values values, long token, Map<String, Stored> stored)
            throws SQLException {
        if (places.isEmpty()) {
            return;
        }
        StringJoiner rows = new StringJoiner(", ");
        boolean leased = values.get("owner") != null;
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            String name = name(i);
            String key = place.serialKey() == null ? null : store.hash().ofSerialKey(place.serialKey());
            values.with("destination" + name, place.destination());
            values.with("key" + name, key).with("busy" + name, leased ? key : null);
            rows.add(ROW.replace("#", name));
        }
        session.query(INSERT.formatted(rows), values, row -> {
            Instant storedAt = Instant.ofEpochMilli(row.getLong(2));
            String destination = row.getString(3);
            Claim claim = leased ? new Claim(row.getLong(1), token, destination, lead, 0, storedAt) : null;
            return stored.put(destination, new Stored(true, claim)) == null;
        });
    }

    /** A parameter's name is of letters only. */
    private static String name(int number) {
        return number < LETTERS ? letter(number) : name(number / LETTERS - 1) + letter(number % LETTERS);
    }

    private static String letter(int number) {
        return String.valueOf((char) ('A' + number));
    }

    /** A row that was there before: our own from a try whose answer was lost, or an earlier storing. */
    private Stored known(ResultSet row, Lead lead, Place place, long token) throws SQLException {
        boolean ours = row.getInt(5) == State.OPEN && row.getLong(2) == token;
        if (ours) {
            Instant storedAt = Instant.ofEpochMilli(row.getLong(3));
            Claim claim = new Claim(row.getLong(1), token, place.destination(), lead, 0, storedAt);
            return new Stored(true, row.getLong(4) > 0 ? claim : null);
        }
        return new Stored(false, null, Outcomes.read(row, 5));
    }
}
