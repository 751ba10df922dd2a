package io.leaddispatch.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A statement for one row made one for many: its parameters become arrays. It is of the form {@code update lead_outbox set
 * ... where COLUMN = :id ...}, {@code delete from ... where COLUMN = :id} or {@code insert into ... select ... where true}.
 * The rows are found by the index of that column and not by a join, for which the planner scans the table where it has
 * no statistics yet.
 *
 * @param text with a parameter for each array
 * @param names of the parameters, in order
 * @see <a href="https://www.postgresql.org/docs/current/functions-array.html">unnest, array_position</a>
 */
record ManyRows(String text, List<String> names) {
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-zA-Z]+)");
    private static final Pattern KEY = Pattern.compile(" where ([a-z_]+) = :id");

    /** @param first tells what the columns are of */
    static ManyRows of(String template, Values first, Dialect dialect) {
        String timed = template.replace("{now}", dialect.now()).replace("{clock}", dialect.clock());
        List<String> names = PARAMETER
                .matcher(timed)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        Matcher key = KEY.matcher(timed);
        return new ManyRows(key.find() ? byKey(timed, key, names, first) : unnested(timed, names, first), names);
    }

    private static String byKey(String timed, Matcher key, List<String> names, Values first) {
        String column = key.group(1);
        String arrays = names.stream()
                .map(name -> array(name, first) + " as " + name + "_")
                .collect(Collectors.joining(", "));
        String from = (timed.startsWith("delete") ? " using" : " from") + " (select " + arrays + ") as many where "
                + column + " = any(many.id_)";
        String each = "(many.$1_)[width_bucket(" + column + ", many.id_)]";
        return PARAMETER.matcher(timed.substring(0, key.start())).replaceAll(each)
                + from
                + PARAMETER.matcher(timed.substring(key.end())).replaceAll(each);
    }

    private static String unnested(String timed, List<String> names, Values first) {
        int at = timed.indexOf(" where true");
        String arrays = names.stream().map(name -> array(name, first)).collect(Collectors.joining(", "));
        String columns = names.stream().map(name -> name + "_").collect(Collectors.joining(", "));
        return PARAMETER.matcher(timed.substring(0, at)).replaceAll("many.$1_") + " from unnest(" + arrays
                + ") as many(" + columns + ")";
    }

    private static String array(String name, Values first) {
        return "?::" + type(first.get(name)) + "[]";
    }

    private static String type(@Nullable Object value) {
        return value instanceof Long ? "bigint" : value == null || value instanceof String ? "text" : "integer";
    }

    void bind(Connection connection, PreparedStatement statement, List<Values> rows) throws SQLException {
        int position = 1;
        for (String name : names) {
            Object[] column = rows.stream().map(row -> plain(row.get(name))).toArray();
            statement.setArray(
                    position++, connection.createArrayOf(type(rows.get(0).get(name)), column));
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Boolean flag ? (Object) (flag ? 1 : 0) : value;
    }
}
