package io.leaddispatch.dynamics;

import com.fasterxml.jackson.databind.JsonNode;
import io.leaddispatch.Category;
import io.leaddispatch.Confirmation;
import io.leaddispatch.Problem;
import io.leaddispatch.ProblemType;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.NotExecuted;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.spi.DeliveryResult.Retry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From an answer of Dataverse to results: by its code first, by its words second, by the status last. A table; pure but
 * for the clock.
 *
 * @param onDuplicateRule what becomes of a lead that a rule of the customer refuses as a double
 * @param clock for Retry-After
 */
record DynamicsAnswers(DynamicsSettings.OnDuplicateRule onDuplicateRule, Clock clock) {
    private static final Duration THROTTLED_WITHOUT_TIME = Duration.ofSeconds(5);
    private static final Pattern TENANT =
            Pattern.compile("authorization_uri=\"?https://[^/\"]{1,200}/([A-Za-z0-9.-]{1,100})");
    private static final Set<String> FOR_SUPPORT = Set.of(
            DynamicsProblems.SERVER_ERROR.code(),
            DynamicsProblems.FORBIDDEN.code(),
            DynamicsProblems.LEAD_INVALID.code());
    private static final String GUID = "[0-9a-fA-F-]{36}";

    /** The answer to one insert of that row. */
    DeliveryResult one(HttpAnswer answer, LeadRow row) {
        if (answer.isSuccess()) {
            return WrittenRecord.isIn(answer)
                    ? new Delivered(Confirmation.CREATED, WrittenRecord.id(answer, row.id()), row.notes())
                    : notDataverse(answer);
        }
        DataverseError error = DataverseError.in(answer);
        if (isOurOwn(answer, error)) {
            return new Delivered(Confirmation.ALREADY_PRESENT, row.id().toString(), row.notes());
        }
        DeliveryResult refused = refused(answer, error, row.personal());
        return refused instanceof Rejected rejected && counts(rejected.problem(), row)
                ? delivered(rejected.problem(), row)
                : refused;
    }

    /**
     * A record of our own key is there: an earlier attempt wrote it. A 412 alone does not say so, since plug-ins throw it
     * too: without the code it takes the words.
     */
    private static boolean isOurOwn(HttpAnswer answer, @Nullable DataverseError error) {
        if (error == null) {
            return false;
        }
        return error.code().equals(DataverseCodes.DUPLICATE_RECORD)
                || answer.status() == 412 && error.code().isEmpty() && DataverseCodes.saysOwnKey(error);
    }

    /** The answer to one CreateMultiple of these rows, which writes all or none. */
    List<DeliveryResult> all(HttpAnswer answer, List<LeadRow> rows) {
        if (answer.isSuccess()) {
            return answer.status() == 200 && WrittenRecord.object(answer) != null
                    ? created(answer, rows)
                    : same(notDataverse(answer), rows);
        }
        DataverseError error = DataverseError.in(answer);
        if (isOurOwn(answer, error)) {
            return same(new NotExecuted(vendor(DynamicsProblems.BATCH_REFUSED.problem(), answer, error)), rows);
        }
        DeliveryResult result = refused(answer, error, List.of());
        return same(
                result instanceof Rejected
                        ? new NotExecuted(vendor(DynamicsProblems.BATCH_REFUSED.problem(), answer, error))
                        : result,
                rows);
    }

    private static List<DeliveryResult> created(HttpAnswer answer, List<LeadRow> rows) {
        JsonNode root = DataverseError.json(answer.body());
        JsonNode ids = root == null ? null : root.get("Ids");
        if (ids == null || ids.size() != rows.size()) {
            return same(new Retry(DynamicsProblems.NO_ANSWER.problem("without the ids of the leads"), null), rows);
        }
        List<DeliveryResult> results = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            String id = ids.get(i).asText(rows.get(i).id().toString());
            results.add(new Delivered(Confirmation.CREATED, id, rows.get(i).notes()));
        }
        return results;
    }

    /** The answer to one $batch of these rows, each of which has its own; what has none may have been written. */
    List<DeliveryResult> each(HttpAnswer answer, List<LeadRow> rows) {
        if (!answer.isSuccess()) {
            DeliveryResult result = refused(answer, DataverseError.in(answer), List.of());
            return same(
                    result instanceof Rejected
                            ? new NotExecuted(vendor(
                                    DynamicsProblems.WAY_UNAVAILABLE.problem(), answer, DataverseError.in(answer)))
                            : result,
                    rows);
        }
        if (answer.isHtml()) {
            return same(notDataverse(answer), rows);
        }
        List<HttpAnswer> parts = BatchAnswer.parse(answer.header("Content-Type"), answer.body());
        List<DeliveryResult> results = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            results.add(
                    i < parts.size()
                            ? part(parts.get(i), rows.get(i))
                            : new Retry(DynamicsProblems.NO_ANSWER.problem("its part of the batch is missing"), null));
        }
        return results;
    }

    /** The answer to one part of a batch: that it could not be read says nothing of its lead, which goes again alone. */
    private DeliveryResult part(HttpAnswer answer, LeadRow row) {
        DataverseError error = DataverseError.in(answer);
        return error != null && DataverseCodes.isUnread(error)
                ? new NotExecuted(vendor(DynamicsProblems.WAY_UNAVAILABLE.problem(), answer, error))
                : one(answer, row);
    }

    /** Why a request without a lead was refused, or null if it was not. */
    @Nullable Problem problem(HttpAnswer answer) {
        if (answer.isSuccess()) {
            return answer.isHtml() ? DynamicsProblems.NOT_DATAVERSE.problem("an HTML page") : null;
        }
        return Results.problem(refused(answer, DataverseError.in(answer), List.of()));
    }

    /** Whether the environment has no such action: the leads must go another way. A record that is missing is none. */
    static boolean lacksAction(HttpAnswer answer) {
        DataverseError error = DataverseError.in(answer);
        return error != null
                && (answer.status() == 404 || answer.status() == 405 || answer.status() == 501)
                && !DynamicsProblems.REFERENCE_MISSING.equals(DataverseCodes.type(error))
                && !error.message().contains("'leads'")
                && !error.message().contains("'lead'");
    }

    /**
     * Whether the environment does not take a batch in our form, which says nothing of the leads. Only Dataverse itself can
     * say so, and not by a word on their columns.
     */
    static boolean refusesForm(HttpAnswer answer) {
        DataverseError error = DataverseError.in(answer);
        ProblemType known = error == null ? null : DataverseCodes.type(error);
        return error != null
                && (known == null || known.equals(DynamicsProblems.LEAD_INVALID))
                && (answer.status() == 400 || answer.status() == 405 || answer.status() == 501);
    }

    private DeliveryResult refused(HttpAnswer answer, @Nullable DataverseError error, Collection<String> personal) {
        ProblemType known = error == null ? null : DataverseCodes.type(error);
        if (known != null && error != null) {
            Problem problem = DataverseCodes.problem(known, error, personal);
            return known.category() == Category.DUPLICATE
                    ? new Rejected(problem.withRecords(error.leads()))
                    : of(known, withRequest(problem, answer), answer);
        }
        ProblemType type = byStatus(answer.status(), error != null);
        Problem problem = error == null
                ? type.problem().withVendorCode("HTTP " + answer.status())
                : vendor(DataverseCodes.problem(type, error, personal), answer, error);
        return of(type, answer.status() == 401 ? withTenant(problem, answer) : withRequest(problem, answer), answer);
    }

    private static ProblemType byStatus(int status, boolean speaksDataverse) {
        return switch (status) {
            case 401 -> DynamicsProblems.TOKEN_REJECTED;
            case 403 -> DynamicsProblems.FORBIDDEN;
            case 413 -> DynamicsProblems.LEAD_TOO_LARGE;
            case 429 -> DynamicsProblems.THROTTLED_BY_SERVICE;
            case 503 -> DynamicsProblems.UNAVAILABLE;
            default -> {
                if (status == 408 || status >= 500 && status != 501) {
                    yield DynamicsProblems.SERVER_ERROR;
                }
                yield speaksDataverse && (status == 400 || status == 412 || status == 422)
                        ? DynamicsProblems.LEAD_INVALID
                        : DynamicsProblems.NOT_DATAVERSE;
            }
        };
    }

    /** The kind of result follows from the problem: what is wrong with the destination never rejects a lead. */
    private DeliveryResult of(ProblemType type, Problem problem, HttpAnswer answer) {
        return switch (type.category()) {
            case INVALID_LEAD -> new Rejected(problem);
            case TRANSIENT, OUTCOME_UNKNOWN -> later(problem, answer);
            case THROTTLED -> {
                Instant until = answer.retryAfter(clock);
                yield new Pause(problem, until != null ? until : clock.instant().plus(THROTTLED_WITHOUT_TIME));
            }
            default -> new Pause(problem, null);
        };
    }

    /** Whether a lead that met a rule of the customer's is delivered: not one that forbids contact, which nothing says there. */
    private boolean counts(Problem problem, LeadRow row) {
        return problem.category() == Category.DUPLICATE
                && onDuplicateRule == DynamicsSettings.OnDuplicateRule.DELIVERED
                && !row.forbidsContact();
    }

    /** The record that a lead met, where it is named, stands for it. */
    private static DeliveryResult delivered(Problem problem, LeadRow row) {
        List<String> met = problem.records();
        return new Delivered(Confirmation.ALREADY_PRESENT, met.isEmpty() ? null : met.get(0), row.notes());
    }

    private DeliveryResult later(Problem problem, HttpAnswer answer) {
        Instant until = answer.status() == 503 ? answer.retryAfter(clock) : null;
        return until != null ? new Pause(problem, until) : new Retry(problem, null);
    }

    private static Problem vendor(Problem problem, HttpAnswer answer, @Nullable DataverseError error) {
        return problem.withVendorCode(
                error != null && !error.code().isEmpty() ? error.code() : "HTTP " + answer.status());
    }

    /** Where support is the next step the request is named, by which Microsoft finds it. */
    private static Problem withRequest(Problem problem, HttpAnswer answer) {
        if (!FOR_SUPPORT.contains(problem.code())) {
            return problem;
        }
        for (String name : List.of("x-ms-service-request-id", "REQ_ID")) {
            String id = answer.header(name);
            if (id != null && id.matches(GUID)) {
                return new Problem(
                        problem.code(),
                        problem.category(),
                        problem.cause() + " (request " + id + ")",
                        problem.remedy(),
                        problem.vendorCode(),
                        problem.records());
            }
        }
        return problem;
    }

    private static Problem withTenant(Problem problem, HttpAnswer answer) {
        String challenge = answer.header("WWW-Authenticate");
        String tenant = challenge == null ? null : VendorText.find(TENANT, challenge);
        return tenant == null
                ? problem
                : DynamicsProblems.TOKEN_REJECTED
                        .problem("it takes tokens of directory " + tenant)
                        .withVendorCode(problem.vendorCode());
    }

    private static DeliveryResult notDataverse(HttpAnswer answer) {
        return new Pause(
                DynamicsProblems.NOT_DATAVERSE
                        .problem(answer.isHtml() ? "an HTML page" : "no record")
                        .withVendorCode("HTTP " + answer.status()),
                null);
    }

    private static List<DeliveryResult> same(DeliveryResult result, List<LeadRow> rows) {
        return Collections.nCopies(rows.size(), result);
    }

    /** What an exchange without an answer means for a lead. */
    static DeliveryResult read(TransportException failure) {
        ProblemType type = type(failure);
        Problem problem = type.problem(failure.describe());
        return type.equals(DynamicsProblems.CLIENT_UNFIT) ? new Pause(problem, null) : new Retry(problem, null);
    }

    /** What kind of trouble an exchange without an answer is. */
    static ProblemType type(TransportException failure) {
        return switch (failure.kind()) {
            case UNFIT_CLIENT -> DynamicsProblems.CLIENT_UNFIT;
            case UNKNOWN_HOST -> DynamicsProblems.HOST_UNKNOWN;
            case TLS -> DynamicsProblems.TLS;
            case REFUSED, CONNECT_TIMEOUT -> DynamicsProblems.UNREACHABLE;
            case TIMEOUT -> DynamicsProblems.TIMEOUT;
            case BROKEN -> DynamicsProblems.NO_ANSWER;
        };
    }
}
