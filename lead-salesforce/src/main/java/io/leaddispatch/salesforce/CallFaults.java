package io.leaddispatch.salesforce;

import io.leaddispatch.Problem;
import io.leaddispatch.ProblemType;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.NotExecuted;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.spi.DeliveryResult.Retry;
import io.leaddispatch.spi.DeliveryResult.Unknown;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a call that was refused as a whole means for its leads: by Salesforce's code, else by status. Pure but for the
 * clock.
 *
 * @param quotaPause how long nothing is sent after the daily quota is used up
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm">REST API, status
 *     codes and error responses</a>
 */
record CallFaults(Clock clock, Duration quotaPause) {
    private static final Duration CROWDED_PAUSE = Duration.ofSeconds(5);
    private static final int MISROUTED_TOLERATED = 2;
    private static final int MISROUTED = 420;

    /**
     * @param upsert whether a repeat is safe
     * @param leads how many leads the call carried
     * @param misrouted how many answers in a row before this one had status 420
     */
    DeliveryResult of(HttpAnswer answer, @Nullable SalesforceError error, boolean upsert, int leads, int misrouted) {
        int status = answer.status();
        ErrorCode code = error == null ? null : ErrorCode.of(error.code(), error.message());
        String vendor = vendor(status, error);
        Instant after = answer.retryAfter(clock);
        if (status == MISROUTED) {
            return misrouted < MISROUTED_TOLERATED
                    ? new Retry(SalesforceProblems.BUSY.problem().withVendorCode(vendor), after)
                    : hold(SalesforceProblems.WRONG_HOST, vendor);
        }
        if (code != null && code.isAboutTheLead()) {
            return leads > 1 // one lead's fault stopped all: they go again in halves until it stands alone
                    ? new NotExecuted(SalesforceProblems.REFUSED_LEAD.problem().withVendorCode(vendor))
                    : new Rejected(SalesforceProblems.REFUSED_LEAD.problem().withVendorCode(vendor));
        }
        if (code != null && error != null && (code != ErrorCode.BUSY || status < 500)) {
            return !upsert && ErrorCode.mayHaveWritten(error.code())
                    ? lost(SalesforceProblems.SERVER_ERROR.problem().withVendorCode(vendor), false)
                    : of(code, error, upsert, after);
        }
        return ofStatus(status, vendor, after, upsert, leads);
    }

    private static String vendor(int status, @Nullable SalesforceError error) {
        return error == null || error.code().isEmpty() ? "HTTP " + status : error.code();
    }

    /**
     * What a refused read means for the leads that wait for it. It wrote nothing and may always be repeated, and it is no
     * verdict on a lead.
     *
     * @param misrouted how many answers in a row before this one had status 420
     */
    DeliveryResult ofRead(HttpAnswer answer, @Nullable SalesforceError error, int misrouted) {
        ErrorCode code = error == null ? null : ErrorCode.of(error.code(), error.message());
        boolean ofALead = code != null && code.isAboutTheLead();
        DeliveryResult result = of(answer, ofALead ? null : error, false, 1, misrouted);
        return result instanceof Pause
                ? result
                : new Retry(
                        SalesforceProblems.BUSY
                                .problem("the fields of Lead could not be read")
                                .withVendorCode(vendor(answer.status(), error)),
                        answer.retryAfter(clock));
    }

    private DeliveryResult ofStatus(int status, String vendor, @Nullable Instant after, boolean upsert, int leads) {
        return switch (status) {
            case 401, 403 ->
                hold(status == 401 ? SalesforceProblems.SESSION_REFUSED : SalesforceProblems.NOT_PERMITTED, vendor);
            case 404 -> hold(upsert ? SalesforceProblems.EXTERNAL_ID : SalesforceProblems.REFUSED_CALL, vendor);
            case 408, 425 ->
                upsert
                        ? new Retry(SalesforceProblems.BUSY.problem().withVendorCode(vendor), after)
                        : lost(SalesforceProblems.SERVER_ERROR.problem().withVendorCode(vendor), false);
            case 410 -> hold(SalesforceProblems.API_VERSION, vendor);
            case 413 ->
                new NotExecuted(SalesforceProblems.REFUSED_CALL.problem().withVendorCode(vendor));
            case 429 -> until(SalesforceProblems.THROTTLED_BY_ORG, vendor, after, CROWDED_PAUSE);
            case 503 ->
                after != null
                        ? new Pause(
                                SalesforceProblems.THROTTLED_BY_ORG.problem().withVendorCode(vendor), after)
                        : new Retry(SalesforceProblems.BUSY.problem().withVendorCode(vendor), null);
            default -> other(status, vendor, upsert, leads);
        };
    }

    private static DeliveryResult other(int status, String vendor, boolean upsert, int leads) {
        if (status >= 500) {
            return lost(SalesforceProblems.SERVER_ERROR.problem().withVendorCode(vendor), upsert);
        }
        return status == 400 && leads > 1
                ? new NotExecuted(SalesforceProblems.REFUSED_CALL.problem().withVendorCode(vendor))
                : hold(SalesforceProblems.REFUSED_CALL, vendor);
    }

    /**
     * What a code means that is not about one lead.
     *
     * @param after when the answer wants to be asked again, or null if it does not say
     */
    DeliveryResult of(ErrorCode code, SalesforceError error, boolean upsert, @Nullable Instant after) {
        String vendor = error.code();
        return switch (code) {
            case BUSY -> new Retry(SalesforceProblems.BUSY.problem().withVendorCode(vendor), after);
            case CROWDED -> until(SalesforceProblems.THROTTLED_BY_ORG, vendor, after, CROWDED_PAUSE);
            case QUOTA -> until(SalesforceProblems.QUOTA, vendor, after, quotaPause);
            case STORAGE -> hold(SalesforceProblems.STORAGE, vendor);
            case SESSION -> hold(SalesforceProblems.SESSION_REFUSED, vendor);
            case PERMISSION -> hold(SalesforceProblems.NOT_PERMITTED, vendor);
            case MAPPING ->
                new Pause(
                        SalesforceProblems.MAPPING
                                .problem(error.fields().isEmpty() ? vendor : String.join(", ", error.fields()))
                                .withVendorCode(vendor),
                        null);
            case EXTERNAL_ID -> hold(upsert ? SalesforceProblems.EXTERNAL_ID : SalesforceProblems.REFUSED_CALL, vendor);
            case VERSION -> hold(SalesforceProblems.API_VERSION, vendor);
            case ASSIGNMENT -> hold(SalesforceProblems.ASSIGNMENT, vendor);
            default -> hold(SalesforceProblems.REFUSED_CALL, vendor);
        };
    }

    private DeliveryResult until(ProblemType type, String vendor, @Nullable Instant after, Duration otherwise) {
        return new Pause(
                type.problem().withVendorCode(vendor),
                after != null ? after : clock.instant().plus(otherwise));
    }

    private static DeliveryResult hold(ProblemType type, String vendor) {
        return new Pause(type.problem().withVendorCode(vendor), null);
    }

    /** Sent, and nobody knows what became of it: again where the key makes that safe, else unknown. */
    static DeliveryResult lost(Problem problem, boolean upsert) {
        return upsert ? new Retry(problem, null) : new Unknown(problem);
    }

    /** What a call without a complete answer means. */
    static DeliveryResult of(TransportException failure, boolean upsert) {
        if (failure.kind() == TransportException.Kind.UNFIT_CLIENT) {
            return new Pause(SalesforceProblems.CLIENT_UNFIT.problem(), null);
        }
        return failure.notSent()
                ? new Retry(SalesforceProblems.UNREACHABLE.problem(failure.describe()), null)
                : lost(SalesforceProblems.NO_ANSWER.problem(failure.describe()), upsert);
    }
}
