package io.leaddispatch.benchmarks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.leaddispatch.Confirmation;
import io.leaddispatch.DeliveryPlan;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.json.LeadJson;
import io.leaddispatch.outbox.LeadOutbox;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.testkit.Leads;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import javax.sql.DataSource;

/**
 * Leads through a durable store to a handler that does nothing: our outbox against db-scheduler with one task per lead,
 * 8 threads and the polling that its documentation recommends for many tasks. PostgreSQL with fsync, and SQLite.
 */
final class OutboxMatch {
    private static final String DELIVERY = "lead-outbox, delivery";
    private static final String ENQUEUE = "lead-outbox, one enqueue after the other";
    private static final String THEIR_DELIVERY = "db-scheduler, delivery";
    private static final String THEIR_ENQUEUE = "db-scheduler, one schedule after the other";
    private static final int AT_ONCE = 8;
    private static final int BATCH = 200;
    /** 2,000 leads are two claims, one of them before anything can be settled. */
    private static final int TIMES_ON_POSTGRES = 5;

    private static final String TABLE = "create table scheduled_tasks (task_name text not null, task_instance text not"
            + " null, task_data %1$s, execution_time %2$s not null, picked boolean not null, picked_by text, last_success"
            + " %2$s, last_failure %2$s, consecutive_failures int, last_heartbeat %2$s, version bigint not null, priority"
            + " smallint, state text, primary key (task_name, task_instance))";

    private final AtomicInteger number = new AtomicInteger();
    private final List<Lead> leads;
    private final Store store;

    /** A new, empty database each time. */
    private interface Store {
        String url() throws Exception;
    }

    private OutboxMatch(List<Lead> leads, Store store) {
        this.leads = leads;
        this.store = store;
    }

    static void play(int leads, int rounds, PrintStream out) throws Exception {
        AtomicInteger databases = new AtomicInteger();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            out.printf("### PostgreSQL%n%n");
            new OutboxMatch(Leads.numbered(0, TIMES_ON_POSTGRES * leads), () -> {
                        String name = "match" + databases.incrementAndGet();
                        try (Connection connection =
                                        postgres.getPostgresDatabase().getConnection();
                                Statement statement = connection.createStatement()) {
                            statement.execute("create database " + name);
                        }
                        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name;
                    })
                    .bothWays(rounds, 5, out);
        }
        Path folder = Files.createTempDirectory("outbox");
        out.printf("%n### SQLite%n%n");
        new OutboxMatch(
                        Leads.numbered(0, leads),
                        () -> "jdbc:sqlite:" + folder.resolve("match" + databases.incrementAndGet() + ".db"))
                .bothWays(rounds, 20, out);
    }

    private void bothWays(int rounds, double times, PrintStream out) throws Exception {
        Match match = new Match("leads", leads.size(), rounds, number::get);
        var delivered = match.play(List.of(
                contestant(DELIVERY, url -> ours(url, true)), contestant(THEIR_DELIVERY, url -> theirs(url, true))));
        match.print(delivered, out);
        match.goal(delivered, THEIR_DELIVERY, times, out);
        out.println();
        var enqueued = match.play(List.of(
                contestant(ENQUEUE, url -> ours(url, false)), contestant(THEIR_ENQUEUE, url -> theirs(url, false))));
        match.print(enqueued, out);
        match.goal(enqueued, THEIR_ENQUEUE, 0.9, out);
    }

    private interface Start {
        Contestant.Run on(String url) throws Exception;
    }

    private Contestant contestant(String name, Start start) {
        return new Contestant(name, () -> start.on(store.url()));
    }

    private Contestant.Run ours(String url, boolean filled) throws Exception {
        LeadOutbox outbox = LeadOutbox.open(Map.of("url", url, "user", "postgres"));
        CountDownLatch done = new CountDownLatch(leads.size());
        openConnections(outbox);
        if (!filled) {
            return new Contestant.Run(() -> leads.forEach(lead -> enqueue(outbox, lead)), outbox::close);
        }
        byManyThreads(lead -> enqueue(outbox, lead));
        return new Contestant.Run(() -> deliverAll(outbox, done), () -> requireAllSettled(url));
    }

    /** What the other's pool does by itself. */
    private void openConnections(LeadOutbox outbox) throws InterruptedException {
        outbox.stats(); // makes the tables
        CyclicBarrier together = new CyclicBarrier(AT_ONCE);
        byManyThreads(AT_ONCE, i -> {
            await(together);
            outbox.stats();
        });
    }

    private static void await(CyclicBarrier together) {
        try {
            together.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Closing waits for what is in flight, its settlement included. */
    private static void deliverAll(LeadOutbox outbox, CountDownLatch done) throws InterruptedException {
        LeadDispatcher dispatcher = LeadDispatcher.builder()
                .to("crm", new Taking(done))
                .queue(outbox.queue())
                .build();
        try {
            require(done.await(5, TimeUnit.MINUTES));
        } finally {
            dispatcher.close();
        }
    }

    private void requireAllSettled(String url) {
        try (LeadOutbox again = LeadOutbox.open(Map.of("url", url, "user", "postgres"))) {
            require(again.stats().destinations().get("crm").done() == leads.size());
        }
    }

    private static void enqueue(LeadOutbox outbox, Lead lead) {
        try {
            outbox.enqueue(new DeliveryPlan(lead, Map.of("crm", lead.id().value()), Map.of()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For what is not measured. */
    private void byManyThreads(Consumer<Lead> each) throws InterruptedException {
        byManyThreads(leads.size(), i -> each.accept(leads.get(i)));
    }

    private static void byManyThreads(int times, IntConsumer each) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            int number = i;
            all.add(threads.submit(() -> each.accept(number)));
        }
        threads.shutdown();
        for (Future<?> one : all) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    private Contestant.Run theirs(String url, boolean filled) throws Exception {
        HikariConfig config = new HikariConfig();
        boolean postgres = url.startsWith("jdbc:postgresql");
        if (postgres) {
            config.setUsername("postgres");
        }
        config.setJdbcUrl(postgres ? url : url + "?journal_mode=WAL&synchronous=FULL&busy_timeout=20000");
        config.setMaximumPoolSize(postgres ? AT_ONCE : 1);
        HikariDataSource source = new HikariDataSource(config);
        createTable(source, postgres);
        CountDownLatch done = new CountDownLatch(leads.size());
        OneTimeTask<String> task =
                Tasks.oneTime("lead", String.class).execute((instance, context) -> done.countDown());
        SchedulerClient client = SchedulerClient.Builder.create(source, task).build();
        if (filled) {
            byManyThreads(lead -> schedule(client, task, lead));
        }
        return new Contestant.Run(
                () -> {
                    if (filled) {
                        deliverAll(source, task, postgres, done);
                    } else {
                        leads.forEach(lead -> schedule(client, task, lead));
                    }
                },
                source::close);
    }

    private static void deliverAll(
            DataSource source, OneTimeTask<String> task, boolean postgres, CountDownLatch done)
            throws InterruptedException {
        var builder = Scheduler.create(source, task).threads(AT_ONCE).pollingInterval(Duration.ofMillis(100));
        Scheduler scheduler = (postgres ? builder.pollUsingLockAndFetch(4, 20) : builder).build();
        scheduler.start();
        require(done.await(5, TimeUnit.MINUTES));
        scheduler.stop();
    }

    private static void schedule(SchedulerClient client, OneTimeTask<String> task, Lead lead) {
        String content = new String(LeadJson.write(lead), StandardCharsets.UTF_8);
        require(client.scheduleIfNotExists(task.instance(lead.id().value(), content), Instant.now()));
    }

    private static void createTable(DataSource source, boolean postgres) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE.formatted(postgres ? "bytea" : "blob", postgres ? "timestamptz" : "timestamp"));
            statement.execute("create index due on scheduled_tasks (execution_time)");
            statement.execute("create index beat on scheduled_tasks (last_heartbeat)");
        }
    }

    private static void require(boolean well) {
        if (!well) {
            throw new IllegalStateException("not all leads arrived");
        }
    }

    /** Takes everything. */
    private record Taking(CountDownLatch done) implements LeadDestination {
        private static final Limits LIMITS =
                Limits.ONE_BY_ONE.withBatch(BATCH).withConcurrency(AT_ONCE).whereRepeatIsSafe();

        @Override
        public List<DeliveryResult> deliver(LeadBatch batch) {
            batch.leads().forEach(lead -> done.countDown());
            return DeliveryResult.all(batch, DeliveryResult.delivered(Confirmation.CREATED));
        }

        @Override
        public Limits limits() {
            return LIMITS;
        }
    }
}
