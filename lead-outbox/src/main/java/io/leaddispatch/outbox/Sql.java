package io.leaddispatch.outbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement with named parameters, {@code :name}. {@code {now}} and {@code {clock}} stand for the database's time in
 * epoch milliseconds at the begin of the transaction and at this moment, {@code {row}} for the column that leads to a row.
 */
record Sql(String text, List<String> names) {
    /** Where the application's clock is the database's: the parameter that carries it. */
    static final String TIME = "currentTime";

    static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-zA-Z]+)");

    static Sql of(String template, Dialect dialect) {
        String timed = template.replace("{now}", dialect.now())
                .replace("{clock}", dialect.clock())
                .replace("{row}", dialect.row());
        List<String> names = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        Matcher found = PARAMETER.matcher(timed);
        while (found.find()) {
            names.add(found.group(1));
            found.appendReplacement(text, "?");
        }
        found.appendTail(text);
        return new Sql(text.toString(), List.copyOf(names));
    }

    void bind(PreparedStatement statement, Values values, long time) throws SQLException {
        int position = 1;
        for (String name : names) {
            Object value = name.equals(TIME) ? (Object) time : values.get(name);
            set(statement, position++, value);
        }
    }

    static void set(PreparedStatement statement, int position, @Nullable Object value) throws SQLException {
        if (value instanceof Long number) {
            statement.setLong(position, number);
        } else if (value instanceof Integer number) {
            statement.setInt(position, number);
        } else if (value instanceof Boolean flag) {
            statement.setInt(position, flag ? 1 : 0);
        } else {
            statement.setString(position, (String) value);
        }
    }
}
