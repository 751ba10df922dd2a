package io.leaddispatch.azuretable;

import io.leaddispatch.Confirmation;
import io.leaddispatch.Lead;
import io.leaddispatch.azuretable.LeadRecord.Row;
import io.leaddispatch.http.AddressFailures;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.NotExecuted;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.spi.Verification;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Inserts one row per lead and never changes one: a row that is there is the lead of an earlier attempt, maybe edited
 * since. The leads of a call share a partition and are written in one transaction.
 */
final class AzureTableDestination implements LeadDestination {
    /** Most rows of a transaction. */
    static final int MOST_ROWS = 100;

    /** Less than the service's 4 MiB, since sizes are estimated. */
    static final long MOST_CALL_BYTES = 3_500_000;

    private final String name;
    private final LeadRecord record;
    private final TableAccess table;
    private final AzureTableAnswers answers;
    private final Clock clock;
    private final Limits limits;
    private final AddressFailures addressFailures = new AddressFailures();

    AzureTableDestination(
            String name, LeadRecord record, TableAccess table, AzureTableAnswers answers, Clock clock, Limits limits) {
        this.name = name;
        this.record = record;
        this.table = table;
        this.answers = answers;
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    /** Only rows of one partition share a transaction. */
    @Override
    public String batchKey(Lead lead) {
        return RowKeys.partition(lead);
    }

    @Override
    public List<DeliveryResult> deliver(LeadBatch batch) throws InterruptedException {
        Results results = new Results(batch.leads().stream().map(record::of).toList());
        List<Integer> open = results.admit();
        int begun = addressFailures.begun();
        try {
            if (batch.suspect() && open.size() > 1) {
                Optional<Set<String>> existing = existing(results.rows(open), batch.deadline());
                if (existing.isEmpty()) {
                    results.settleRest(new NotExecuted(AzureTableProblems.TOO_MUCH_AT_ONCE.problem()));
                    return results.all();
                }
                open = results.settleExisting(open, existing.get());
            }
            if (!open.isEmpty()) {
                write(results, open, batch.deadline());
            }
            addressFailures.answered();
        } catch (TableFailure e) { // of a query, or of a call for all
            addressFailures.answered();
            results.settleRest(answers.read(e, open.size()));
        } catch (TransportException e) {
            results.settleRest(
                    addressFailures.isWrong(begun, e)
                            ? new DeliveryResult.Pause(AzureTableProblems.WRONG_ADDRESS.problem(e.describe()), null)
                            : AzureTableAnswers.read(e));
        } catch (UnusableConnectionException e) {
            results.settleRest(new DeliveryResult.Pause(AzureTableProblems.SECRET_UNUSABLE.problem(), null));
        }
        return results.all();
    }

    private void write(Results results, List<Integer> open, Instant deadline)
            throws TableFailure, TransportException, InterruptedException, UnusableConnectionException {
        List<Row> rows = results.rows(open);
        try {
            table.write(deadline, calls -> {
                if (rows.size() == 1) {
                    calls.create(rows.get(0), deadline);
                } else {
                    calls.createAll(rows, deadline);
                }
                return rows;
            });
            open.forEach(i -> results.settleWritten(i, Confirmation.CREATED));
        } catch (TableFailure e) {
            refused(e, results, open);
        }
    }

    /** What a refused write means: a lone row is there already, a batch has one that is, or one is to blame. */
    private void refused(TableFailure failure, Results results, List<Integer> open) throws TableFailure {
        if (failure.is(AzureTableAnswers.ALREADY_EXISTS)) {
            if (open.size() == 1) {
                results.settleWritten(open.get(0), Confirmation.ALREADY_PRESENT);
            } else { // mostly many are there: halves, which look first, need fewer calls than one name at a time
                results.settleRest(new NotExecuted(AzureTableProblems.BATCH_REFUSED.problem()));
            }
            return;
        }
        DeliveryResult result = answers.read(failure, open.size());
        if (open.size() == 1 || !(result instanceof Rejected)) {
            throw failure;
        }
        if (failure.index() >= 0 && failure.index() < open.size()) {
            results.settle(open.get(failure.index()), result);
        }
        results.settleRest(new NotExecuted(AzureTableProblems.BATCH_REFUSED.problem()));
    }

    /** Which of these rows are there; a missing table has none. Nothing if smaller calls have to find out. */
    private Optional<Set<String>> existing(List<Row> rows, Instant deadline)
            throws TableFailure, TransportException, InterruptedException, UnusableConnectionException {
        try {
            return table.run(calls -> ExistingRows.of(rows, calls, deadline));
        } catch (TableFailure e) {
            if (e.is(AzureTableAnswers.TABLE_NOT_FOUND)) {
                return Optional.of(Set.of());
            }
            throw e;
        }
    }

    @Override
    public Verification verify(Verification.Probe probe) throws InterruptedException {
        return new AzureTableVerification(
                        this, table, record, answers, clock.instant().plus(limits.callTimeout()))
                .run(probe);
    }

    @Override
    public String preview(Lead lead) {
        Row row = record.of(lead);
        StringBuilder text = new StringBuilder(256);
        text.append("insert row ").append(row.id()).append('\n');
        for (Map.Entry<String, Object> column : row.columns().entrySet()) {
            text.append(column.getKey()).append(": ").append(column.getValue()).append('\n');
        }
        return row.fault() == null ? text.toString() : "(too large: " + row.fault() + ")";
    }

    /** The destination's name. */
    @Override
    public String toString() {
        return "AzureTableDestination[" + name + "]";
    }

    /** What becomes of each lead of a call; used by one thread. */
    private static final class Results {
        private final List<Row> rows;
        private final @Nullable DeliveryResult[] results;

        Results(List<Row> rows) {
            this.rows = rows;
            this.results = new DeliveryResult[rows.size()];
        }

        /** The rows that this call can carry: those that fit into a row, and together into a call of one partition. */
        List<Integer> admit() {
            List<Integer> open = new ArrayList<>();
            Set<String> keys = new HashSet<>();
            long bytes = 0;
            for (int i = 0; i < rows.size(); i++) {
                Row row = rows.get(i);
                long more = row.jsonBytes();
                String fault = row.fault();
                if (fault != null) {
                    results[i] = new Rejected(AzureTableProblems.LEAD_TOO_LARGE.problem(fault));
                } else if (!open.isEmpty()
                        && (bytes + more > MOST_CALL_BYTES
                                || open.size() == MOST_ROWS
                                || !row.partition().equals(rows.get(open.get(0)).partition())
                                || keys.contains(row.key()))) {
                    results[i] = new NotExecuted(AzureTableProblems.TOO_MUCH_AT_ONCE.problem());
                } else {
                    bytes += more;
                    keys.add(row.key());
                    open.add(i);
                }
            }
            return open;
        }

        List<Row> rows(List<Integer> which) {
            return which.stream().map(rows::get).toList();
        }

        /** Settles those that are there; returns the others. */
        List<Integer> settleExisting(List<Integer> open, Set<String> existing) {
            List<Integer> left = new ArrayList<>();
            for (int i : open) {
                if (existing.contains(rows.get(i).key())) {
                    settleWritten(i, Confirmation.ALREADY_PRESENT);
                } else {
                    left.add(i);
                }
            }
            return left;
        }

        void settleWritten(int i, Confirmation how) {
            results[i] = new Delivered(how, rows.get(i).id(), rows.get(i).notes());
        }

        void settle(int i, DeliveryResult result) {
            results[i] = result;
        }

        void settleRest(DeliveryResult result) {
            for (int i = 0; i < results.length; i++) {
                if (results[i] == null) {
                    results[i] = result;
                }
            }
        }

        List<DeliveryResult> all() {
            List<DeliveryResult> all = new ArrayList<>(results.length);
            for (DeliveryResult result : results) {
                all.add(Objects.requireNonNull(result));
            }
            return all;
        }
    }
}
