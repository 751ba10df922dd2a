package io.leaddispatch.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A statement for one row made one for many: a value that all rows share stays a parameter, the others become arrays. It is
 * of the form {@code update lead_outbox set ... where COLUMN = :id ...}, {@code delete from ... where COLUMN = :id} or
 * {@code insert into ... select ... where true}. The rows are found by the index of that column and not by a join, for
 * which the planner scans the table where it has no statistics yet.
 *
 * @param form what it was made of
 * @param sql with a parameter for each array and each shared value
 * @see <a href="https://www.postgresql.org/docs/current/functions-array.html">unnest, array_position</a>
 */
record ManyRows(Form form, Sql sql) {
    private static final Pattern KEY = Pattern.compile(" where ([a-z_]+) = :id");

    /**
     * One statement for each set of values that differ.
     *
     * @param template for one row
     * @param differing the names of its parameters that are not the same for all rows, in order
     */
    record Form(String template, List<String> differing) {
        static Form of(String template, List<String> names, List<Values> rows) {
            return new Form(
                    template,
                    names.stream()
                            .distinct()
                            .filter(name -> !isShared(name, rows))
                            .toList());
        }

        /** Looking a value up in a PostgreSQL array of texts takes longer the further back it is. */
        private static boolean isShared(String name, List<Values> rows) {
            Object first = rows.get(0).get(name);
            return rows.stream().allMatch(row -> Objects.equals(row.get(name), first));
        }

        private String replace(String part, Function<String, String> ofRow) {
            return Sql.PARAMETER
                    .matcher(part)
                    .replaceAll(found -> differing.contains(found.group(1))
                            ? Matcher.quoteReplacement(ofRow.apply(found.group(1)))
                            : found.group());
        }
    }

    /** @param first tells what the columns are of */
    static ManyRows of(Form form, Values first, Dialect dialect) {
        Matcher key = KEY.matcher(form.template);
        String many = key.find() ? byKey(form, key, first) : unnested(form, first);
        return new ManyRows(form, Sql.of(many, dialect));
    }

    private static String byKey(Form form, Matcher key, Values first) {
        String column = key.group(1);
        String arrays = form.differing.stream()
                .map(name -> array(name, first) + " as " + name + "_")
                .collect(Collectors.joining(", "));
        String from = (form.template.startsWith("delete") ? " using" : " from") + " (select " + arrays
                + ") as many where " + column + " = any(many.id_)";
        Function<String, String> ofRow = name -> "(many." + name + "_)[width_bucket(" + column + ", many.id_)]";
        return form.replace(form.template.substring(0, key.start()), ofRow)
                + from
                + form.replace(form.template.substring(key.end()), ofRow);
    }

    private static String unnested(Form form, Values first) {
        int at = form.template.indexOf(" where true");
        String arrays = form.differing.stream().map(name -> array(name, first)).collect(Collectors.joining(", "));
        String columns = form.differing.stream().map(name -> name + "_").collect(Collectors.joining(", "));
        return form.replace(form.template.substring(0, at), name -> "many." + name + "_") + " from unnest(" + arrays
                + ") as many(" + columns + ")";
    }

    private static String array(String name, Values first) {
        return ":" + name + "::" + type(first.get(name)) + "[]";
    }

    private static String type(@Nullable Object value) {
        return value instanceof Long ? "bigint" : value == null || value instanceof String ? "text" : "integer";
    }

    void bind(Connection connection, PreparedStatement statement, List<Values> rows) throws SQLException {
        int position = 1;
        for (String name : sql.names()) {
            @Nullable Object first = rows.get(0).get(name);
            if (form.differing.contains(name)) {
                Object[] column = rows.stream().map(row -> plain(row.get(name))).toArray();
                statement.setArray(position++, connection.createArrayOf(type(first), column));
            } else {
                Sql.set(statement, position++, first);
            }
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Boolean flag ? (Object) (flag ? 1 : 0) : value;
    }
}
