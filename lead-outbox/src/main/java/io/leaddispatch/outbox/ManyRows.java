package io.leaddispatch.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement for one row made one for many: its parameters become the columns of arrays. It is of the form {@code update
 * lead_outbox set ... where id = :id ...}, {@code delete from lead_outbox where id = :id ...} or {@code insert into ...
 * select ... where true}.
 *
 * @param text with a parameter for each array
 * @param names of the parameters, in order
 * @see <a href="https://www.postgresql.org/docs/current/functions-array.html">unnest</a>
 */
record ManyRows(String text, List<String> names) {
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-zA-Z]+)");
    private static final String WHERE = " where ";
    private static final String ROW = "id = :id";

    /** @param first tells what the columns are of */
    static ManyRows of(String template, Values first, Dialect dialect) {
        String timed = template.replace("{now}", dialect.now()).replace("{clock}", dialect.clock());
        List<String> names = PARAMETER
                .matcher(timed)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        List<String> arrays =
                names.stream().map(name -> "?::" + type(first.get(name)) + "[]").toList();
        int at = timed.indexOf(WHERE);
        String from = (timed.startsWith("delete") ? " using" : " from") + " unnest(" + String.join(", ", arrays)
                + ") as many("
                + String.join(", ", names.stream().map(name -> name + "_").toList()) + ")" + WHERE;
        List<String> all = new ArrayList<>(names);
        String rest = timed.substring(at + WHERE.length());
        if (rest.startsWith(ROW)) { // by the primary key, whatever the planner thinks of the table's size
            from += "id = any(?::bigint[]) and ";
            all.add("id");
        }
        Matcher parameters = PARAMETER.matcher(timed.substring(0, at) + from + rest);
        return new ManyRows(parameters.replaceAll("many.$1_"), List.copyOf(all));
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
