package io.leaddispatch.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Statements on one connection. Never commits, rolls back or closes it. Not safe for use by many threads. */
final class Session {
    /** Reads one row. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static final Map<String, Map<String, Sql>> PARSED = new ConcurrentHashMap<>();
    private static final Map<ManyRows.Form, ManyRows> PARSED_FOR_MANY = new ConcurrentHashMap<>();

    private final Connection connection;
    private final Dialect dialect;
    private final Clock clock;
    private final Map<String, Sql> parsed;

    Session(Connection connection, Dialect dialect, Clock clock) {
        this.connection = connection;
        this.dialect = dialect;
        this.clock = clock;
        this.parsed = PARSED.computeIfAbsent(dialect.name(), name -> new ConcurrentHashMap<>());
    }

    Dialect dialect() {
        return dialect;
    }

    private Sql parse(String template) {
        Sql known = parsed.get(template);
        return known != null ? known : parsed.computeIfAbsent(template, text -> Sql.of(text, dialect));
    }

    /** How many rows it touched. */
    int update(String template, Values values) throws SQLException {
        Sql sql = parse(template);
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            sql.bind(statement, values, clock.millis());
            return statement.executeUpdate();
        }
    }

    /**
     * Does a statement of {@link ManyRows}' form for each of them.
     *
     * @return how many rows were touched
     */
    int each(String template, List<Values> all) throws SQLException {
        if (isForArrays(all)) {
            try (PreparedStatement statement = forMany(template, all)) {
                return statement.executeUpdate();
            }
        }
        return Arrays.stream(batch(template, all)).sum();
    }

    /** As {@link #each}, for values with an id that is the row's; the ids of the rows that were touched. */
    Set<Long> touched(String template, List<Values> all) throws SQLException {
        Set<Long> touched = new HashSet<>();
        if (isForArrays(all)) {
            try (PreparedStatement statement = forMany(template + " returning id", all);
                    ResultSet ids = statement.executeQuery()) {
                while (ids.next()) {
                    touched.add(ids.getLong(1));
                }
            }
            return touched;
        }
        int[] counts = batch(template, all);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                touched.add((Long) Objects.requireNonNull(all.get(i).get("id"), "id"));
            }
        }
        return touched;
    }

    /** Not where one row is asked for with two tokens. */
    private boolean isForArrays(List<Values> all) {
        return dialect.hasArrays()
                && all.size() > 1
                && all.stream().map(values -> values.get("id")).distinct().count() == all.size();
    }

    private PreparedStatement forMany(String template, List<Values> all) throws SQLException {
        ManyRows.Form form = ManyRows.Form.of(template, parse(template).names(), all);
        ManyRows many = PARSED_FOR_MANY.computeIfAbsent(form, of -> ManyRows.of(of, all.get(0), dialect));
        PreparedStatement statement = connection.prepareStatement(many.sql().text());
        try {
            many.bind(connection, statement, all);
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
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
