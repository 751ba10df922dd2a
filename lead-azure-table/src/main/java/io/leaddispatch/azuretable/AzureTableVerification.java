package io.leaddispatch.azuretable;

import com.azure.data.tables.models.TableEntity;
import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.azuretable.LeadRecord.Row;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.spi.VerificationSteps;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks a table from the outside in; with a test lead also that rows can be written, and read back. */
final class AzureTableVerification {
    private final AzureTableDestination destination;
    private final TableAccess table;
    private final LeadRecord record;
    private final AzureTableAnswers answers;
    private final Instant deadline;
    private final boolean createTable;
    private @Nullable TableFailure missing;

    AzureTableVerification(
            AzureTableDestination destination,
            TableAccess table,
            LeadRecord record,
            AzureTableAnswers answers,
            Instant deadline) {
        this.destination = destination;
        this.table = table;
        this.record = record;
        this.answers = answers;
        this.deadline = deadline;
        this.createTable = table.mayCreate();
    }

    Verification run(Verification.Probe probe) throws InterruptedException {
        VerificationSteps steps = new VerificationSteps().then("connect and sign in", this::connect);
        steps.then("look for the table", advice(), this::look);
        Lead testLead = probe.testLead();
        if (testLead != null) {
            Row row = record.of(testLead);
            steps.then("write the test lead", "row " + row.id(), () -> write(testLead))
                    .then("read it back", () -> readBack(row));
        }
        return steps.verification();
    }

    private @Nullable String advice() {
        return missing != null && createTable ? "it is not there yet; the first lead makes it" : null;
    }

    private interface Check {
        @Nullable Problem run() throws TableFailure, TransportException, UnusableConnectionException, InterruptedException;
    }

    private @Nullable Problem checked(Check check) throws InterruptedException {
        try {
            return check.run();
        } catch (TableFailure e) {
            return AzureTableAnswers.problem(answers.read(e, 1));
        } catch (TransportException e) {
            return AzureTableAnswers.problem(AzureTableAnswers.read(e));
        } catch (UnusableConnectionException e) {
            return AzureTableProblems.SECRET_UNUSABLE.problem(e.what());
        }
    }

    /** A missing table is an answer of a service that took our signature. */
    private @Nullable Problem connect() throws InterruptedException {
        return checked(() -> {
            try {
                table.run(calls -> calls.page(null, List.of("RowKey"), 1, null, deadline));
            } catch (TableFailure e) {
                if (!e.is(AzureTableAnswers.TABLE_NOT_FOUND)) {
                    throw e;
                }
                missing = e;
            }
            return null;
        });
    }

    private @Nullable Problem look() {
        TableFailure failure = missing;
        return failure == null || createTable ? null : AzureTableAnswers.problem(answers.read(failure, 1));
    }

    private @Nullable Problem write(Lead testLead) throws InterruptedException {
        DeliveryResult result = destination
                .deliver(new LeadBatch(List.of(testLead), deadline, false))
                .get(0);
        return AzureTableAnswers.problem(result);
    }

    private @Nullable Problem readBack(Row row) throws InterruptedException {
        return checked(() -> {
            TableEntity read = table.run(calls -> calls.get(row.partition(), row.key(), deadline));
            boolean same = row.columns().entrySet().stream()
                    .allMatch(column -> Objects.equals(read.getProperty(column.getKey()), column.getValue()));
            return same ? null : AzureTableProblems.NOT_READ_BACK.problem();
        });
    }
}
