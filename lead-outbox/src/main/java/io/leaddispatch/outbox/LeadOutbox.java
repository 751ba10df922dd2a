package io.leaddispatch.outbox;

import io.leaddispatch.DeliveryPlan;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadId;
import io.leaddispatch.config.ConfigSection;
import io.leaddispatch.config.LeadConfigReader;
import io.leaddispatch.spi.LeadQueue;
import io.leaddispatch.spi.LeadQueue.Stored;
import io.leaddispatch.spi.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Leads in a database until they are delivered, and for a while after: a SQLite file for one machine, PostgreSQL for
 * many.
 *
 * <p>Nothing is touched before the first use. Safe for use by many threads. What the database refuses is thrown as {@link
 * OutboxException}.
 */
public final class LeadOutbox implements AutoCloseable {
    private final Store store;
    private final Upkeep upkeep;
    private final JdbcLeadQueue queue;

    private LeadOutbox(Store store, Owners owners) {
        this.store = store;
        this.upkeep = new Upkeep(store, owners);
        this.queue = new JdbcLeadQueue(store, upkeep);
    }

    /**
     * The outbox at that address with all defaults.
     *
     * @param url {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://HOST/DATABASE}
     * @throws io.leaddispatch.LeadConfigurationException if it is neither
     */
    public static LeadOutbox open(String url) {
        return open(Map.of("url", url));
    }

    /**
     * The outbox with these settings, as in the section {@code outbox} of a configuration.
     *
     * @throws io.leaddispatch.LeadConfigurationException with all that is wrong, by path
     */
    public static LeadOutbox open(Map<String, ?> settings) {
        return open(LeadConfigReader.standard().section("outbox", settings));
    }

    /**
     * The outbox of a configuration.
     *
     * @throws io.leaddispatch.LeadConfigurationException with all that is wrong, by path
     */
    public static LeadOutbox open(ConfigSection section) {
        return open(section.check(OutboxSettings.ALL), null, Clock.systemUTC());
    }

    /**
     * The outbox in a PostgreSQL database whose connections the host provides; each is closed after its use, so let it be a
     * pool. They are used in auto-commit, or as transactions of our own.
     *
     * @param settings as in a configuration, without {@code url}
     */
    public static LeadOutbox open(DataSource connections, Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("url", "jdbc:postgresql:");
        Settings checked = LeadConfigReader.standard().section("outbox", all).check(OutboxSettings.ALL);
        return open(checked, Objects.requireNonNull(connections, "connections"), Clock.systemUTC());
    }

    static LeadOutbox open(Settings settings, @Nullable DataSource connections, Clock clock) {
        Owners[] owners = new Owners[1];
        Store store = Databases.open(settings, connections, clock, owners);
        return new LeadOutbox(store, owners[0]);
    }

    /** For tests that need what lies below. */
    Store store() {
        return store;
    }

    /** The queue for {@link io.leaddispatch.DispatcherBuilder#queue}; closing the dispatcher closes this outbox. */
    public LeadQueue queue() {
        return queue;
    }

    /**
     * Stores a planned lead, durably when this returns. A lead that is there already is not stored again.
     *
     * @return how many rows are new, 0 to the number of the plan's destinations
     * @throws InterruptedException if interrupted while waiting for the database; nothing is stored then
     */
    public int enqueue(DeliveryPlan plan) throws InterruptedException {
        List<Stored> stored = queue.store(
                plan.lead(),
                List.copyOf(plan.serialKeys().keySet()),
                List.copyOf(plan.serialKeys().values()),
                null);
        return (int) stored.stream().filter(Stored::isNew).count();
    }

    /**
     * Stores a planned lead in the caller's transaction, together with what else the caller writes. Never commits, rolls
     * back, closes the connection, or changes its auto-commit. The tables have to be in that connection's database: a
     * SQLite file cannot join the transaction of another database. Once the caller has committed, workers find the lead
     * when they next look; {@link #wake()} lets those of this process look at once.
     *
     * @param connection not in auto-commit, which would make this a transaction of its own
     * @return how many rows are new
     * @throws IllegalArgumentException if the connection is in auto-commit
     * @throws SQLException what the database says
     */
    public int enqueue(Connection connection, DeliveryPlan plan) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalArgumentException("the connection is in auto-commit: there is no transaction to join");
        }
        store.database.read(session -> session.dialect().name()); // the tables and their key are there after this
        List<Storing.Place> places = new ArrayList<>();
        plan.serialKeys().forEach((name, key) -> places.add(Storing.Place.of(plan.lead(), name, key)));
        Session session = new Session(connection, store.database.dialect(), store.clock);
        List<Stored> stored = new Storing(store).of(plan.lead(), places, null).on(session);
        return (int) stored.stream().filter(Stored::isNew).count();
    }

    /**
     * Stores a lead for these destinations, whatever the routes say: for leads that were exported ({@link ExportedLead}).
     *
     * @return how many rows are new
     * @throws InterruptedException if interrupted while waiting for the database; nothing is stored then
     */
    public int enqueue(Lead lead, List<String> destinations) throws InterruptedException {
        List<Stored> stored = queue.store(lead, destinations, null);
        return (int) stored.stream().filter(Stored::isNew).count();
    }

    /** Lets the workers of this process look for work now. */
    public void wake() {
        queue.wake();
    }

    /** Where that lead went, by destination; empty if it is not known, or no longer. */
    public List<LeadHistory> history(LeadId lead) {
        return new Histories(store).of(lead);
    }

    /** The leads that were given up or refused. */
    public DeadLetters deadLetters() {
        return new DeadLetters(store, queue::wake);
    }

    /** The books of the store: all rows, by destination, and the pauses in force. */
    public OutboxStats stats() {
        return new Counting(store).stats();
    }

    /**
     * Removes every trace of the leads with that e-mail address: content, errors and ids. A lead that is in flight may
     * still arrive. Copies in backups of the database are not reached.
     *
     * @return how many rows were removed
     */
    public int forget(String email) {
        store.database.read(session -> 1); // the key is known after this
        return new Forgetting(store).forget(email);
    }

    /**
     * Removes content and ids that were kept for as long as the settings say, at most 1,000 rows of each; a queue in use
     * does it by itself.
     *
     * @return how many rows were touched
     */
    public int retain() {
        return upkeep.retain();
    }

    /** Ends the outbox: what this process holds is given back. Idempotent. */
    @Override
    public void close() {
        queue.close();
    }
}
