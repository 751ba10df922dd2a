package io.leaddispatch.outbox;

import io.leaddispatch.Category;
import io.leaddispatch.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A problem in the columns of a table. Pure. */
final class StoredProblem {
    /** The columns in the order in which {@link #read} expects them. */
    static final String COLUMNS = "code, category, cause, remedy, vendor_code, records";
    /** The assignments that {@link #write} fills. */
    static final String SET = "code = :code, category = :category, cause = :cause, remedy = :remedy,"
            + " vendor_code = :vendorCode, records = :records";

    private static final int LONGEST = 2_000;

    private StoredProblem() {}

    static Values write(Values values, Problem problem) {
        return values.with("code", problem.code())
                .with("category", problem.category().name())
                .with("cause", cut(problem.cause()))
                .with("remedy", cut(problem.remedy()))
                .with("vendorCode", cut(problem.vendorCode()))
                .with("records", Lines.join(problem.records()));
    }

    /** The problem in the columns from that one on, or null. */
    static @Nullable Problem read(ResultSet row, int first) throws SQLException {
        String code = row.getString(first);
        if (code == null) {
            return null;
        }
        return new Problem(
                code,
                category(row.getString(first + 1)),
                text(row.getString(first + 2)),
                text(row.getString(first + 3)),
                row.getString(first + 4),
                Lines.split(row.getString(first + 5)));
    }

    private static Category category(@Nullable String name) {
        for (Category category : Category.values()) {
            if (category.name().equals(name)) {
                return category;
            }
        }
        return Category.INTERNAL; // written by a newer version
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    static @Nullable String cut(@Nullable String text) {
        String clean = text == null ? null : text.replace("\0", "");
        return clean == null || clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
    }

    /** Short texts in one column, one a line. */
    static final class Lines {
        private Lines() {}

        static @Nullable String join(List<String> lines) {
            return lines.isEmpty() ? null : String.join("\n", lines).replace("\0", "");
        }

        static List<String> split(@Nullable String text) {
            return text == null || text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
        }
    }
}
