package io.leaddispatch.https;

import io.leaddispatch.Confirmation;
import io.leaddispatch.Problem;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.spi.DeliveryResult.Retry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From an endpoint's answer to a result. A table; pure but for the clock.
 *
 * @param accepted which statuses mean delivered
 * @param idempotent whether requests carry an Idempotency-Key
 * @param clock for Retry-After
 */
record HttpsAnswers(StatusRanges accepted, boolean idempotent, Clock clock) {
    private static final String HTML_NOTE =
            "the answer is an HTML page: a login page or a proxy may have taken the lead";
    private static final Duration THROTTLED_WITHOUT_TIME = Duration.ofSeconds(5);

    DeliveryResult read(HttpAnswer answer) {
        int status = answer.status();
        if (accepted.contain(status)) {
            Confirmation how = status == 201 ? Confirmation.CREATED : Confirmation.ACCEPTED;
            return new DeliveryResult.Delivered(how, null, answer.isHtml() ? List.of(HTML_NOTE) : List.of());
        }
        return switch (status) {
            case 401, 403, 407 -> new Pause(problem(HttpsProblems.UNAUTHORIZED.problem(), status), null);
            case 404, 405, 501, 505 -> new Pause(problem(HttpsProblems.NOT_FOUND.problem(), status), null);
            case 410 -> new Pause(problem(HttpsProblems.GONE.problem(), status), null);
            case 413 -> new Rejected(problem(HttpsProblems.TOO_LARGE.problem(), status));
            case 429 -> throttled(answer, THROTTLED_WITHOUT_TIME);
            case 408, 425, 500, 502, 503, 504 -> throttled(answer, null);
            case 409 ->
                idempotent
                        ? new Retry(problem(HttpsProblems.CONFLICT.problem(), status), null)
                        : new Rejected(problem(HttpsProblems.REFUSED_LEAD.problem(), status));
            default -> other(answer, status);
        };
    }

    private DeliveryResult other(HttpAnswer answer, int status) {
        if (status >= 300 && status < 400) {
            return new Pause(problem(redirects(answer), status), null);
        }
        return status >= 500
                ? new Retry(problem(HttpsProblems.SERVER_ERROR.problem(), status), null)
                : new Rejected(problem(HttpsProblems.REFUSED_LEAD.problem(), status));
    }

    /** A named time pauses the destination; without one a throttled endpoint gets some rest, an error a repeat. */
    private DeliveryResult throttled(HttpAnswer answer, @Nullable Duration otherwise) {
        Instant until = answer.retryAfter(clock);
        if (until == null && otherwise != null) {
            until = clock.instant().plus(otherwise);
        }
        return until != null
                ? new Pause(problem(HttpsProblems.THROTTLED_BY_ENDPOINT.problem(), answer.status()), until)
                : new Retry(problem(HttpsProblems.SERVER_ERROR.problem(), answer.status()), null);
    }

    private static Problem redirects(HttpAnswer answer) {
        String location = answer.header("Location");
        try {
            String host = location == null ? null : URI.create(location).getHost();
            return host == null ? HttpsProblems.REDIRECTS.problem() : HttpsProblems.REDIRECTS.problem("to " + host);
        } catch (IllegalArgumentException e) { // no address at all
            return HttpsProblems.REDIRECTS.problem();
        }
    }

    private static Problem problem(Problem problem, int status) {
        return problem.withVendorCode("HTTP " + status);
    }

    /** What an exchange without an answer means. */
    static DeliveryResult read(TransportException failure) {
        return switch (failure.kind()) {
            case UNFIT_CLIENT -> new Pause(HttpsProblems.CLIENT_UNFIT.problem(), null);
            case REFUSED, UNKNOWN_HOST, CONNECT_TIMEOUT ->
                new Retry(HttpsProblems.UNREACHABLE.problem(failure.describe()), null);
            case TLS -> new Retry(HttpsProblems.TLS.problem(failure.describe()), null);
            case TIMEOUT, BROKEN -> new Retry(HttpsProblems.NO_ANSWER.problem(failure.describe()), null);
        };
    }
}
