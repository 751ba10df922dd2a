package io.leaddispatch.cli;

import io.leaddispatch.Problem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rows of a table, in the order of the file. When they are many, those that went well make room for those that need
 * a hand, and when these are many too, only the numbers go on. Not safe for use by many threads.
 */
final class Rows {
    static final int MOST = 1_000;

    private final List<LeadRow> rows = new ArrayList<>();
    private final Map<String, Long> totals = new TreeMap<>();
    private final Map<String, String> remedies = new TreeMap<>();
    private long all;
    private boolean troubleOnly;

    void add(LeadRow row) {
        all++;
        totals.merge(row.outcome(), 1L, Long::sum);
        for (Problem problem : row.problems()) {
            remedies.putIfAbsent(problem.code(), problem.remedy());
        }
        if (rows.size() == MOST && !troubleOnly) {
            troubleOnly = true;
            rows.removeIf(kept -> !kept.needsAHand());
        }
        if (rows.size() < MOST && (row.needsAHand() || !troubleOnly)) {
            rows.add(row);
        }
    }

    void print(PrintWriter out) {
        if (all == 0) {
            return;
        }
        if (!rows.isEmpty()) {
            rows.sort(Comparator.comparingInt(row -> row.origin().line()));
            Table table = new Table("LINE", "LEAD", "SOURCE", "DESTINATION", "OUTCOME", "WHY");
            rows.forEach(row -> table.add(
                    row.origin().place(),
                    row.lead(),
                    row.origin().source(),
                    row.destination(),
                    row.outcome(),
                    row.why()));
            table.print(out);
            out.println();
        }
        if (rows.size() < all) {
            out.println(String.format(
                    Locale.ROOT, "%,d rows more are not shown; --output json has all.", all - rows.size()));
            out.println();
        }
        printRemedies(out);
        out.println(LeadRow.OUTCOMES.stream()
                .filter(totals::containsKey)
                .map(outcome -> String.format(Locale.ROOT, "%,d %s", totals.get(outcome), outcome))
                .collect(Collectors.joining(", ")));
    }

    private void printRemedies(PrintWriter out) {
        if (!remedies.isEmpty()) {
            Table table = new Table("CODE", "WHAT TO DO");
            remedies.forEach(table::add);
            table.print(out);
            out.println();
        }
    }
}
