package io.leaddispatch.testkit.contract;

import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadId;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.LeadQueue;
import io.leaddispatch.testkit.contract.SharedStore.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A queue over a store that outlives it, as simple as can be; the flaw asked for makes it wrong. It waits by looking
 * again, as those do that share a database.
 */
final class SharedQueue implements LeadQueue {
    /** What it does wrong. */
    enum Flaw {
        NONE,
        STORES_TWICE,
        FORGETS_A_DESTINATION,
        BORN_FREE,
        FORGETS_FIELDS,
        NEWEST_FIRST,
        GIVES_TO_ANYBODY,
        COUNTS_LEASED,
        GIVES_DONE_AGAIN,
        TELLS_TOO_SOON,
        LOSES_WHAT_IS_RELEASED,
        TOO_EARLY,
        COUNTS_EVERYTHING,
        NO_FENCE,
        RENEWS_ANYTHING,
        LEASES_FOR_EVER,
        NO_RENEWAL,
        NEVER_WITHDRAWS,
        FORGETS_PAUSES,
        SLEEPS_ON,
        ALWAYS_WORK,
        DEAF,
        CLAIMS_TOGETHER,
        STORES_TOGETHER,
        FORGETS_ALL,
        PRIVATE_CLAIMS,
        KEEPS_LEASES,
        WAITS_ON
    }

    private final SharedStore store;
    private final Flaw flaw;
    private volatile boolean closed;

    SharedQueue(SharedStore store, Flaw flaw) {
        this.store = store;
        this.flaw = flaw;
    }

    private boolean is(Flaw asked) {
        return flaw == asked;
    }

    @Override
    public List<Stored> store(Lead lead, List<String> destinations, Duration lease) throws InterruptedException {
        List<Stored> stored = new ArrayList<>();
        synchronized (store) {
            for (String destination : destinations) {
                boolean known = !is(Flaw.STORES_TWICE) && isKnown(lead, destination);
                letOthersIn(is(Flaw.STORES_TOGETHER));
                stored.add(known ? new Stored(false, null) : addOne(lead, destination, lease));
            }
        }
        return stored;
    }

    /** What happens between a look and a deed where nothing holds the others off. */
    private void letOthersIn(boolean flawed) {
        if (flawed) {
            try {
                store.wait(3);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isKnown(Lead lead, String destination) {
        return store.rows.values().stream()
                .anyMatch(row ->
                        row.destination.equals(destination) && row.lead.id().equals(lead.id()));
    }

    private Stored addOne(Lead lead, String destination, Duration lease) {
        if (is(Flaw.FORGETS_A_DESTINATION) && destination.equals("c")) {
            return new Stored(true, null);
        }
        Lead kept = is(Flaw.FORGETS_FIELDS) ? lead.toBuilder().title(null).build() : lead;
        Row row = store.add(kept, destination);
        if (lease == null) {
            return new Stored(true, null);
        }
        Claim claim = row.lease(this, Instant.now().plus(lease));
        if (is(Flaw.BORN_FREE)) {
            row.giveBack(Instant.now(), 0);
        }
        return new Stored(true, claim);
    }

    @Override
    public List<Claim> claim(String destination, int max, Duration lease) {
        synchronized (is(Flaw.PRIVATE_CLAIMS) ? this : store) {
            synchronized (store) {
                List<Row> due = due(destination, max);
                letOthersIn(is(Flaw.CLAIMS_TOGETHER) || is(Flaw.PRIVATE_CLAIMS));
                return due.stream()
                        .map(row -> row.lease(this, Instant.now().plus(lease)))
                        .toList();
            }
        }
    }

    private List<Row> due(String destination, int max) {
        List<Row> due = new ArrayList<>(store.rows.values().stream()
                .filter(row -> row.destination.equals(destination) || is(Flaw.GIVES_TO_ANYBODY))
                .filter(row ->
                        row.isDue() || is(Flaw.TOO_EARLY) && row.waits() || is(Flaw.GIVES_DONE_AGAIN) && row.ended)
                .filter(row -> !is(Flaw.LEASES_FOR_EVER) || !row.leased)
                .toList());
        if (is(Flaw.NEWEST_FIRST)) {
            Collections.reverse(due);
        }
        return due.subList(0, Math.min(max, due.size()));
    }

    private boolean isOurs(Row row, Claim claim) {
        return row != null && !row.ended && (is(Flaw.NO_FENCE) || row.leased && row.token == claim.token());
    }

    @Override
    public int settle(List<Settlement> settlements) {
        int ours = 0;
        synchronized (store) {
            for (Settlement settlement : settlements) {
                Row row = store.rows.get(settlement.claim().id());
                if (isOurs(row, settlement.claim())) {
                    settle(row, settlement);
                    ours++;
                }
            }
        }
        return ours;
    }

    @Override
    public Map<LeadId, Outcome> outcomes(String destination, List<LeadId> leads) {
        Map<LeadId, Outcome> ended = new HashMap<>();
        synchronized (store) {
            for (Row row : store.rows.values()) {
                boolean asked = row.destination.equals(destination) && leads.contains(row.lead.id());
                Outcome end = is(Flaw.TELLS_TOO_SOON)
                        ? new Outcome.Delivered(Confirmation.CREATED, null, List.of(), 1)
                        : row.outcome;
                if (asked && end != null) {
                    ended.put(row.lead.id(), end);
                }
            }
        }
        return ended;
    }

    private static Outcome end(Settlement settlement) {
        if (settlement instanceof Settlement.Done done) {
            var result = done.result();
            return new Outcome.Delivered(result.confirmation(), result.recordId(), result.notes(), 1);
        }
        return settlement instanceof Settlement.Dead dead && dead.rejected()
                ? new Outcome.Rejected(dead.problem(), 1)
                : null;
    }

    private void settle(Row row, Settlement settlement) {
        if (settlement instanceof Settlement.Later later) {
            row.giveBack(later.at(), later.countAttempt() || is(Flaw.COUNTS_EVERYTHING) ? 1 : 0);
        } else if (settlement instanceof Settlement.Released && !is(Flaw.LOSES_WHAT_IS_RELEASED)) {
            row.giveBack(Instant.now(), 0);
        } else {
            row.ended = true;
            row.outcome = end(settlement);
        }
    }

    @Override
    public boolean withdraw(Claim claim) {
        synchronized (store) {
            Row row = store.rows.get(claim.id());
            if (row == null || row.ended || is(Flaw.NEVER_WITHDRAWS)) {
                return false;
            }
            row.ended = true;
            return true;
        }
    }

    @Override
    public int renew(List<Claim> claims, Duration lease) {
        int ours = 0;
        synchronized (store) {
            for (Claim claim : claims) {
                Row row = store.rows.get(claim.id());
                if (isOurs(row, claim) || is(Flaw.RENEWS_ANYTHING)) {
                    row.dueAt = is(Flaw.NO_RENEWAL) ? row.dueAt : Instant.now().plus(lease);
                    ours++;
                }
            }
        }
        return ours;
    }

    @Override
    public void pause(String gate, Instant until, Problem why) {
        synchronized (store) {
            store.pauses.put(gate, until == null ? Instant.MAX : until);
        }
    }

    @Override
    public Map<String, Instant> pauses() {
        synchronized (store) {
            store.pauses.values().removeIf(until -> !until.isAfter(Instant.now()));
            return is(Flaw.FORGETS_PAUSES) ? Map.of() : Map.copyOf(store.pauses);
        }
    }

    @Override
    public boolean awaitWork(String destination, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        boolean interrupted = false;
        while (!closed || is(Flaw.WAITS_ON)) {
            synchronized (store) {
                if (is(Flaw.ALWAYS_WORK)
                        || !is(Flaw.SLEEPS_ON) && !due(destination, 1).isEmpty()) {
                    return true;
                }
                if (System.nanoTime() >= end || interrupted) {
                    return false;
                }
                try {
                    store.wait(20);
                } catch (InterruptedException e) {
                    if (!is(Flaw.DEAF)) {
                        throw e;
                    }
                    interrupted = true;
                }
            }
        }
        return false;
    }

    @Override
    public long waiting(String destination) {
        synchronized (store) {
            return store.rows.values().stream()
                    .filter(row -> row.destination.equals(destination))
                    .filter(row -> row.waits() || is(Flaw.COUNTS_LEASED) && !row.ended)
                    .count();
        }
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
        synchronized (store) {
            if (is(Flaw.FORGETS_ALL)) {
                store.rows.clear();
            }
            if (!is(Flaw.KEEPS_LEASES)) {
                store.rows.values().stream()
                        .filter(row -> row.leased && row.owner == this)
                        .forEach(row -> row.giveBack(Instant.now(), 0));
            }
        }
    }
}
