package io.leaddispatch.outbox;

import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadId;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.LeadQueue;
import io.leaddispatch.spi.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The queue of the engine in the tables of an outbox. What is stored survives this process; what this process holds when
 * it ends is taken over by others when its leases run out, or at once where they can see that it ended.
 *
 * <p>Safe for use by many threads.
 */
final class JdbcLeadQueue implements LeadQueue {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    /** What was begun may have been sent, settled or not: it keeps its lease, and whoever takes it over knows. */
    private static final String GIVE_BACK = "update lead_outbox set leased_until = 0, busy_key = null, owner = null,"
            + " token = token + 1, claims = claims - 1 where owner = :owner and state = 0 and leased_until > 0"
            + " and started = 0";

    private final Store store;
    private final Storing storing;
    private final Claiming claiming;
    private final Settling settling;
    private final Gates gates;
    private final Permits permits;
    private final Outcomes outcomes;
    private final Upkeep upkeep;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Object news = new Object();
    private long changes;
    private boolean closed;

    JdbcLeadQueue(Store store, Upkeep upkeep) {
        this.store = store;
        this.storing = new Storing(store);
        this.claiming = new Claiming(store);
        this.settling = new Settling(store);
        this.gates = new Gates(store);
        this.permits = new Permits(store);
        this.outcomes = new Outcomes(store);
        this.upkeep = upkeep;
    }

    @Override
    public List<Stored> store(Lead lead, List<String> destinations, @Nullable Duration lease)
            throws InterruptedException {
        String id = lead.id().value();
        return store(lead, destinations, destinations.stream().map(name -> id).toList(), lease);
    }

    @Override
    public List<Stored> store(Lead lead, List<String> destinations, List<String> serialKeys, @Nullable Duration lease)
            throws InterruptedException {
        List<Storing.Place> places = new ArrayList<>(destinations.size());
        for (int i = 0; i < destinations.size(); i++) {
            places.add(Storing.Place.of(lead, destinations.get(i), serialKeys.get(i)));
        }
        List<Stored> stored = store.database.writeTogether(storing.of(lead, places, lease), places.size() == 1);
        if (stored.stream().anyMatch(one -> one.isNew() && one.claim() == null)) {
            wake();
        }
        return stored;
    }

    /** Tells those who wait for work in this process that there may be some. */
    void wake() {
        changed();
        listeners.forEach(Runnable::run);
    }

    private void changed() {
        synchronized (news) {
            changes++;
            news.notifyAll();
        }
    }

    @Override
    public List<Claim> claim(String destination, int max, Duration lease) {
        upkeep.runIfDue();
        return claiming.claim(destination, max, lease);
    }

    @Override
    public int settle(List<Settlement> settlements) {
        if (settlements.isEmpty()) {
            return 0;
        }
        int ours = settling.settle(settlements);
        changed();
        return ours;
    }

    @Override
    public Map<LeadId, Outcome> outcomes(String destination, List<LeadId> leads) {
        return outcomes.of(destination, leads);
    }

    @Override
    public Duration lease() {
        return store.lease;
    }

    @Override
    public int renew(List<Claim> claims, Duration lease) {
        return claims.isEmpty() ? 0 : settling.renew(claims, lease);
    }

    @Override
    public int begin(List<Claim> claims) {
        return settling.begin(claims);
    }

    @Override
    public Permit permit(String gate, Limits.Rate rate, Duration longest) {
        return permits.take(gate, rate, longest);
    }

    @Override
    public void callEnded(Permit permit, Limits.Rate rate) {
        permits.giveBack(permit, rate);
    }

    @Override
    public void whenWork(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void pause(String gate, @Nullable Instant until, Problem why) {
        gates.pause(gate, until, why);
    }

    @Override
    public Map<String, Instant> pauses() {
        return gates.ends();
    }

    @Override
    public boolean awaitWork(String destination, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long seen = changes(); seen >= 0; seen = changes()) {
            if (claiming.isWorkThere(destination)) {
                return true;
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            awaitChange(seen, Math.min(left, LOOK_AGAIN.toNanos()));
        }
        return false;
    }

    /** A number that grows with every change here; negative once the queue is closed. */
    private long changes() {
        synchronized (news) {
            return closed ? -1 : changes;
        }
    }

    private void awaitChange(long seen, long nanos) throws InterruptedException {
        synchronized (news) {
            if (changes == seen && !closed) {
                TimeUnit.NANOSECONDS.timedWait(news, nanos);
            }
        }
    }

    @Override
    public long waiting(String destination) {
        return store.database.read(session -> session.number(
                "select count(*) from lead_outbox where destination = :destination and state = 0 and"
                        + " leased_until <= {now}",
                Values.of("destination", destination)));
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public void close() {
        synchronized (news) {
            if (closed) {
                return;
            }
            closed = true;
            news.notifyAll();
        }
        try {
            store.database.write(session -> session.update(GIVE_BACK, Values.of("owner", store.owner)));
        } catch (RuntimeException e) { // the database is away: the leases run out by themselves
            return;
        } finally {
            upkeep.close();
            store.close();
        }
    }
}
