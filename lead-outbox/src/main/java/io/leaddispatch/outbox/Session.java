package io.leaddispatch.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Statements on one connection. Never commits, rolls back or closes it. Not safe for use by many threads. */
final class Session {
    /** Reads one row. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static final Map<String, Sql> PARSED = new ConcurrentHashMap<>();

    private final Connection connection;
    private final Dialect dialect;
    private final Clock clock;

    Session(Connection connection, Dialect dialect, Clock clock) {
        this.connection = connection;
        this.dialect = dialect;
        this.clock = clock;
    }

    Dialect dialect() {
        return dialect;
    }

    private Sql parse(String template) {
        return PARSED.computeIfAbsent(dialect.name() + template, text -> Sql.of(template, dialect));
    }

    /** How many rows it touched. */
    int update(String template, Values values) throws SQLException {
        Sql sql = parse(template);
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            sql.bind(statement, values, clock.millis());
            return statement.executeUpdate();
        }
    }

    /** How many rows each touched, in order. */
    int[] batch(String template, List<Values> all) throws SQLException {
        if (all.isEmpty()) {
            return new int[0];
        }
        Sql sql = parse(template);
        long time = clock.millis();
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            for (Values values : all) {
                sql.bind(statement, values, time);
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }

    /** All rows. Also for statements that change rows and return them. */
    <T> List<T> query(String template, Values values, Row<T> reader) throws SQLException {
        Sql sql = parse(template);
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            sql.bind(statement, values, clock.millis());
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(reader.read(rows));
                }
                return all;
            }
        }
    }

    /** The first row, or null. */
    <T> @Nullable T first(String template, Values values, Row<T> reader) throws SQLException {
        List<T> rows = query(template, values, reader);
        return rows.isEmpty() ? null : rows.get(0);
    }

    /** The number in the first column of the only row. */
    long number(String template, Values values) throws SQLException {
        Long number = first(template, values, row -> row.getLong(1));
        return number == null ? 0 : number;
    }

    /** Statements without parameters, as in a script: separated by a semicolon at the end of a line. */
    void script(String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String one : text.replaceAll("--[^\n]*", "").split(";\\s*\n", -1)) {
                if (!one.isBlank()) {
                    statement.execute(one);
                }
            }
        }
    }
}
