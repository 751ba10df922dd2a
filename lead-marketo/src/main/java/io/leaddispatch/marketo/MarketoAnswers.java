package io.leaddispatch.marketo;

import io.leaddispatch.Confirmation;
import io.leaddispatch.Problem;
import io.leaddispatch.ProblemType;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.marketo.MarketoCodes.Action;
import io.leaddispatch.marketo.MarketoCodes.Ruling;
import io.leaddispatch.spi.DeliveryResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From Marketo's answer to one result per record, over its three levels of errors: HTTP, answer, record. Pure but for
 * the clock.
 *
 * @param form whether a form was submitted, where a repeat is not safe; else people were synchronised
 * @param clock for pauses
 * @param window of the call rate
 * @param serverLimit how long Marketo may work on a call
 */
record MarketoAnswers(boolean form, Clock clock, Duration window, Duration serverLimit) {
    private static final Duration CROWD = Duration.ofSeconds(2);

    /** @param sent the fields of each record of the call, in order */
    List<DeliveryResult> read(Reply reply, List<Map<String, Object>> sent) {
        TransportException failure = reply.failure();
        HttpAnswer http = reply.http();
        if (failure != null) {
            return all(sent, failed(reply, failure));
        }
        if (http == null || http.status() != 200) {
            return all(sent, http == null ? unknown(reply, "no answer") : ofStatus(reply, http, sent.size()));
        }
        Envelope envelope = reply.envelope();
        if (envelope == null) {
            return all(sent, unknown(reply, "the answer is not JSON"));
        }
        if (envelope.failed()) {
            return all(sent, ofErrors(reply, envelope, sent));
        }
        if (envelope.success() == null || envelope.result().size() != sent.size()) {
            return all(sent, unknown(reply, envelope.result().size() + " results for " + sent.size() + " leads"));
        }
        List<DeliveryResult> results = new ArrayList<>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            results.add(ofEntry(reply, envelope.result().get(i), sent.get(i).keySet()));
        }
        return results;
    }

    private static List<DeliveryResult> all(List<Map<String, Object>> sent, DeliveryResult one) {
        return Collections.nCopies(sent.size(), one);
    }

    private DeliveryResult failed(Reply reply, TransportException failure) {
        return switch (failure.kind()) {
            case UNFIT_CLIENT -> new DeliveryResult.Pause(MarketoProblems.CLIENT_UNFIT.problem(), null);
            case REFUSED, UNKNOWN_HOST, CONNECT_TIMEOUT, TLS ->
                new DeliveryResult.Retry(MarketoProblems.UNREACHABLE.problem(failure.describe()), null);
            case TIMEOUT, BROKEN -> unknown(reply, failure.describe());
        };
    }

    /** The write may have happened; where a repeat is safe it must not meet a write that is still under way. */
    private DeliveryResult unknown(Reply reply, String detail) {
        return unknown(reply, MarketoProblems.NO_ANSWER.problem(detail));
    }

    private DeliveryResult unknown(Reply reply, Problem problem) {
        if (form) {
            return new DeliveryResult.Unknown(problem);
        }
        Instant over = reply.sentAt().plus(serverLimit);
        HttpAnswer http = reply.http();
        Instant named = http == null ? null : http.retryAfter(clock);
        return new DeliveryResult.Retry(problem, named != null && named.isAfter(over) ? named : over);
    }

    private DeliveryResult ofStatus(Reply reply, HttpAnswer http, int leads) {
        int status = http.status();
        String code = "HTTP " + status;
        if (status == 413) {
            Problem problem = MarketoProblems.TOO_LARGE.problem().withVendorCode(code);
            return leads > 1 ? new DeliveryResult.NotExecuted(problem) : new DeliveryResult.Rejected(problem);
        }
        if (status == 429) {
            Instant until = http.retryAfter(clock);
            return new DeliveryResult.Pause(
                    MarketoProblems.RATE.problem().withVendorCode(code), until != null ? until : after(window));
        }
        if (status >= 500 || status == 408 || status < 300) {
            return unknown(reply, MarketoProblems.NO_ANSWER.problem().withVendorCode(code));
        }
        return new DeliveryResult.Pause(ofStatus(status).problem().withVendorCode(code), null);
    }

    private static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> MarketoProblems.TOKEN_REFUSED;
            case 403 -> MarketoProblems.PERMISSION;
            case 404, 407, 301, 302, 303, 307, 308 -> MarketoProblems.WRONG_ADDRESS;
            default -> MarketoProblems.REQUEST_REFUSED;
        };
    }

    private Instant after(Duration time) {
        return clock.instant().plus(time);
    }

    /** The call failed as a whole. One lead of many that is at fault is found by halving the call. */
    private DeliveryResult ofErrors(Reply reply, Envelope envelope, List<Map<String, Object>> sent) {
        Ruling ruling = MarketoCodes.of(envelope.errors(), MarketoCodes.SYSTEM_ERROR);
        Set<String> names =
                sent.stream().flatMap(each -> each.keySet().stream()).collect(Collectors.toSet());
        List<String> named = named(envelope.errors(), names);
        if (MarketoCodes.isOfTheSetUp(ruling.deciding())) {
            boolean noForm = form && ruling.deciding().equals(MarketoCodes.NO_DATA);
            ProblemType type = noForm ? MarketoProblems.FORM_NOT_FOUND : MarketoProblems.REQUEST_REFUSED;
            return new DeliveryResult.Pause(problem(ruling, type, named), null);
        }
        Problem problem = problem(ruling, ruling.verdict().problem(), named);
        boolean oneOfMany = ruling.verdict().action() == Action.REJECT && sent.size() > 1;
        return oneOfMany ? new DeliveryResult.NotExecuted(problem) : result(reply, ruling, problem);
    }

    private DeliveryResult ofEntry(Reply reply, Envelope.Entry entry, Collection<String> names) {
        boolean skipped = entry.status().equals("skipped") || !entry.reasons().isEmpty();
        if (!skipped) {
            return switch (entry.status()) {
                case "created" -> new DeliveryResult.Delivered(Confirmation.CREATED, entry.id(), List.of());
                case "updated" -> new DeliveryResult.Delivered(Confirmation.UPDATED, entry.id(), List.of());
                default -> unknown(reply, "a status that is neither created nor updated nor skipped");
            };
        }
        Ruling ruling = MarketoCodes.of(entry.reasons(), MarketoCodes.SKIPPED);
        List<String> named = named(entry.reasons(), names);
        if (!named.isEmpty() && entry.reasons().stream().allMatch(MarketoAnswers::isBadValue)) {
            return new DeliveryResult.Rejected(problem(ruling, MarketoProblems.BAD_VALUE, named));
        }
        if (form && !isPassing(ruling)) {
            List<String> shown = named.isEmpty() ? List.copyOf(names) : named;
            return new DeliveryResult.Rejected(problem(ruling, MarketoProblems.FORM_SKIPPED, shown));
        }
        if (ruling.deciding().equals(MarketoCodes.UNKNOWN)) {
            return new DeliveryResult.Rejected(problem(ruling, MarketoProblems.REFUSED_LEAD, named));
        }
        return result(reply, ruling, problem(ruling, ruling.verdict().problem(), named));
    }

    /** As recorded: then it is surely the lead, and not the form. */
    private static boolean isBadValue(Envelope.Code reason) {
        return reason.code().equals("1003") && reason.message().startsWith("Invalid value for field");
    }

    /** Which code a form that lacks a field gets is not known, so only those that are known to pass are tried again. */
    private static boolean isPassing(Ruling ruling) {
        return MarketoCodes.isListed(ruling.deciding())
                && !Set.of(Action.REJECT, Action.HOLD).contains(ruling.verdict().action());
    }

    private DeliveryResult result(Reply reply, Ruling ruling, Problem problem) {
        return switch (ruling.verdict().action()) {
            case RENEW, HOLD -> new DeliveryResult.Pause(problem, null);
            case REJECT -> new DeliveryResult.Rejected(problem);
            case DAY -> new DeliveryResult.Pause(problem, DailyCalls.resetAfter(clock.instant()));
            case WINDOW -> new DeliveryResult.Pause(problem, after(window));
            case CROWD -> new DeliveryResult.Pause(problem, after(CROWD));
            case UNKNOWN -> unknown(reply, problem);
            case RETRY -> new DeliveryResult.Retry(problem, null);
        };
    }

    private static Problem problem(Ruling ruling, ProblemType type, List<String> fields) {
        Problem problem = fields.isEmpty() ? type.problem() : type.problem("fields " + String.join(", ", fields));
        return problem.withVendorCode(ruling.codes());
    }

    /** The names of sent fields that Marketo's words hold; the words themselves quote values, so they are not kept. */
    private static List<String> named(List<Envelope.Code> codes, Collection<String> names) {
        TreeSet<String> found = new TreeSet<>();
        for (Envelope.Code code : codes) {
            for (String word : code.message().split("[^\\p{L}\\p{N}_]+", -1)) {
                if (names.contains(word)) {
                    found.add(word);
                }
            }
        }
        return List.copyOf(found);
    }

    /** The problem of a result, or null if the lead was delivered. */
    static @Nullable Problem problem(DeliveryResult result) {
        if (result instanceof DeliveryResult.Rejected rejected) {
            return rejected.problem();
        }
        if (result instanceof DeliveryResult.Pause pause) {
            return pause.problem();
        }
        if (result instanceof DeliveryResult.Retry retry) {
            return retry.problem();
        }
        if (result instanceof DeliveryResult.NotExecuted not) {
            return not.problem();
        }
        return result instanceof DeliveryResult.Unknown unknown ? unknown.problem() : null;
    }
}
