package io.leaddispatch.azuretable;

import io.leaddispatch.Category;
import io.leaddispatch.Problem;
import io.leaddispatch.ProblemType;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.NotExecuted;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.spi.DeliveryResult.Retry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From a refusal of the table service to a result. A table; pure but for the clock. The code decides where it is known,
 * else the status.
 *
 * @param clock for pauses without a time of the service's, and to be compared with the service's
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes">Table Storage error
 *     codes</a>
 */
record AzureTableAnswers(Clock clock) {
    static final String ALREADY_EXISTS = "EntityAlreadyExists";
    static final String TABLE_NOT_FOUND = "TableNotFound";
    static final String TABLE_ALREADY_EXISTS = "TableAlreadyExists";
    static final String TABLE_BEING_DELETED = "TableBeingDeleted";

    private static final Duration THROTTLED_WITHOUT_TIME = Duration.ofSeconds(5);
    /** From here on the service refuses a signature, whatever the key. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(15);

    private static final Duration DELETION = Duration.ofSeconds(20);

    /** Codes that blame the row itself; others may mean that every row would be refused. */
    private static final Set<String> ROWS_FAULT = Set.of(
            "EntityTooLarge",
            "InvalidInput",
            "InvalidValueType",
            "KeyValueTooLarge",
            "OutOfRangeInput",
            "PropertiesNeedValue",
            "PropertyNameInvalid",
            "PropertyNameTooLong",
            "PropertyValueTooLarge",
            "TooManyProperties",
            "InvalidDuplicateRow");

    private static final Set<String> SERVERS_FAULT =
            Set.of("InternalError", "OperationTimedOut", "ServerTimeout", "TableServerOutOfMemory");

    private static final Set<String> NOT_PERMITTED = Set.of(
            "AuthorizationFailure",
            "AuthorizationPermissionMismatch",
            "AuthorizationProtocolMismatch",
            "AuthorizationResourceTypeMismatch",
            "AuthorizationServiceMismatch",
            "AuthorizationSourceIPMismatch",
            "InsufficientAccountPermissions");

    /**
     * What a refusal means for the lead that is to blame; where no rows were to be written no lead is.
     *
     * @param leads how many the call carried
     */
    DeliveryResult read(TableFailure failure, int leads) {
        DeliveryResult result = byCode(failure, leads);
        boolean blamesLeads = result instanceof Rejected || result instanceof NotExecuted;
        return blamesLeads && !failure.ofRows() ? held(AzureTableProblems.REFUSES_REQUESTS, failure) : result;
    }

    private DeliveryResult byCode(TableFailure failure, int leads) {
        String code = failure.code() == null ? "" : failure.code();
        if (ROWS_FAULT.contains(code)) {
            return new Rejected(problem(AzureTableProblems.REFUSED_LEAD, failure));
        }
        if (SERVERS_FAULT.contains(code)) {
            return again(failure);
        }
        if (NOT_PERMITTED.contains(code)) {
            return held(AzureTableProblems.FORBIDDEN, failure);
        }
        return switch (code) {
            case "AuthenticationFailed", "InvalidAuthenticationInfo", "NoAuthenticationInformation" ->
                held(AzureTableProblems.UNAUTHORIZED, failure);
            case "AccountIsDisabled" -> held(AzureTableProblems.ACCOUNT_DISABLED, failure);
            case TABLE_NOT_FOUND -> held(AzureTableProblems.TABLE_MISSING, failure);
            case TABLE_BEING_DELETED ->
                new Pause(problem(AzureTableProblems.TABLE_BEING_DELETED, failure), later(failure, DELETION));
            case "ServerBusy" -> throttled(failure);
            case "RequestBodyTooLarge", "ContentLengthExceeded" -> tooLarge(failure, leads);
            default -> byStatus(failure, leads);
        };
    }

    private DeliveryResult byStatus(TableFailure failure, int leads) {
        int status = failure.status();
        return switch (status) {
            case 401 -> held(AzureTableProblems.UNAUTHORIZED, failure);
            case 403, 407 -> held(AzureTableProblems.FORBIDDEN, failure);
            case 408 -> again(failure);
            case 413 -> tooLarge(failure, leads);
            case 429 -> throttled(failure);
            default ->
                status >= 500
                        ? again(failure)
                        : status >= 300
                                ? held(AzureTableProblems.REFUSES_REQUESTS, failure)
                                : new Retry(problem(AzureTableProblems.UNEXPECTED_ANSWER, failure), null);
        };
    }

    private static DeliveryResult tooLarge(TableFailure failure, int leads) {
        return leads > 1
                ? new NotExecuted(problem(AzureTableProblems.TOO_MUCH_AT_ONCE, failure))
                : new Rejected(problem(AzureTableProblems.LEAD_TOO_LARGE, failure));
    }

    /** A named time pauses the destination. */
    private static DeliveryResult again(TableFailure failure) {
        Instant until = failure.retryAfter();
        return until == null
                ? new Retry(problem(AzureTableProblems.SERVER_ERROR, failure), null)
                : new Pause(problem(AzureTableProblems.THROTTLED_BY_SERVICE, failure), until);
    }

    private DeliveryResult throttled(TableFailure failure) {
        return new Pause(
                problem(AzureTableProblems.THROTTLED_BY_SERVICE, failure), later(failure, THROTTLED_WITHOUT_TIME));
    }

    private Instant later(TableFailure failure, Duration otherwise) {
        Instant named = failure.retryAfter();
        return named != null ? named : clock.instant().plus(otherwise);
    }

    private DeliveryResult held(ProblemType type, TableFailure failure) {
        String clocks = type.category() == Category.AUTH ? clocks(failure.servedAt()) : null;
        Problem problem = clocks == null ? type.problem() : type.problem(clocks);
        return new Pause(problem.withVendorCode(failure.vendorCode()), null);
    }

    /** That our clock is so far off that the service refuses what we sign; null if it is not, or nobody knows. */
    private @Nullable String clocks(@Nullable Instant servedAt) {
        Duration ahead = servedAt == null ? Duration.ZERO : Duration.between(servedAt, clock.instant());
        return ahead.abs().compareTo(CLOCKS_APART) < 0
                ? null
                : "this machine's clock is " + ahead.abs().toMinutes() + " minutes "
                        + (ahead.isNegative() ? "behind" : "ahead of") + " the service's";
    }

    private static Problem problem(ProblemType type, TableFailure failure) {
        return type.problem().withVendorCode(failure.vendorCode());
    }

    /** What a call without an answer means. */
    static DeliveryResult read(TransportException failure) {
        return switch (failure.kind()) {
            case UNFIT_CLIENT -> new Pause(AzureTableProblems.CLIENT_UNFIT.problem(), null);
            case REFUSED, UNKNOWN_HOST, CONNECT_TIMEOUT ->
                new Retry(AzureTableProblems.UNREACHABLE.problem(failure.describe()), null);
            case TLS -> new Retry(AzureTableProblems.TLS.problem(failure.describe()), null);
            case TIMEOUT, BROKEN -> new Retry(AzureTableProblems.NO_ANSWER.problem(failure.describe()), null);
        };
    }

    /** The problem of a result that is not {@code Delivered}; null for one that is. */
    static @Nullable Problem problem(DeliveryResult result) {
        if (result instanceof Rejected rejected) {
            return rejected.problem();
        }
        if (result instanceof Pause pause) {
            return pause.problem();
        }
        if (result instanceof Retry retry) {
            return retry.problem();
        }
        if (result instanceof NotExecuted not) {
            return not.problem();
        }
        return result instanceof DeliveryResult.Unknown unknown ? unknown.problem() : null;
    }
}
