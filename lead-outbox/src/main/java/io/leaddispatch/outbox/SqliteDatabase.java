package io.leaddispatch.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection and one writer at a time: a pool would only make threads wait inside SQLite, which waits badly. What
 * several threads store at the same time shares a transaction, and so its fsync.
 */
final class SqliteDatabase implements Database {
    private static final int MOST_TOGETHER = 512;
    private static final int TRIES = 3;
    private static final long OPENING_NANOS = 20_000_000_000L;
    private static final long BETWEEN_OPENINGS_NANOS = 5_000_000;

    private final Connections connections;
    private final Schema schema;
    private final Dialect dialect = new SqliteDialect();
    private final Clock clock;
    /** Fair: those who store without end must not keep those who deliver from their turn. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private final Deque<Asked<?>> queue = new ArrayDeque<>();
    private @Nullable Connection connection;
    private boolean closed;

    SqliteDatabase(Connections connections, Schema schema, Clock clock) {
        this.connections = connections;
        this.schema = schema;
        this.clock = clock;
    }

    /** Work that waits for a transaction. Guarded by the queue until it is taken out, then by the lock. */
    private static final class Asked<T> {
        final Work<T> work;
        boolean done;

        @Nullable T result;

        @Nullable RuntimeException failure;

        Asked(Work<T> work) {
            this.work = work;
        }

        void run(Session session) throws SQLException {
            result = work.on(session);
        }
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public <T> T write(Work<T> work) {
        lock.lock();
        try {
            return inTransaction(work);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public <T> T writeOne(Work<T> work) {
        return write(work);
    }

    @Override
    public <T> T writeTogether(Work<T> work, boolean one) throws InterruptedException {
        Asked<T> mine = new Asked<>(work);
        synchronized (queue) {
            queue.add(mine);
        }
        awaitTurn(mine);
        try {
            if (!mine.done) {
                runAllThatWait();
            }
        } finally {
            lock.unlock();
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
        if (!mine.done) {
            throw new OutboxException("the thread that wrote for several broke down", true, null);
        }
        return Objects.requireNonNull(mine.result, "what the work gave");
    }

    /** Takes the lock; an interruption counts only while nobody has begun with this work. */
    private void awaitTurn(Asked<?> mine) throws InterruptedException {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            synchronized (queue) {
                if (queue.remove(mine)) {
                    throw e;
                }
            }
            lock.lock(); // another thread is doing it: what became of it is worth the wait
            Thread.currentThread().interrupt();
        }
    }

    private void runAllThatWait() {
        List<Asked<?>> together = new ArrayList<>();
        synchronized (queue) {
            while (!queue.isEmpty() && together.size() < MOST_TOGETHER) {
                together.add(queue.remove());
            }
        }
        try {
            inTransaction(session -> {
                for (Asked<?> one : together) {
                    one.run(session);
                }
                return together;
            });
            together.forEach(one -> one.done = true);
        } catch (RuntimeException e) { // one of them may be at fault, and the others must not pay for it
            together.forEach(this::runAlone);
        }
    }

    private void runAlone(Asked<?> one) {
        try {
            inTransaction(session -> {
                one.run(session);
                return one;
            });
        } catch (RuntimeException e) { // handed to the thread that asked
            one.failure = e;
        }
        one.done = true;
    }

    @Override
    public <T> T read(Work<T> work) {
        lock.lock();
        try {
            return repeating(open -> work.on(new Session(open, dialect, clock)));
        } finally {
            lock.unlock();
        }
    }

    private <T> T inTransaction(Work<T> work) {
        return repeating(open -> Transaction.run(open, new Session(open, dialect, clock), work));
    }

    private interface Try<T> {
        T on(Connection open) throws SQLException;
    }

    private <T> T repeating(Try<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.on(connection());
            } catch (SQLException e) {
                if (attempt == TRIES || !dialect.isPassing(e)) {
                    throw failed(e);
                }
            }
        }
    }

    private OutboxException failed(SQLException e) {
        return new OutboxException("the outbox's file did not take it: " + dialect.code(e), false, e);
    }

    private Connection connection() throws SQLException {
        if (closed) {
            throw new IllegalStateException("the outbox is closed");
        }
        Connection open = connection;
        if (open == null) {
            open = opened();
            try {
                Connection fresh = open;
                schema.prepare(fresh, new Session(fresh, dialect, clock));
            } catch (SQLException | RuntimeException e) {
                open.close();
                throw e;
            }
            connection = open;
        }
        return open;
    }

    /** While another process makes the file, SQLite says busy at once instead of waiting. */
    private Connection opened() throws SQLException {
        long begun = System.nanoTime();
        while (true) {
            try {
                return connections.open();
            } catch (SQLException e) {
                boolean tooLate = System.nanoTime() - begun > OPENING_NANOS
                        || Thread.currentThread().isInterrupted(); // then nothing pauses any more
                if (tooLate || !dialect.isPassing(e)) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_OPENINGS_NANOS);
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) { // what is committed is safe
            return;
        } finally {
            connection = null;
            lock.unlock();
        }
    }
}
