package io.leaddispatch.azuretable;

import com.azure.data.tables.models.TableEntity;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
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

    private TableCalls.Page read() {
        Instant deadline = clock.instant().plus(timeout);
        try {
            return table.run(calls -> calls.page(filter, null, PAGE, next, deadline));
        } catch (TableFailure e) {
            throw unreadable(new AzureTableAnswers(clock).read(e, 1));
        } catch (TransportException e) {
            throw unreadable(AzureTableAnswers.read(e));
        } catch (UnusableConnectionException e) {
            throw new AzureTableException(AzureTableProblems.SECRET_UNUSABLE.problem(e.what()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AzureTableException(AzureTableProblems.NO_ANSWER.problem("the reading thread was interrupted"));
        }
    }

    private static AzureTableException unreadable(DeliveryResult result) {
        return new AzureTableException(Objects.requireNonNull(AzureTableAnswers.problem(result)));
    }
}
