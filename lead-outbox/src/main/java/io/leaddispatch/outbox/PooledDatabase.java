package io.leaddispatch.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A database server, over a few connections that are opened when needed; kept, or given back to a host's pool after each
 * use.
 */
final class PooledDatabase implements Database {
    private static final int TRIES = 3;
    private static final int SECONDS_TO_ANSWER = 2;
    private static final long TRUSTED_NANOS = 5_000_000_000L;

    private record Idle(Connection connection, long since) {}

    private final Connections connections;
    private final Schema schema;
    private final Dialect dialect;
    private final Clock clock;
    private final Semaphore permits;
    private final boolean keeps;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private boolean ready;
    private boolean closed;

    /** @param keeps whether connections are kept for later */
    PooledDatabase(Connections connections, Schema schema, Dialect dialect, Clock clock, int most, boolean keeps) {
        this.connections = connections;
        this.schema = schema;
        this.dialect = dialect;
        this.clock = clock;
        this.permits = new Semaphore(most);
        this.keeps = keeps;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public <T> T write(Work<T> work) {
        permits.acquireUninterruptibly();
        try {
            return repeating((connection, session) -> Transaction.run(connection, session, work));
        } finally {
            permits.release();
        }
    }

    @Override
    public <T> T writeOne(Work<T> work) {
        return read(work);
    }

    @Override
    public <T> T writeTogether(Work<T> work, boolean one) throws InterruptedException {
        permits.acquire();
        try {
            return repeating(
                    (connection, session) -> one ? work.on(session) : Transaction.run(connection, session, work));
        } finally {
            permits.release();
        }
    }

    @Override
    public <T> T read(Work<T> work) {
        permits.acquireUninterruptibly();
        try {
            return repeating((connection, session) -> work.on(session));
        } finally {
            permits.release();
        }
    }

    private interface Try<T> {
        T on(Connection connection, Session session) throws SQLException;
    }

    private <T> T repeating(Try<T> work) {
        boolean unknown = false;
        for (int attempt = 1; ; attempt++) {
            Connection connection = null;
            try {
                connection = borrow();
                T result = work.on(connection, new Session(connection, dialect, clock));
                giveBack(connection);
                return result;
            } catch (SQLException e) {
                unknown |= connection != null && dialect.isConnectionLost(e);
                dropOrKeep(connection, e);
                if (attempt == TRIES || !dialect.isPassing(e)) {
                    throw new OutboxException("the outbox's database did not take it: " + dialect.code(e), unknown, e);
                }
            } catch (RuntimeException | Error e) {
                drop(connection);
                throw e;
            }
        }
    }

    private Connection borrow() throws SQLException {
        Idle kept;
        while ((kept = take()) != null) {
            boolean trusted = System.nanoTime() - kept.since < TRUSTED_NANOS;
            if (trusted || kept.connection.isValid(SECONDS_TO_ANSWER)) {
                return kept.connection;
            }
            drop(kept.connection);
        }
        Connection fresh = connections.open();
        try {
            if (!fresh.getAutoCommit()) { // else a read leaves a transaction open, and its time stands still
                fresh.setAutoCommit(true);
            }
            prepare(fresh);
            return fresh;
        } catch (SQLException | RuntimeException e) {
            drop(fresh);
            throw e;
        }
    }

    private void prepare(Connection fresh) throws SQLException {
        synchronized (schema) {
            if (!ready) {
                schema.prepare(fresh, new Session(fresh, dialect, clock));
                ready = true;
            }
        }
    }

    private @Nullable Idle take() {
        synchronized (idle) {
            if (closed) {
                throw new IllegalStateException("the outbox is closed");
            }
            return idle.poll();
        }
    }

    private void giveBack(Connection connection) {
        synchronized (idle) {
            if (!closed && keeps) {
                idle.push(new Idle(connection, System.nanoTime()));
                return;
            }
        }
        drop(connection);
    }

    private void dropOrKeep(@Nullable Connection connection, SQLException e) {
        if (connection != null && !dialect.isConnectionLost(e)) {
            giveBack(connection);
        } else {
            drop(connection);
            forgetIdle();
        }
    }

    /** A server that went away took all connections with it. */
    private void forgetIdle() {
        Idle kept;
        synchronized (idle) {
            kept = idle.poll();
        }
        while (kept != null) {
            drop(kept.connection);
            synchronized (idle) {
                kept = idle.poll();
            }
        }
    }

    private static void drop(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) { // it is gone already
                return;
            }
        }
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
        }
        forgetIdle();
    }
}
