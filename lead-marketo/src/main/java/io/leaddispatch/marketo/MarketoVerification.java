package io.leaddispatch.marketo;

import com.fasterxml.jackson.databind.JsonNode;
import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.marketo.TokenFailure.Stage;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.spi.VerificationSteps;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks an instance from the outside in; writes nothing but the test lead. Not safe for use by many threads. */
final class MarketoVerification {
    private static final String DESCRIBE = "/rest/v1/leads/describe.json";
    private static final String NOT_SHOWN =
            "not looked at: the API user may not read forms; the role Read-Only Assets lets it";

    private final RestDestination.Parts parts;
    private final RestDestination destination;
    private final Clock clock;
    private Map<String, String> pairs = Map.of();

    MarketoVerification(RestDestination.Parts parts, RestDestination destination) {
        this.parts = parts;
        this.destination = destination;
        this.clock = parts.answers().clock();
    }

    Verification run(Verification.Probe probe) throws InterruptedException {
        TokenFailure failure = authenticate();
        VerificationSteps steps = new VerificationSteps()
                .then("reach Marketo's identity service", () -> problem(failure, Stage.ADDRESS))
                .then("get a token", () -> problem(failure, Stage.TOKEN))
                .then("read the lead fields with it, and find those that are mapped", this::describe);
        FormFields form = parts.formFields();
        if (form != null) {
            boolean reached = steps.verification().passed();
            Reply reply = reached ? get(form.path()) : null;
            boolean hidden = reply != null && isForbidden(reply);
            steps.then(
                    "find the mapped fields on form " + form.formId(),
                    hidden ? NOT_SHOWN : null,
                    () -> hidden || reply == null ? null : check(form, reply));
        }
        Lead testLead = probe.testLead();
        if (testLead != null) {
            String advice = "look for the person with lead source " + testLead.source() + " there";
            steps.then("deliver the test lead", advice, () -> deliver(testLead));
        }
        return steps.verification();
    }

    private Instant deadline() {
        return clock.instant().plus(parts.limits().callTimeout());
    }

    private @Nullable TokenFailure authenticate() throws InterruptedException {
        try {
            parts.client().authenticate(deadline());
            return null;
        } catch (TokenFailure e) {
            return e;
        }
    }

    private static @Nullable Problem problem(@Nullable TokenFailure failure, Stage stage) {
        return failure != null && failure.stage() == stage ? failure.problem() : null;
    }

    private @Nullable Problem describe() throws InterruptedException {
        Reply reply = get(DESCRIBE);
        JsonNode body = reply == null ? null : FormFields.body(reply);
        if (reply == null || body == null) {
            return reply == null ? MarketoProblems.TOKEN_UNAVAILABLE.problem() : refusal(reply);
        }
        pairs = FormFields.pairs(body);
        List<String> unknown = FormFields.unknown(parts.records().names(), pairs);
        return unknown.isEmpty() ? null : MarketoProblems.UNKNOWN_FIELD.problem(String.join(", ", unknown));
    }

    private @Nullable Problem check(FormFields form, Reply reply) {
        JsonNode body = FormFields.body(reply);
        return body == null
                ? MarketoProblems.FORM_NOT_FOUND
                        .problem()
                        .withVendorCode(refusal(reply).vendorCode())
                : form.check(body, parts.records().names(), pairs);
    }

    /** The answers to what only reads mean the same as those to one lead, but that nothing can be in doubt. */
    private Problem refusal(Reply reply) {
        DeliveryResult result = parts.answers().read(reply, List.of(Map.of())).get(0);
        Problem problem = MarketoAnswers.problem(result);
        return problem == null || problem.code().equals(MarketoProblems.NO_ANSWER.code())
                ? MarketoProblems.UNAVAILABLE.problem().withVendorCode(problem == null ? null : problem.vendorCode())
                : problem;
    }

    private static boolean isForbidden(Reply reply) {
        Envelope envelope = reply.envelope();
        return envelope != null
                && envelope.failed()
                && envelope.errors().stream().anyMatch(error -> error.code().equals("603"));
    }

    private @Nullable Reply get(String path) throws InterruptedException {
        try {
            return parts.client().get(path, deadline());
        } catch (TokenFailure e) {
            return null;
        }
    }

    private @Nullable Problem deliver(Lead testLead) throws InterruptedException {
        LeadBatch batch = new LeadBatch(List.of(testLead), deadline(), false);
        DeliveryResult result = destination.deliver(batch).get(0);
        boolean withoutCompany = result instanceof DeliveryResult.Retry retry
                && retry.problem().code().equals(MarketoProblems.COMPANY_FIXED.code());
        return MarketoAnswers.problem(
                withoutCompany ? destination.deliver(batch).get(0) : result);
    }
}
