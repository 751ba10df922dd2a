package io.leaddispatch.azuretable;

import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The client of one table, made at first use and again when the connection string has changed; and the table itself,
 * made when a call finds it missing. Safe for use by many threads.
 */
final class TableAccess {
    /** What a call does. */
    interface Task<R> {
        R with(TableCalls calls) throws TableFailure, TransportException, InterruptedException;
    }

    private record Opened(String text, TableCalls calls) {}

    private final Settings settings;
    private final HttpTransport transport;
    private final Clock clock;
    private final boolean insecureLoopback;
    private final boolean createTable;
    private final ReentrantLock creating = new ReentrantLock();
    private final AtomicInteger created = new AtomicInteger();
    private @Nullable Opened opened;

    TableAccess(Settings settings, HttpTransport transport, Clock clock, boolean insecureLoopback) {
        this.settings = settings;
        this.transport = transport;
        this.clock = clock;
        this.insecureLoopback = insecureLoopback;
        this.createTable = settings.get(AzureTableSettings.CREATE_TABLE);
    }

    /** The connection string as it is now. */
    ConnectionString connection() throws UnusableConnectionException {
        return ConnectionString.parse(text(), insecureLoopback);
    }

    /** Whether a missing table is made by the first write. */
    boolean mayCreate() {
        return createTable;
    }

    private String text() {
        return settings.get(AzureTableSettings.CONNECTION_STRING).reveal();
    }

    private synchronized TableCalls calls(String text) throws UnusableConnectionException {
        Opened known = opened;
        if (known == null || !known.text.equals(text)) {
            ConnectionString connection = ConnectionString.parse(text, insecureLoopback);
            known = new Opened(
                    text, new TableCalls(connection, settings.get(AzureTableSettings.TABLE), transport, clock));
            opened = known;
        }
        return known.calls;
    }

    /** Runs a task; once more where the credential was refused and has changed since, since nothing was executed. */
    <R> R run(Task<R> task) throws TableFailure, TransportException, InterruptedException, UnusableConnectionException {
        String before = text();
        try {
            return task.with(calls(before));
        } catch (TableFailure e) {
            String now = text();
            if (e.status() != 401 && e.status() != 403 || now.equals(before)) {
                throw e;
            }
            return task.with(calls(now));
        }
    }

    /**
     * As {@link #run}, for readers.
     *
     * @throws AzureTableException if the table cannot be read; an interruption is kept
     */
    <R> R read(Task<R> task) {
        try {
            return run(task);
        } catch (TableFailure e) {
            throw unreadable(new AzureTableAnswers(clock).read(e, 1));
        } catch (TransportException e) {
            throw unreadable(AzureTableAnswers.read(e));
        } catch (UnusableConnectionException e) {
            throw new AzureTableException(AzureTableProblems.SECRET_UNUSABLE.problem(e.what()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AzureTableException(AzureTableProblems.NO_ANSWER.problem("the reading thread was interrupted"));
        }
    }

    private static AzureTableException unreadable(DeliveryResult result) {
        return new AzureTableException(Objects.requireNonNull(AzureTableAnswers.problem(result)));
    }

    /** As {@link #run}; once more after the table was made, where it was missing and may be made. */
    <R> R write(Instant deadline, Task<R> task)
            throws TableFailure, TransportException, InterruptedException, UnusableConnectionException {
        int before = created.get();
        try {
            return run(task);
        } catch (TableFailure e) {
            if (!createTable || !e.is(AzureTableAnswers.TABLE_NOT_FOUND) || !makeTable(before, deadline)) {
                throw e;
            }
            return run(task);
        }
    }

    /** Makes the table, unless another thread did since; false if that took too long. */
    private boolean makeTable(int before, Instant deadline)
            throws TableFailure, TransportException, InterruptedException, UnusableConnectionException {
        long millis = Math.max(0, Duration.between(clock.instant(), deadline).toMillis());
        if (!creating.tryLock(millis, TimeUnit.MILLISECONDS)) {
            return false;
        }
        try {
            if (created.get() == before) {
                run(calls -> {
                    calls.createTable(deadline);
                    return created.incrementAndGet();
                });
            }
            return true;
        } finally {
            creating.unlock();
        }
    }
}
