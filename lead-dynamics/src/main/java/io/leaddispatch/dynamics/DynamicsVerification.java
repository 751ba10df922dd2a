package io.leaddispatch.dynamics;

import com.fasterxml.jackson.databind.JsonNode;
import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.spi.Verification.Step;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks a connection from the outside in. The marketplace's role may do little more than write leads: what it may not
 * look at passes, and the step says so. Used once.
 */
final class DynamicsVerification {
    private static final String METADATA = "EntityDefinitions(LogicalName='lead')/Attributes";
    private static final String LENGTHS = METADATA + "/Microsoft.Dynamics.CRM.%s?$select=LogicalName,MaxLength";
    private static final String UNSEEN = "the role may not look: the test lead will tell";
    private static final Pattern TENANT = Pattern.compile("authorization_uri=\"?https://[^/\"]+/([0-9a-fA-F-]{36})");

    private interface Check {
        Found run() throws IOException, InterruptedException;
    }

    private final DataverseClient client;
    private final DynamicsAnswers answers;
    private final LeadRequests requests;
    private final LeadRecord record;
    private final VerifySettings settings;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Integer> lengths = new HashMap<>();
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
    }

    /** The lengths of text columns that the environment gave, maybe none. */
    Map<String, Integer> lengths() {
        return lengths;
    }

    Verification run(Verification.Probe probe) throws InterruptedException {
        step("find a Dynamics environment at the address", this::environment);
        step("sign in", this::signIn);
        step("be known there (WhoAmI)", this::whoAmI);
        step("may create leads with all columns", this::privileges);
        step("the columns of the configuration exist", this::columns);
        Lead testLead = probe.testLead();
        if (testLead != null) {
            step("write the test lead", () -> write(testLead));
            step("read the test lead back", this::readBack);
            if (settings.removeTestLead()) {
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
            return Found.failed(DynamicsAnswers.type(e).problem(e.describe()));
        } catch (IOException e) {
            return Found.failed(DynamicsProblems.NO_ANSWER.problem());
        }
    }

    /** Without a token a Web API says 401 and where to sign in; anything else is something else. */
    private Found environment() throws IOException, InterruptedException {
        HttpAnswer answer = client.anonymously(HttpCall.get(client.at("WhoAmI()")), deadline());
        if (answer.status() != 401 || answer.isHtml()) {
            return answer.status() == 429 || answer.status() >= 500
                    ? failure(answer)
                    : Found.failed(DynamicsProblems.NOT_DATAVERSE
                            .problem(answer.isHtml() ? "an HTML page" : "it does not ask for a sign-in")
                            .withVendorCode("HTTP " + answer.status()));
        }
        String challenge = answer.header("WWW-Authenticate");
        String tenant = challenge == null ? null : VendorText.find(TENANT, challenge);
        String ours = settings.directoryId();
        boolean other = tenant != null && ours != null && ours.length() == 36 && !tenant.equalsIgnoreCase(ours);
        return other ? Found.advice("it belongs to directory " + tenant + ", not to directoryId") : Found.WELL;
    }

    private Found signIn() throws IOException, InterruptedException {
        client.signIn(deadline());
        if (settings.asUser()) {
            return Found.advice(
                    "as a user, which is deprecated and needs a new password every 90 days: move to azureAD");
        }
        return settings.knownCloud()
                ? Found.WELL
                : Found.advice(
                        "the cloud does not follow from the address: set authorityHost if it is not the public one");
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

    private Found privileges() throws IOException, InterruptedException {
        String user = "systemusers(" + userId + ")/Microsoft.Dynamics.CRM.";
        HttpAnswer create = get(user + "RetrieveUserPrivilegeByPrivilegeName(PrivilegeName='prvCreateLead')");
        JsonNode held = seen(create, "RolePrivileges");
        if (held != null && held.isEmpty()) {
            return Found.failed(DynamicsProblems.LEAD_ROLE_MISSING.problem("missing prvCreateLead"));
        }
        Problem serious = serious(create);
        if (serious != null) {
            return Found.failed(serious);
        }
        JsonNode attributes = seen(get(METADATA + "?$select=LogicalName,MetadataId,IsSecured"), "value");
        List<String> guarded = attributes == null ? List.of() : guarded(attributes, user);
        if (!guarded.isEmpty()) {
            return Found.failed(DynamicsProblems.LEAD_ROLE_MISSING.problem(
                    "no create permission for the secured columns " + String.join(", ", guarded)));
        }
        return held == null || attributes == null ? Found.advice(UNSEEN) : Found.WELL;
    }

    /** Our columns that column security guards and the user may not set. */
    private List<String> guarded(JsonNode attributes, String user) throws IOException, InterruptedException {
        Map<String, String> secured = new HashMap<>();
        for (JsonNode attribute : attributes) {
            String name = attribute.path("LogicalName").asText();
            if (attribute.path("IsSecured").asBoolean() && settings.columns().contains(name)) {
                secured.put(attribute.path("MetadataId").asText(), name);
            }
        }
        if (secured.isEmpty()) {
            return List.of();
        }
        JsonNode allowed = seen(get(user + "RetrievePrincipalAttributePrivileges()"), "AttributePrivileges");
        if (allowed == null) {
            return List.of();
        }
        for (JsonNode one : allowed) {
            if (one.path("CanCreate").asInt() != 0) {
                secured.remove(one.path("AttributeId").asText());
            }
        }
        return List.copyOf(new TreeSet<>(secured.values()));
    }

    private Found columns() throws IOException, InterruptedException {
        JsonNode attributes = seen(get(METADATA + "?$select=LogicalName"), "value");
        if (attributes == null) {
            return Found.advice(UNSEEN + "; the standard lengths are used");
        }
        TreeSet<String> missing = new TreeSet<>(settings.columns());
        TreeSet<String> there = new TreeSet<>();
        attributes.forEach(attribute -> there.add(attribute.path("LogicalName").asText()));
        missing.removeIf(column -> there.contains(column) || isBound(column, there));
        if (!missing.isEmpty()) {
            return Found.failed(DynamicsProblems.COLUMN_MISSING.problem(String.join(", ", missing)));
        }
        readLengths("StringAttributeMetadata");
        readLengths("MemoAttributeMetadata");
        return lengths.isEmpty()
                ? Found.advice("their lengths cannot be read: the standard ones are used")
                : Found.WELL;
    }

    /** A reference is written by its navigation property, whose case may differ from its column's. */
    private static boolean isBound(String column, java.util.Set<String> there) {
        int at = column.indexOf("@odata.bind");
        return at > 0 && there.contains(column.substring(0, at).toLowerCase(java.util.Locale.ROOT));
    }

    private void readLengths(String type) throws IOException, InterruptedException {
        JsonNode attributes = seen(get(String.format(LENGTHS, type)), "value");
        if (attributes != null) {
            for (JsonNode attribute : attributes) {
                int most = attribute.path("MaxLength").asInt();
                if (most > 0) {
                    lengths.put(attribute.path("LogicalName").asText(), most);
                }
            }
        }
    }

    private Found write(Lead testLead) throws IOException, InterruptedException {
        LeadRow row = record.withLengths(lengths).of(testLead);
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

    /** The array of that name in an answer, or null if the role may not see it or it is not there. */
    private static @Nullable JsonNode seen(HttpAnswer answer, String name) {
        JsonNode root = answer.isSuccess() ? DataverseError.json(answer.body()) : null;
        JsonNode array = root == null ? null : root.get(name);
        return array != null && array.isArray() ? array : null;
    }

    /** What is wrong with the user or the service rather than with looking at privileges. */
    private @Nullable Problem serious(HttpAnswer answer) {
        boolean mayNotLook = answer.isSuccess() || answer.status() == 403 || answer.status() == 404;
        return mayNotLook ? null : answers.problem(answer);
    }

    private HttpAnswer get(String path) throws IOException, InterruptedException {
        return client.call(HttpCall.get(client.at(path)), deadline());
    }

    private Instant deadline() {
        return settings.clock().instant().plus(settings.timeout());
    }
}
