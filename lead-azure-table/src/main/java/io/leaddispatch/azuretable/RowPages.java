package io.leaddispatch.azuretable;

import com.azure.data.tables.models.TableEntity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, page by page as they are asked for. An empty page with a continuation is legal, so the end is
 * where there is no continuation. For one thread.
 */
final class RowPages implements Iterator<TableEntity> {
    private static final int PAGE = 1_000;

    private final TableAccess table;
    private final @Nullable String filter;
    private final Clock clock;
    private final Duration timeout;
    private Iterator<TableEntity> page = Collections.emptyIterator();
    private @Nullable String next;
    private @Nullable Instant servedAt;
    private boolean begun;

    /** @param timeout for one page */
    RowPages(TableAccess table, @Nullable String filter, Clock clock, Duration timeout) {
        this.table = table;
        this.filter = filter;
        this.clock = clock;
        this.timeout = timeout;
    }

    /** @throws AzureTableException if the table cannot be read; an interruption is kept */
    @Override
    public boolean hasNext() {
        while (!page.hasNext() && (!begun || next != null)) {
            TableCalls.Page read = read();
            servedAt = begun ? servedAt : read.servedAt();
            begun = true;
            page = read.rows().iterator();
            next = read.next();
        }
        return page.hasNext();
    }

    @Override
    public TableEntity next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }

    /** When the first page was read, by the service's clock; null before that, or if the service did not say. */
    @Nullable Instant begunAt() {
        return servedAt;
    }

    private TableCalls.Page read() {
        Instant deadline = clock.instant().plus(timeout);
        return table.read(calls -> calls.page(filter, null, PAGE, next, deadline));
    }
}
