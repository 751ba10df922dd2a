package io.leaddispatch.outbox;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what has been kept for long enough, and takes over what processes held that ended: now and then, a bounded
 * amount at a time, on a thread that claims.
 */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("io.leaddispatch.outbox");
    private static final Duration BETWEEN = Duration.ofSeconds(10);
    private static final int MOST_AT_ONCE = 1_000;

    private static final String STRIP = "update lead_outbox set payload = null, state = 3 where id %s";
    private static final String TO_STRIP =
            "select id from lead_outbox where state > 0 and state = 1 and changed_at < {now} - :age order by changed_at"
                    + " limit :most";
    private static final String REMOVE = "delete from lead_outbox where id %s";
    private static final String TO_REMOVE =
            "select id from lead_outbox where state > 0 and state = :state and changed_at < {now} - :age order by"
                    + " changed_at limit :most";
    private static final String ORPHANS = "delete from lead_outbox_attempt where outbox_id in (select a.outbox_id from"
            + " lead_outbox_attempt a left join lead_outbox o on o.id = a.outbox_id where o.id is null limit :most)";

    /** Its time lies ahead though nothing has put it off: the clock that stored it was fast, or has been set back. */
    private static final String FROM_THE_FUTURE =
            "update lead_outbox set due_at = {now} where state = 0 and leased_until = 0"
                    + " and due_at > {now} and due_at <= stored_at";

    private final Store store;
    private final Owners owners;
    private final AtomicLong nextRun = new AtomicLong(System.nanoTime());

    Upkeep(Store store, Owners owners) {
        this.store = store;
        this.owners = owners;
    }

    /** Runs unless it ran a moment ago. What goes wrong waits for the next time. */
    void runIfDue() {
        long now = System.nanoTime();
        long due = nextRun.get();
        if (now - due >= 0 && nextRun.compareAndSet(due, now + BETWEEN.toNanos())) {
            try {
                owners.takeOver(store);
                store.database.writeOne(session -> session.update(FROM_THE_FUTURE, new Values()));
                retain();
            } catch (RuntimeException e) { // the claim that follows tells of a database that is away
                LOG.debug("upkeep of the outbox failed: {}", e.getMessage());
            }
        }
    }

    /** Removes what is due to be removed; says how many rows were touched. */
    int retain() {
        return store.database.write(session -> {
            Dialect dialect = session.dialect();
            Values content = Values.of("age", store.keepContent.toMillis()).with("most", MOST_AT_ONCE);
            int touched = session.update(STRIP.formatted(dialect.among(TO_STRIP)), content);
            int removed = 0;
            for (int state : new int[] {State.DELIVERED, State.STRIPPED}) {
                Values ids = Values.of("age", store.keepIds.toMillis())
                        .with("most", MOST_AT_ONCE)
                        .with("state", state);
                removed += session.update(REMOVE.formatted(dialect.among(TO_REMOVE)), ids);
            }
            if (removed > 0) {
                session.update(ORPHANS, Values.of("most", MOST_AT_ONCE));
            }
            return touched + removed;
        });
    }

    @Override
    public void close() {
        owners.close();
    }
}
