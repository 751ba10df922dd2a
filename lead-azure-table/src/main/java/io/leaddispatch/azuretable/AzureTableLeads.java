package io.leaddispatch.azuretable;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.config.DestinationConfig;
import io.leaddispatch.config.LeadConfigReader;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.Settings;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads the leads of a table back: rows that this library wrote, and the marketplace's own.
 *
 * <p>Safe for use by many threads. {@link #close()} ends every {@link #watch}.
 */
public final class AzureTableLeads implements AutoCloseable {
    private static final String USER_AGENT = "lead-dispatch";

    private final TableAccess table;
    private final Clock clock;
    private final Duration timeout;
    private final CountDownLatch closed = new CountDownLatch(1);

    private AzureTableLeads(TableAccess table, Clock clock, Duration timeout) {
        this.table = table;
        this.clock = clock;
        this.timeout = timeout;
    }

    /**
     * The table of these settings, which are those of the destination. Touches no network.
     *
     * @param settings as in a configuration file: {@code storageAccountConnectionString} and what differs from defaults
     * @throws LeadConfigurationException with all that is wrong, by path and never by value
     */
    public static AzureTableLeads open(Map<String, ?> settings) {
        return open(
                LeadConfigReader.standard()
                        .providers(List.of(new AzureTableDestinationProvider()))
                        .destination("table", AzureTableDestinationProvider.TYPE, settings),
                false);
    }

    /**
     * The table of a configured destination. Touches no network.
     *
     * @param insecureLoopback whether plain http is allowed, to loopback addresses only
     * @throws LeadConfigurationException with all that is wrong, by key and never by value
     * @throws IllegalArgumentException if it is a destination of another type
     */
    public static AzureTableLeads open(DestinationConfig destination, boolean insecureLoopback) {
        if (!destination.provider().type().equals(AzureTableDestinationProvider.TYPE)) {
            throw new IllegalArgumentException(destination.name() + " is no table");
        }
        OwnClient client = new OwnClient();
        return open(
                destination.settings(),
                new DestinationContext(destination.name(), Clock.systemUTC(), client, USER_AGENT, insecureLoopback));
    }

    /** Made at first use, since a client starts a thread of its own. */
    private static final class OwnClient implements Supplier<HttpClient> {
        private @Nullable HttpClient client;

        @Override
        public synchronized HttpClient get() {
            if (client == null) {
                client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(10))
                        .build();
            }
            return client;
        }
    }

    /**
     * The table of a destination's settings, with what a host lends. Touches no network.
     *
     * @throws LeadConfigurationException with all that is wrong, by key and never by value
     */
    public static AzureTableLeads open(Settings settings, DestinationContext context) {
        List<Fault> faults = new ArrayList<>();
        TableAccess table = AzureTableDestinationProvider.access(settings, context, faults);
        if (!faults.isEmpty()) {
            throw new LeadConfigurationException(faults);
        }
        return new AzureTableLeads(table, context.clock(), settings.get(AzureTableSettings.TIMEOUT));
    }

    /**
     * The rows that match, in the order of their keys, read page by page as the stream goes on.
     *
     * @return for one thread; throws {@link AzureTableException} where the table cannot be read
     */
    public Stream<StoredLead> stream(LeadQuery query) {
        return rows(pages(query.filter())).filter(query::matches);
    }

    /**
     * The rows written since the checkpoint that are not done, to be taken and marked by the caller.
     *
     * @param query which of them; its {@code writtenFrom} counts where it is later than the checkpoint
     */
    public NewLeads since(TableCheckpoint checkpoint, LeadQuery query) {
        Instant from = checkpoint.from();
        Instant asked = query.writtenFrom();
        boolean earlier = asked == null || asked.isBefore(from);
        LeadQuery limited = earlier && from.isAfter(Instant.EPOCH) ? query.writtenFrom(from) : query;
        RowPages pages = pages(limited.filter());
        return new NewLeads(checkpoint, query, rows(pages), pages::begunAt);
    }

    /**
     * What is written from now on, by the service's clock: this machine's may be ahead, and skip leads. The table need not
     * be there yet.
     *
     * @throws AzureTableException if the service cannot be asked
     */
    public TableCheckpoint now() {
        Instant deadline = clock.instant().plus(timeout);
        Instant time = table.read(calls -> Optional.ofNullable(calls.time(deadline)))
                .orElseThrow(() ->
                        new AzureTableException(AzureTableProblems.UNEXPECTED_ANSWER.problem("it does not say when")));
        return TableCheckpoint.at(time);
    }

    /**
     * Looks for new rows again and again, and gives each to the watcher: at least once, and once more after an edit.
     * Returns when this is closed.
     *
     * @param since from where on
     * @param every how long to wait between two looks; at least a millisecond
     * @throws IllegalArgumentException if {@code every} is shorter
     * @throws InterruptedException if interrupted
     */
    public void watch(TableCheckpoint since, LeadQuery query, Duration every, LeadWatcher watcher)
            throws InterruptedException {
        if (every.toMillis() < 1) {
            throw new IllegalArgumentException("every must be at least 1 ms: " + every);
        }
        Watch watch = new Watch(this, since, query, watcher, clock);
        do {
            watch.look();
        } while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS));
    }

    private RowPages pages(@Nullable String filter) {
        return new RowPages(table, filter, clock, timeout);
    }

    private static Stream<StoredLead> rows(RowPages pages) {
        int kind = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages, kind), false)
                .map(RowReading::of);
    }

    /** Ends every watch. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
    }
}
