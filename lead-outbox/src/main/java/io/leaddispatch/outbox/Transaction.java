package io.leaddispatch.outbox;

import java.sql.Connection;
import java.sql.SQLException;

/** One try at a transaction. */
final class Transaction {
    private Transaction() {}

    /** Commits what the work did, or nothing of it. */
    static <T> T run(Connection connection, Session session, Database.Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.on(session);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(connection, e);
            throw e;
        } finally {
            restore(connection);
        }
    }

    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) { // the connection is gone, and the transaction with it
            cause.addSuppressed(e);
        }
    }

    private static void restore(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) { // a connection that is gone is found out at its next use
            return;
        }
    }
}
