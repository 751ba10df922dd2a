package io.leaddispatch.dynamics;

import com.fasterxml.jackson.databind.JsonNode;
import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.ProblemType;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.spi.Verification.Step;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks a connection from the outside in. The marketplace's role may do little more than write leads: what it may not
 * look at passes, and the step says so. Used once.
 */
final class DynamicsVerification {
    private static final String SIGN_IN_AT = "authorization_uri=";
    private static final Pattern TENANT = Pattern.compile(SIGN_IN_AT + "\"?https://[^/\"]+/([0-9a-fA-F-]{36})");

    private interface Check {
        Found run() throws IOException, InterruptedException;
    }

    private final DataverseClient client;
    private final DynamicsAnswers answers;
    private final LeadRequests requests;
    private final LeadRecord record;
    private final VerifySettings settings;
    private final List<Step> steps = new ArrayList<>();
    private final SchemaCheck schema;
    private boolean failed;
    private @Nullable String userId;
    private @Nullable UUID written;

    DynamicsVerification(
            DataverseClient client,
            DynamicsAnswers answers,
            LeadRequests requests,
            LeadRecord record,
            VerifySettings settings) {
        this.client = client;
        this.answers = answers;
        this.requests = requests;
        this.record = record;
        this.settings = settings;
        schema = new SchemaCheck(this::get, answers, settings);
    }

    /** The lengths of text columns that the environment gave, maybe none. */
    Map<String, Integer> lengths() {
        return schema.lengths();
    }

    Verification run(Verification.Probe probe) throws InterruptedException {
        step("find a Dynamics environment at the address", this::environment);
        step("sign in", this::signIn);
        step("be known there (WhoAmI)", this::whoAmI);
        step("may create leads with all columns", () -> schema.privileges(String.valueOf(userId)));
        step("the columns of the configuration exist", schema::columns);
        Lead testLead = probe.testLead();
        if (testLead != null) {
            step("write the test lead", () -> write(testLead));
            step("read the test lead back", this::readBack);
            if (settings.removeTestLead()) {
                failed &= written == null; // what was written is removed, also where it could not be read back
                step("remove the test lead", this::remove);
            }
        }
        return new Verification(steps);
    }

    private void step(String what, Check check) throws InterruptedException {
        if (failed) {
            steps.add(Step.notRun(what));
            return;
        }
        Found found = found(check);
        failed = found.problem() != null;
        steps.add(
                found.problem() != null
                        ? Step.failed(what, found.problem())
                        : found.advice() != null ? Step.passed(what, found.advice()) : Step.passed(what));
    }

    private static Found found(Check check) throws InterruptedException {
        try {
            return check.run();
        } catch (SignInException e) {
            Problem problem = Results.problem(e.result());
            return Found.failed(problem == null ? SignInProblems.UNCLASSIFIED.problem() : problem);
        } catch (TransportException e) {
            return Found.failed(type(e).problem(e.describe()));
        } catch (IOException e) {
            return Found.failed(DynamicsProblems.NO_ANSWER.problem());
        }
    }

    /** No connection in time is what the marketplace's page calls a time-out; of no lead it is to be known what became. */
    private static ProblemType type(TransportException failure) {
        return failure.kind() == TransportException.Kind.CONNECT_TIMEOUT
                ? DynamicsProblems.TIMEOUT
                : DynamicsAnswers.type(failure);
    }

    /** Without a token a Web API says 401 and where to sign in; anything else is something else. */
    private Found environment() throws IOException, InterruptedException {
        HttpAnswer answer = client.anonymously(HttpCall.get(client.at("WhoAmI()")), deadline());
        String challenge = String.join(", ", answer.headers().allValues("WWW-Authenticate"));
        if (answer.status() == 401 && challenge.contains(SIGN_IN_AT)) {
            return directory(challenge);
        }
        boolean bearer = challenge.regionMatches(true, 0, "Bearer", 0, "Bearer".length());
        if (answer.status() == 401 && (bearer || challenge.isEmpty() && !answer.isHtml())) {
            return Found.advice("it wants a token and does not say where to sign in: check that it is the environment");
        }
        return answer.status() == 429 || answer.status() >= 500
                ? failure(answer)
                : Found.failed(DynamicsProblems.NOT_DATAVERSE
                        .problem(answer.isHtml() ? "an HTML page" : "it does not ask for a sign-in as Dataverse does")
                        .withVendorCode("HTTP " + answer.status()));
    }

    private Found directory(String challenge) {
        String tenant = VendorText.find(TENANT, challenge);
        String ours = settings.directoryId();
        boolean other = tenant != null && ours != null && ours.length() == 36 && !tenant.equalsIgnoreCase(ours);
        return other ? Found.advice("it belongs to directory " + tenant + ", not to directoryId") : Found.WELL;
    }

    private Found signIn() throws IOException, InterruptedException {
        client.signIn(deadline());
        String advice = signInAdvice(settings);
        return advice == null ? Found.WELL : Found.advice(advice);
    }

    /** What to know of the sign-in although it works, or null. */
    static @Nullable String signInAdvice(VerifySettings settings) {
        List<String> advice = new ArrayList<>(2);
        if (settings.asUser()) {
            advice.add("as a user, which is deprecated and needs a new password every 90 days: move to azureAD");
        }
        if (!settings.knownCloud()) {
            advice.add("the cloud does not follow from the address: set authorityHost if it is not the public one");
        }
        return advice.isEmpty() ? null : String.join("; ", advice);
    }

    private Found whoAmI() throws IOException, InterruptedException {
        HttpAnswer answer = get("WhoAmI()");
        Problem problem = answers.problem(answer);
        if (problem != null) {
            return Found.failed(problem);
        }
        JsonNode who = DataverseError.json(answer.body());
        String id = who == null ? "" : who.path("UserId").asText("");
        if (!id.matches("[0-9a-fA-F-]{36}")) {
            return Found.failed(DynamicsProblems.NOT_DATAVERSE.problem("no user id"));
        }
        userId = id;
        return Found.WELL;
    }

    private Found write(Lead testLead) throws IOException, InterruptedException {
        LeadRow row = record.withLengths(schema.lengths()).of(testLead);
        HttpAnswer answer = client.call(requests.one(row), deadline());
        Problem problem = Results.problem(answers.one(answer, row));
        if (problem != null) {
            return Found.failed(problem);
        }
        written = row.id();
        return Found.advice("look for lead " + row.id() + " there");
    }

    private Found readBack() throws IOException, InterruptedException {
        HttpAnswer answer = get(LeadRequests.SET + "(" + written + ")?$select=leadid");
        if (answer.status() == 403) {
            return Found.advice("the role may not read leads, which is well: look for it yourself");
        }
        if (answer.status() == 404) {
            return Found.failed(DynamicsProblems.TEST_LEAD_LOST.problem());
        }
        return failure(answer);
    }

    private Found remove() throws IOException, InterruptedException {
        HttpCall delete = HttpCall.of(
                "DELETE", client.at(LeadRequests.SET + "(" + written + ")"), "application/json", new byte[0]);
        HttpAnswer answer = client.call(delete, deadline());
        if (answer.status() == 403 || answer.status() == 404) {
            return Found.advice("the role may not delete leads: remove it yourself");
        }
        return failure(answer);
    }

    private Found failure(HttpAnswer answer) {
        Problem problem = answers.problem(answer);
        return problem == null ? Found.WELL : Found.failed(problem);
    }

    private HttpAnswer get(String path) throws IOException, InterruptedException {
        return client.call(HttpCall.get(client.at(path)), deadline());
    }

    private Instant deadline() {
        return settings.clock().instant().plus(settings.timeout());
    }
}
