package io.leaddispatch.outbox;

import java.sql.SQLException;

/**
 * Runs work in transactions. Work may run more than once, so it has to be such that a repeat does no harm. Safe for use
 * by many threads.
 */
interface Database extends AutoCloseable {
    /** Work on one connection. */
    interface Work<T> {
        T on(Session session) throws SQLException;
    }

    Dialect dialect();

    /** One transaction; what was done is durable when this returns. Waits without end for its turn. */
    <T> T write(Work<T> work);

    /**
     * As {@link #write} for work of one statement, which is a transaction by itself; or for such whose statements need not
     * happen together.
     */
    <T> T writeOne(Work<T> work);

    /**
     * As {@link #write}, maybe together with the work of other callers in one transaction.
     *
     * @param one as for {@link #writeOne}
     * @throws InterruptedException if interrupted while waiting; nothing is done then
     */
    <T> T writeTogether(Work<T> work, boolean one) throws InterruptedException;

    /** Reads what is committed. */
    <T> T read(Work<T> work);

    @Override
    void close();
}
