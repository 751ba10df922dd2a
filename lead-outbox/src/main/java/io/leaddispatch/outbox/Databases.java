package io.leaddispatch.outbox;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.Secret;
import io.leaddispatch.spi.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Makes the database that the settings describe, and finds what is wrong with them. */
final class Databases {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
    private static final int BUSY_MILLIS = 20_000;

    private Databases() {}

    static Store open(Settings settings, @Nullable DataSource given, Clock clock, Owners[] owners) {
        check(settings);
        Schema schema = new Schema(settings.get(OutboxSettings.AUTO_CREATE));
        String url = settings.get(OutboxSettings.URL);
        if (given == null && url.startsWith(SQLITE)) {
            return sqlite(url, schema, settings, clock, owners);
        }
        owners[0] = new Owners(null);
        Connections connections = given != null ? given::getConnection : () -> postgres(url, settings);
        int most = settings.get(OutboxSettings.CONNECTIONS);
        return new Store(
                new PooledDatabase(connections, schema, new PostgresDialect(), clock, most, given == null),
                schema,
                settings,
                clock);
    }

    private static Store sqlite(String url, Schema schema, Settings settings, Clock clock, Owners[] owners) {
        Owners alive = new Owners(Path.of(file(url)).toAbsolutePath());
        owners[0] = alive;
        Store[] store = new Store[1];
        Connections connections = () -> {
            alive.announce(store[0].owner);
            return sqlite(url);
        };
        store[0] = new Store(new SqliteDatabase(connections, schema, clock), schema, settings, clock);
        return store[0];
    }

    private static String file(String url) {
        String rest = url.substring(SQLITE.length());
        int options = rest.indexOf('?');
        return options < 0 ? rest : rest.substring(0, options);
    }

    /**
     * @see <a href="https://www.sqlite.org/pragma.html#pragma_synchronous">synchronous = FULL: no committed transaction is
     *     lost by a power loss</a>
     */
    private static Connection sqlite(String url) throws SQLException {
        Properties pragmas = new Properties();
        pragmas.setProperty("journal_mode", "WAL");
        pragmas.setProperty("synchronous", "FULL");
        pragmas.setProperty("busy_timeout", String.valueOf(BUSY_MILLIS));
        pragmas.setProperty("transaction_mode", "IMMEDIATE");
        Connection connection = DriverManager.getConnection(url, pragmas);
        try {
            demand(connection, "journal_mode", "wal");
            demand(connection, "synchronous", "2");
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static void demand(Connection connection, String pragma, String value) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("pragma " + pragma)) {
            if (!row.next() || !value.equalsIgnoreCase(row.getString(1))) {
                throw new OutboxException(
                        "the outbox's file cannot be kept safe: SQLite does not grant " + pragma + " = " + value
                                + "; is it in memory, on a network, or are there options in the address?",
                        false,
                        null);
            }
        }
    }

    /**
     * @see <a
     *     href="https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-IDLE-IN-TRANSACTION-SESSION-TIMEOUT">what
     *     a process locked that froze within a transaction: the server frees it after a lease</a>
     */
    private static Connection postgres(String url, Settings settings) throws SQLException {
        Properties login = new Properties();
        String user = settings.find(OutboxSettings.USER);
        Secret password = settings.find(OutboxSettings.PASSWORD);
        if (user != null) {
            login.setProperty("user", user);
        }
        if (password != null) {
            login.setProperty("password", password.reveal());
        }
        login.setProperty("ApplicationName", "lead-outbox");
        login.setProperty("connectTimeout", "10");
        login.setProperty("socketTimeout", "60");
        Connection connection = DriverManager.getConnection(url, login);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set idle_in_transaction_session_timeout = "
                    + settings.get(OutboxSettings.LEASE).toMillis());
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static void check(Settings settings) {
        List<Fault> faults = new ArrayList<>();
        if (settings.get(OutboxSettings.LEASE).compareTo(SHORTEST_LEASE) < 0) {
            faults.add(new Fault(OutboxSettings.LEASE.key(), "is shorter than 1s"));
        }
        Map<String, Secret> keys = settings.get(OutboxSettings.KEYS);
        keys.forEach((name, key) -> {
            if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
                faults.add(new Fault(
                        OutboxSettings.KEYS.key(),
                        "holds a name that is not of 1 to 64 letters, digits," + " dashes or underscores"));
            } else if (!PayloadCipher.isKey(key.reveal())) {
                faults.add(new Fault(OutboxSettings.KEYS.key() + "." + name, "is not Base64 of 16, 24 or 32 bytes"));
            }
        });
        String with = settings.find(OutboxSettings.ENCRYPT_WITH);
        if (with != null && !keys.containsKey(with)) {
            faults.add(new Fault(OutboxSettings.ENCRYPT_WITH.key(), "names no key of " + OutboxSettings.KEYS.key()));
        }
        if (settings.get(OutboxSettings.URL).matches("(?i).*[?&](password|user)=.*")) {
            faults.add(
                    new Fault(OutboxSettings.URL.key(), "holds a user or a password; they are settings of their own"));
        }
        if (!faults.isEmpty()) {
            throw new LeadConfigurationException(faults);
        }
    }
}
