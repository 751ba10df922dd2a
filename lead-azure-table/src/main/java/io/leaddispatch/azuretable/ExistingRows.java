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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads which rows of a partition are there: what lies between the first and the last of them or, if that is too much, by
 * their keys. Used by one thread, once.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/querying-tables-and-entities">Querying tables and
 *     entities</a>
 */
final class ExistingRows {
    private static final int PAGE = 1_000;

    /** Rows of a day are close together; undated ones are scattered, and nearly all rows lie between. */
    private static final int MOST_PAGES_BETWEEN = 2;

    /** A filter may hold 15 comparisons, of which one is the partition's. */
    private static final int KEYS_A_QUERY = 14;

    /** So many are enough for a hundred keys; where the service takes longer, smaller calls have less to read. */
    private static final int MOST_PAGES = 10;

    private final TableCalls calls;
    private final Instant deadline;
    private final String partition;
    private final TreeSet<String> wanted;
    private final Set<String> there = new HashSet<>();
    private int pages;

    private ExistingRows(List<Row> rows, TableCalls calls, Instant deadline) {
        this.calls = calls;
        this.deadline = deadline;
        this.partition = "PartitionKey eq " + Filters.text(rows.get(0).partition()) + " and ";
        this.wanted = new TreeSet<>(rows.stream().map(Row::key).toList());
    }

    /** The keys of those that are there, or nothing if that takes too many calls. */
    static Optional<Set<String>> of(List<Row> rows, TableCalls calls, Instant deadline)
            throws TableFailure, TransportException, InterruptedException {
        ExistingRows reading = new ExistingRows(rows, calls, deadline);
        return reading.between() || reading.byKeys() ? Optional.of(reading.there) : Optional.empty();
    }

    private boolean between() throws TableFailure, TransportException, InterruptedException {
        return read(
                "RowKey ge " + Filters.text(wanted.first()) + " and RowKey le " + Filters.text(wanted.last()),
                MOST_PAGES_BETWEEN);
    }

    private boolean byKeys() throws TableFailure, TransportException, InterruptedException {
        List<String> keys = List.copyOf(wanted);
        for (int i = 0; i < keys.size(); i += KEYS_A_QUERY) {
            String filter = keys.subList(i, Math.min(i + KEYS_A_QUERY, keys.size())).stream()
                    .map(key -> "RowKey eq " + Filters.text(key))
                    .collect(Collectors.joining(" or ", "(", ")"));
            if (!read(filter, MOST_PAGES)) {
                return false;
            }
        }
        return true;
    }

    /** Whether that was read to its end, with no more pages than these in all. */
    private boolean read(String filter, int most) throws TableFailure, TransportException, InterruptedException {
        @Nullable String next = null;
        while (pages < most) {
            pages++;
            TableCalls.Page page = calls.page(partition + filter, List.of("RowKey"), PAGE, next, deadline);
            for (TableEntity row : page.rows()) {
                if (wanted.contains(row.getRowKey())) {
                    there.add(row.getRowKey());
                }
            }
            next = page.next();
            if (next == null) {
                return true;
            }
        }
        return false;
    }
}
