package io.leaddispatch.azuretable;

import com.azure.data.tables.models.TableEntity;
import io.leaddispatch.azuretable.LeadRecord.Row;
import io.leaddispatch.http.TransportException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads which rows of a partition are there: one query from the first to the last of them, over as many pages. */
final class ExistingRows {
    private static final int PAGE = 1_000;

    /** Of a day with more leads than this between the first and the last, smaller calls read less. */
    private static final int MOST_PAGES = 10;

    private ExistingRows() {}

    /** The keys of those that are there, or nothing if there are too many rows between them. */
    static Optional<Set<String>> of(List<Row> rows, TableCalls calls, Instant deadline)
            throws TableFailure, TransportException, InterruptedException {
        TreeSet<String> wanted = new TreeSet<>(rows.stream().map(Row::key).toList());
        String filter = "PartitionKey eq " + Filters.text(rows.get(0).partition()) + " and RowKey ge "
                + Filters.text(wanted.first()) + " and RowKey le " + Filters.text(wanted.last());
        Set<String> there = new HashSet<>();
        @Nullable String next = null;
        for (int i = 0; i < MOST_PAGES; i++) {
            TableCalls.Page page = calls.page(filter, List.of("RowKey"), PAGE, next, deadline);
            for (TableEntity row : page.rows()) {
                if (wanted.contains(row.getRowKey())) {
                    there.add(row.getRowKey());
                }
            }
            next = page.next();
            if (next == null) {
                return Optional.of(there);
            }
        }
        return Optional.empty();
    }
}
