package io.leaddispatch.testkit.contract;

import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.spi.LeadQueue.Claim;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What several {@link SharedQueue}s have in common, as if it were a database. Guarded by itself. */
final class SharedStore {
    final Map<Long, Row> rows = new LinkedHashMap<>();
    final Map<String, Instant> pauses = new HashMap<>();
    private long lastId;
    private long lastToken;

    Row add(Lead lead, String destination) {
        Row row = new Row(++lastId, destination, lead, Instant.now());
        rows.put(row.id, row);
        return row;
    }

    /** One delivery. */
    final class Row {
        final long id;
        final String destination;
        final Lead lead;
        final Instant storedAt;
        Instant dueAt;
        Object owner = "";
        long token;
        int attempts;
        boolean leased;
        boolean ended;
        Outcome outcome;

        private Row(long id, String destination, Lead lead, Instant now) {
            this.id = id;
            this.destination = destination;
            this.lead = lead;
            this.storedAt = now;
            this.dueAt = now;
        }

        Claim lease(Object newOwner, Instant until) {
            owner = newOwner;
            leased = true;
            dueAt = until;
            token = ++lastToken;
            return new Claim(id, token, destination, lead, attempts, storedAt);
        }

        void giveBack(Instant at, int moreAttempts) {
            leased = false;
            dueAt = at;
            attempts += moreAttempts;
        }

        boolean isDue() {
            return !ended && !dueAt.isAfter(Instant.now());
        }

        boolean waits() {
            return !ended && (!leased || isDue());
        }
    }
}
