package io.leaddispatch.azuretable;

import com.azure.core.credential.AzureNamedKeyCredential;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.Configuration;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableClientBuilder;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionResponse;
import com.azure.data.tables.models.TableTransactionActionType;
import com.azure.data.tables.models.TableTransactionFailedException;
import io.leaddispatch.azuretable.LeadRecord.Row;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.TransportException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one table, each with a deadline and three ends: done, refused ({@link TableFailure}), or no answer. The
 * SDK tries nothing again. Safe for use by many threads.
 */
final class TableCalls {
    private final TableClient client;
    private final Clock clock;

    TableCalls(ConnectionString connection, String table, HttpTransport transport, Clock clock) {
        this.clock = clock;
        TableClientBuilder builder = new TableClientBuilder()
                .endpoint(connection.endpoint().toString())
                .tableName(table)
                .httpClient(new SdkTransport(transport))
                .configuration(Configuration.NONE) // the environment could ask for logs with bodies
                .httpLogOptions(new HttpLogOptions().setLogLevel(HttpLogDetailLevel.NONE))
                .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))));
        String signature = connection.signature();
        this.client = (signature != null
                        ? builder.sasToken(signature)
                        : builder.credential(new AzureNamedKeyCredential(
                                connection.account(), Objects.requireNonNull(connection.key()))))
                .buildClient();
    }

    private interface Call<R> {
        R run(Exchange exchange);
    }

    /** Runs a call and finds out how it ended. */
    private <R> R run(Instant deadline, Call<R> call) throws TableFailure, TransportException, InterruptedException {
        return run(new Exchange(deadline, false), call);
    }

    private <R> R run(Exchange exchange, Call<R> call) throws TableFailure, TransportException, InterruptedException {
        try {
            return call.run(exchange);
        } catch (RuntimeException
                | LinkageError e) { // an Error where an answer in XML wants a library, which is not there
            exchange.throwIfUnanswered();
            HttpAnswer answer = exchange.answer();
            if (answer == null) { // it never came to a request: a fault of the program
                throw e;
            }
            throw failure(exchange, answer, e);
        }
    }

    private TableFailure failure(Exchange exchange, HttpAnswer answer, Throwable thrown) {
        Integer index = thrown instanceof TableTransactionFailedException transaction
                ? transaction.getFailedTransactionActionIndex()
                : null;
        return new TableFailure(
                ErrorCode.status(answer),
                ErrorCode.of(answer),
                answer.retryAfter(clock),
                exchange.date(),
                index == null ? -1 : index,
                exchange.ofRows);
    }

    /** Writes a row that is not there yet. */
    void create(Row row, Instant deadline) throws TableFailure, TransportException, InterruptedException {
        run(
                new Exchange(deadline, true),
                exchange -> client.createEntityWithResponse(entity(row), null, exchange.context()));
    }

    /** Writes rows of one partition that are not there yet: all or none. */
    void createAll(List<Row> rows, Instant deadline) throws TableFailure, TransportException, InterruptedException {
        List<TableTransactionAction> actions = rows.stream()
                .map(row -> new TableTransactionAction(TableTransactionActionType.CREATE, entity(row)))
                .toList();
        run(new Exchange(deadline, true), exchange -> {
            List<TableTransactionActionResponse> answers = client.submitTransactionWithResponse(
                            actions, null, exchange.context())
                    .getValue()
                    .getTransactionActionResponses();
            if (answers.size() != rows.size()) { // something else than a table service took the call
                throw new IllegalStateException(answers.size() + " answers to " + rows.size() + " actions");
            }
            return answers;
        });
    }

    private static TableEntity entity(Row row) {
        return new TableEntity(row.partition(), row.key()).setProperties(row.columns());
    }

    /** Makes the table; it is no failure if somebody else did. */
    void createTable(Instant deadline) throws TableFailure, TransportException, InterruptedException {
        try {
            run(deadline, exchange -> client.createTableWithResponse(null, exchange.context()));
        } catch (TableFailure e) {
            if (!e.is(AzureTableAnswers.TABLE_ALREADY_EXISTS)) {
                throw e;
            }
        }
    }

    /** The row with these keys. */
    TableEntity get(String partition, String key, Instant deadline)
            throws TableFailure, TransportException, InterruptedException {
        return run(
                deadline,
                exchange -> client.getEntityWithResponse(partition, key, null, null, exchange.context())
                        .getValue());
    }

    /** What time it is by the service's clock, in whole seconds, or null if it does not say; the table may be missing. */
    @Nullable Instant time(Instant deadline) throws TableFailure, TransportException, InterruptedException {
        Exchange exchange = new Exchange(deadline, false);
        ListEntitiesOptions one =
                new ListEntitiesOptions().setSelect(List.of("RowKey")).setTop(1);
        try {
            run(
                    exchange,
                    asked -> client.listEntities(one, null, asked.context())
                            .iterableByPage()
                            .iterator()
                            .next());
        } catch (TableFailure e) {
            if (!e.is(AzureTableAnswers.TABLE_NOT_FOUND)) {
                throw e;
            }
        }
        return exchange.date();
    }

    /**
     * Some rows of a query.
     *
     * @param rows maybe empty even if there are more
     * @param next how to go on, or null at the end
     * @param servedAt when it was read, by the service's clock; null if that is unknown
     */
    record Page(
            List<TableEntity> rows,
            @Nullable String next,
            @Nullable Instant servedAt) {}

    /**
     * One page of a query.
     *
     * @param filter as the service wants it, or null for all rows
     * @param columns which to read, or null for all
     * @param from where to go on, or null for the beginning
     */
    Page page(
            @Nullable String filter, @Nullable List<String> columns, int most, @Nullable String from, Instant deadline)
            throws TableFailure, TransportException, InterruptedException {
        ListEntitiesOptions options =
                new ListEntitiesOptions().setFilter(filter).setSelect(columns).setTop(most);
        return run(deadline, exchange -> {
            Iterator<PagedResponse<TableEntity>> pages = client.listEntities(options, null, exchange.context())
                    .iterableByPage(from)
                    .iterator();
            PagedResponse<TableEntity> page = pages.next();
            return new Page(page.getValue(), page.getContinuationToken(), exchange.date());
        });
    }
}
