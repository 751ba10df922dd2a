package io.leaddispatch.outbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** One real PostgreSQL for all tests of this JVM, with everything on that durability needs; a database for each test. */
final class Postgres {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static EmbeddedPostgres server;

    private Postgres() {}

    static synchronized EmbeddedPostgres server() {
        if (server == null) {
            server = start(EmbeddedPostgres.builder());
            Runtime.getRuntime().addShutdownHook(new Thread(Postgres::stop));
        }
        return server;
    }

    static EmbeddedPostgres start(EmbeddedPostgres.Builder builder) {
        try {
            return builder.setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start();
        } catch (IOException | IllegalStateException e) {
            if (System.getenv("LEAD_CI") != null) {
                throw new AssertionError("PostgreSQL does not start here", e);
            }
            Assumptions.abort("missing tool: PostgreSQL does not start here (as root it needs unshare and user"
                    + " namespaces): " + e.getMessage());
            throw new AssertionError(e);
        }
    }

    private static void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The address of a new, empty database. */
    static String newDatabase() {
        return newDatabase(server());
    }

    static String newDatabase(EmbeddedPostgres on) {
        String name = "t" + NUMBER.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url(on, "postgres"), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return url(on, name);
    }

    static String url(EmbeddedPostgres on, String database) {
        return "jdbc:postgresql://127.0.0.1:" + on.getPort() + "/" + database;
    }
}
