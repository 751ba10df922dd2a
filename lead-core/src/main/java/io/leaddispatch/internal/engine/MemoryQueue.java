package io.leaddispatch.internal.engine;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.LeadQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue in memory: what it holds ends with the process. Leases do not run out, since nobody else could take
 * the work over.
 */
public final class MemoryQueue implements LeadQueue {
    private final EngineTime time;
    private final int capacity;
    private final Map<String, Shelf> shelves = new HashMap<>();
    private final Map<String, Instant> pauses = new HashMap<>();
    private long nextId;
    private boolean closed;

    /**
     * A queue that is empty.
     *
     * @param capacity most deliveries per destination, leased ones included; at least 1
     */
    public MemoryQueue(EngineTime time, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1: " + capacity);
        }
        this.time = time;
        this.capacity = capacity;
    }

    @Override
    public synchronized List<Stored> store(Lead lead, List<String> destinations, @Nullable Duration lease)
            throws InterruptedException {
        while (!closed && isFullFor(lead, destinations)) {
            wait();
        }
        if (closed) {
            throw new IllegalStateException("the queue is closed");
        }
        List<Stored> stored = new ArrayList<>(destinations.size());
        for (String destination : destinations) {
            stored.add(storeOne(lead, destination, lease != null));
        }
        if (lease == null) {
            notifyAll(); // there is something to claim
        }
        return stored;
    }

    private boolean isFullFor(Lead lead, List<String> destinations) {
        for (String destination : destinations) {
            Shelf shelf = shelf(destination);
            if (shelf.all.size() >= capacity && !shelf.all.containsKey(lead.id().value())) {
                return true;
            }
        }
        return false;
    }

    private Stored storeOne(Lead lead, String destination, boolean leased) {
        Shelf shelf = shelf(destination);
        Instant now = time.clock().instant();
        Row row = new Row(new Claim(nextId++, leased ? 1 : 0, destination, lead, 0, now), leased);
        if (shelf.all.putIfAbsent(lead.id().value(), row) != null) {
            return new Stored(false, null);
        }
        if (!leased) {
            row.dueAt = time.nanos();
            shelf.due.add(row);
        }
        return new Stored(true, leased ? row.claim : null);
    }

    @Override
    public synchronized List<Claim> claim(String destination, int max, Duration lease) {
        Shelf shelf = shelf(destination);
        List<Claim> claims = new ArrayList<>();
        Row next = shelf.due.peek();
        while (!closed && claims.size() < max && next != null && next.dueAt <= time.nanos()) {
            shelf.due.remove();
            claims.add(next.lease());
            next = shelf.due.peek();
        }
        return claims;
    }

    @Override
    public synchronized int settle(List<Settlement> settlements) {
        int ours = 0;
        for (Settlement settlement : settlements) {
            Claim claim = settlement.claim();
            Shelf shelf = shelf(claim.destination());
            Row row = shelf.all.get(claim.lead().id().value());
            if (row == null || !row.isLeasedAs(claim)) {
                continue;
            }
            ours++;
            if (settlement instanceof Settlement.Later later) {
                row.giveBack(later.countAttempt() ? 1 : 0, time.nanosAt(later.at()));
                shelf.due.add(row);
            } else if (settlement instanceof Settlement.Released) {
                row.giveBack(0, time.nanos());
                shelf.due.add(row);
            } else {
                shelf.all.remove(claim.lead().id().value());
            }
        }
        notifyAll();
        return ours;
    }

    @Override
    public synchronized boolean withdraw(Claim claim) {
        Shelf shelf = shelf(claim.destination());
        Row row = shelf.all.get(claim.lead().id().value());
        if (row == null || row.claim.id() != claim.id()) {
            return false;
        }
        shelf.all.remove(claim.lead().id().value());
        shelf.due.remove(row);
        notifyAll();
        return true;
    }

    @Override
    public synchronized int renew(List<Claim> claims, Duration lease) {
        int ours = 0;
        for (Claim claim : claims) {
            Row row = shelf(claim.destination()).all.get(claim.lead().id().value());
            ours += row != null && row.isLeasedAs(claim) ? 1 : 0;
        }
        return ours;
    }

    @Override
    public synchronized void pause(String gate, @Nullable Instant until, Problem why) {
        pauses.put(gate, until == null ? Instant.MAX : until);
    }

    @Override
    public synchronized Map<String, Instant> pauses() {
        Instant now = time.clock().instant();
        pauses.values().removeIf(until -> !until.isAfter(now));
        return Map.copyOf(pauses);
    }

    @Override
    public synchronized boolean awaitWork(String destination, Duration atMost) throws InterruptedException {
        long end = time.plus(atMost);
        Shelf shelf = shelf(destination);
        while (!closed) {
            long now = time.nanos();
            Row next = shelf.due.peek();
            if (next != null && next.dueAt <= now) {
                return true;
            }
            if (now >= end) {
                return false;
            }
            long wakeAt = next == null ? end : Math.min(end, next.dueAt);
            EngineTime.WakeUp wakeUp = time.after(wakeAt - now, this::wake);
            try {
                wait();
            } finally {
                wakeUp.cancel();
            }
        }
        return false;
    }

    private synchronized void wake() {
        notifyAll();
    }

    @Override
    public synchronized long waiting(String destination) {
        return shelf(destination).due.size();
    }

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private Shelf shelf(String destination) {
        return shelves.computeIfAbsent(destination, name -> new Shelf());
    }

    /** All of one destination by lead id, and those of them that wait, the next one first. */
    private static final class Shelf {
        final Map<String, Row> all = new HashMap<>();
        final PriorityQueue<Row> due = new PriorityQueue<>(
                Comparator.<Row>comparingLong(row -> row.dueAt).thenComparingLong(row -> row.claim.id()));
    }

    /** One delivery; its token counts the leases. */
    private static final class Row {
        private Claim claim;
        private long dueAt;
        private boolean leased;

        Row(Claim claim, boolean leased) {
            this.claim = claim;
            this.leased = leased;
        }

        Claim lease() {
            leased = true;
            claim = copy(claim.token() + 1, claim.attempts());
            return claim;
        }

        boolean isLeasedAs(Claim other) {
            return leased && claim.id() == other.id() && claim.token() == other.token();
        }

        void giveBack(int attempts, long newDueAt) {
            leased = false;
            claim = copy(claim.token(), claim.attempts() + attempts);
            dueAt = newDueAt;
        }

        private Claim copy(long token, int attempts) {
            return new Claim(claim.id(), token, claim.destination(), claim.lead(), attempts, claim.storedAt());
        }
    }
}
