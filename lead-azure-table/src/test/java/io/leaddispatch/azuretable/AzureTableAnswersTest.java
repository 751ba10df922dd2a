package io.leaddispatch.azuretable;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.testkit.MovableClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureTableAnswersTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private final AzureTableAnswers answers = new AzureTableAnswers(MovableClock.at(NOW));

    private static TableFailure failure(int status, String code, Instant retryAfter) {
        return new TableFailure(status, code, retryAfter, null, -1, true);
    }

    @ParameterizedTest(name = "{0} {1} of {2} leads is {3} {4}")
    @CsvSource({
        "403, AuthenticationFailed, 1, Pause, azure-table.unauthorized",
        "401, , 1, Pause, azure-table.unauthorized",
        "401, InvalidAuthenticationInfo, 1, Pause, azure-table.unauthorized",
        "403, AuthorizationFailure, 1, Pause, azure-table.forbidden",
        "403, AuthorizationPermissionMismatch, 1, Pause, azure-table.forbidden",
        "403, , 1, Pause, azure-table.forbidden",
        "407, , 1, Pause, azure-table.forbidden",
        "403, AccountIsDisabled, 1, Pause, azure-table.account-disabled",
        "404, TableNotFound, 1, Pause, azure-table.table-missing",
        "202, TableNotFound, 100, Pause, azure-table.table-missing",
        "409, TableBeingDeleted, 1, Pause, azure-table.table-being-deleted",
        "503, ServerBusy, 1, Pause, azure-table.throttled",
        "202, ServerBusy, 100, Pause, azure-table.throttled",
        "429, , 1, Pause, azure-table.throttled",
        "500, OperationTimedOut, 1, Retry, azure-table.server-error",
        "202, OperationTimedOut, 100, Retry, azure-table.server-error",
        "500, InternalError, 1, Retry, azure-table.server-error",
        "408, , 1, Retry, azure-table.server-error",
        "502, , 1, Retry, azure-table.server-error",
        "503, , 1, Retry, azure-table.server-error",
        "504, , 1, Retry, azure-table.server-error",
        "413, RequestBodyTooLarge, 100, NotExecuted, azure-table.too-much-at-once",
        "413, , 2, NotExecuted, azure-table.too-much-at-once",
        "413, RequestBodyTooLarge, 1, Rejected, azure-table.lead-too-large",
        "400, PropertyValueTooLarge, 1, Rejected, azure-table.refused-lead",
        "202, EntityTooLarge, 100, Rejected, azure-table.refused-lead",
        "400, InvalidInput, 1, Rejected, azure-table.refused-lead",
        "400, InvalidResourceName, 1, Pause, azure-table.refuses-requests",
        "400, , 1, Pause, azure-table.refuses-requests",
        "404, ResourceNotFound, 1, Pause, azure-table.refuses-requests",
        "409, SomethingNew, 1, Pause, azure-table.refuses-requests",
        "302, , 1, Pause, azure-table.refuses-requests",
        "200, , 1, Retry, azure-table.unexpected-answer",
    })
    void codeAndStatusDecide(int status, String code, int leads, String kind, String problemCode) {
        DeliveryResult result = answers.read(failure(status, code, null), leads);
        Problem problem = AzureTableAnswers.problem(result);
        assertThat(result.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(problem.code()).isEqualTo(problemCode);
        assertThat(problem.vendorCode()).isEqualTo(code == null ? "HTTP " + status : code);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"503, ServerBusy, 7", "429, , 7", "500, InternalError, 7", "409, TableBeingDeleted, 7"})
    void aNamedTimePausesTheDestination(int status, String code, int seconds) {
        Instant until = NOW.plusSeconds(seconds);
        assertThat(answers.read(failure(status, code, until), 1))
                .isInstanceOfSatisfying(
                        DeliveryResult.Pause.class,
                        pause -> assertThat(pause.until()).isEqualTo(until));
    }

    @ParameterizedTest(name = "{1} waits {2} s")
    @CsvSource({"503, ServerBusy, 5", "409, TableBeingDeleted, 20"})
    void withoutOneThereIsATimeOfOurs(int status, String code, int seconds) {
        assertThat(answers.read(failure(status, code, null), 1))
                .isInstanceOfSatisfying(
                        DeliveryResult.Pause.class,
                        pause -> assertThat(pause.until()).isEqualTo(NOW.plusSeconds(seconds)));
    }

    @Test
    void whatIsDeliveredHasNoProblem() {
        assertThat(AzureTableAnswers.problem(DeliveryResult.delivered(Confirmation.CREATED)))
                .isNull();
        Problem problem = AzureTableProblems.NO_ANSWER.problem();
        assertThat(AzureTableAnswers.problem(new DeliveryResult.Unknown(problem)))
                .isEqualTo(problem);
    }
}
