package io.leaddispatch.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Lead;
import io.leaddispatch.TestLead;
import io.leaddispatch.dynamics.simulator.DataverseSimulator;
import io.leaddispatch.dynamics.simulator.EntraSimulator.Refusal;
import io.leaddispatch.dynamics.simulator.Environment;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.spi.Verification.State;
import io.leaddispatch.spi.Verification.Step;
import io.leaddispatch.testkit.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each stage of the check fails exactly where it should, and the ones behind it are not run. */
class DynamicsVerificationTest extends Servers {
    private static final Lead TEST_LEAD = TestLead.at(Instant.parse("2026-01-02T03:04:05Z"));

    @Test
    void aGoodConnectionPassesEveryStep() throws Exception {
        Verification all = verify("removeTestLead", true);
        assertThat(all.steps()).hasSize(8).allMatch(step -> step.state() == State.PASSED);
        assertThat(all.steps()).filteredOn(step -> step.advice() != null).hasSize(1);
        assertThat(environment().leads).isEmpty();
        assertThat(environment().inserts).hasSize(1);
    }

    @Test
    void theTestLeadStaysUnlessAskedForItsRemoval() throws Exception {
        assertThat(verify().steps()).hasSize(7).allMatch(step -> step.state() == State.PASSED);
        assertThat(stored(TEST_LEAD))
                .containsEntry("lastname", TEST_LEAD.contact().lastName());
    }

    @Test
    void withoutATestLeadNothingIsWritten() throws Exception {
        Verification checked = open().verify(new Verification.Probe(null));
        assertThat(checked.passed()).as("%s", checked).isTrue();
        assertThat(checked.steps()).hasSize(5);
        assertThat(environment().inserts).isEmpty();
    }

    @Test
    void step1FailsWhereSomethingElseAnswers() throws Exception {
        servers.dataverse().instead =
                request -> Answer.of(200).with("Content-Type", "text/html").with("<html>Sign in</html>");
        failsAt(0, "dynamics.not-dataverse", verify());
        servers.dataverse().instead = request -> Answer.of(302).with("Location", "https://login.example/");
        failsAt(0, "dynamics.not-dataverse", verify());
        servers.dataverse().close();
        failsAt(0, "dynamics.unreachable", verify());
    }

    /** Facts 6.1: Dataverse says where to sign in; other servers that want a password do not. */
    @Test
    void step1FailsWhereAnotherServerAsksForASignIn() throws Exception {
        anonymously(Answer.of(401).with("WWW-Authenticate", "Basic realm=\"intranet\""));
        failsAt(0, "dynamics.not-dataverse", verify());
        anonymously(Answer.of(401).with("Content-Type", "text/html").with("<html>Sign in</html>"));
        failsAt(0, "dynamics.not-dataverse", verify());
    }

    @Test
    void step1PassesWhereTheEnvironmentSaysItInAPage() throws Exception {
        anonymously(Answer.of(401)
                .with("Content-Type", "text/html")
                .with(
                        "WWW-Authenticate",
                        "Bearer authorization_uri=https://login.microsoftonline.com/" + servers.dataverse().tenant
                                + "/oauth2/authorize"));
        Step first = verify().steps().get(0);
        assertThat(first.state()).isEqualTo(State.PASSED);
        assertThat(first.advice()).isNull();
    }

    @Test
    void step1SaysWhenNobodyTellsWhereToSignIn() throws Exception {
        for (Answer answer :
                List.of(Answer.of(401), Answer.of(401).with("WWW-Authenticate", "Bearer error=invalid_token"))) {
            anonymously(answer);
            Step first = verify("removeTestLead", true).steps().get(0);
            assertThat(first.state()).isEqualTo(State.PASSED);
            assertThat(first.advice()).contains("does not say where to sign in");
        }
    }

    private void anonymously(Answer answer) {
        servers.dataverse().instead = request -> request.header("Authorization").isEmpty() ? answer : null;
    }

    /** The eighth of the marketplace's errors: an address behind which nobody takes the connection. */
    @Test
    void step1FailsWithATimeoutWhereNoConnectionComesAbout() throws Exception {
        Map<String, Object> settings = settings();
        settings.remove("caFile");
        DynamicsDestination destination = Opened.with(settings, java.time.Clock.systemUTC(), new NoConnection());
        failsAt(0, "dynamics.timeout", destination.verify(new Verification.Probe(null)));
        assertThat(code(one(destination, TEST_LEAD))).isEqualTo("dynamics.identity-unavailable");
    }

    @Test
    void step1FailsWithoutAHost() throws Exception {
        failsAt(0, "dynamics.host-unknown", verify("instanceUrl", "https://contoso.crm4.dynamics.invalid"));
    }

    @Test
    void step1FailsWithoutTrust() throws Exception {
        Map<String, Object> settings = settings();
        settings.remove("caFile");
        failsAt(0, "dynamics.tls", Opened.with(settings).verify(new Verification.Probe(TEST_LEAD)));
    }

    @Test
    void step1FailsWhereNobodyAnswersInTime() throws Exception {
        servers.dataverse().instead = request -> Answer.fault(Answer.Fault.SILENT);
        failsAt(0, "dynamics.timeout", verify("timeout", "2s"));
    }

    @Test
    void step1SaysWhenTheEnvironmentBelongsToAnotherDirectory() throws Exception {
        servers.dataverse().tenant = "99999999-8af1-4aaf-8234-12234d01db47";
        Step first = verify().steps().get(0);
        assertThat(first.state()).isEqualTo(State.PASSED);
        assertThat(first.advice()).contains("99999999-8af1-4aaf-8234-12234d01db47");
    }

    @Test
    void step2FailsWhereTheDirectoryRefuses() throws Exception {
        servers.entra().refuses = path -> path.endsWith("/token")
                ? Refusal.of(400, "unauthorized_client", 700016, "Application with identifier 'x' was not found.")
                : null;
        failsAt(1, "dynamics.application-not-found", verify());
    }

    @Test
    void step2AdvisesUsersToMoveOn() throws Exception {
        Step second = verify("authentication", "office365", "username", "u@contoso.example", "password", "p")
                .steps()
                .get(1);
        assertThat(second.advice()).contains("deprecated", "90 days");
    }

    @Test
    void step2AdvisesUsersOfAnUnknownCloudOfBoth() {
        VerifySettings settings = new VerifySettings(
                java.util.Set.of(),
                Map.of(),
                null,
                true,
                false,
                false,
                java.time.Duration.ofSeconds(1),
                java.time.Clock.systemUTC());
        assertThat(DynamicsVerification.signInAdvice(settings)).contains("deprecated", "authorityHost");
    }

    @Test
    void step3FailsWithoutAUserARoleOrAGoodToken() throws Exception {
        environment().isMember = false;
        failsAt(2, "dynamics.application-user-missing", verify());
        environment().isMember = true;
        environment().hasRoles = false;
        failsAt(2, "dynamics.no-roles", verify());
        servers.dataverse().acceptsToken = token -> false;
        failsAt(2, "dynamics.token-rejected", verify());
    }

    @Test
    void step3FailsWithoutAUserId() throws Exception {
        servers.dataverse().afterwards =
                (request, answer) -> answer.status() == 200 ? answer.with("{\"value\":1}") : answer;
        failsAt(2, "dynamics.not-dataverse", verify());
    }

    @Test
    void step4FailsWithoutTheCreatePrivilege() throws Exception {
        environment().mayCreate = false;
        Verification checked = verify();
        failsAt(3, "dynamics.lead-role-missing", checked);
        assertThat(checked.steps().get(3).problem().cause()).endsWith("missing prvCreateLead");
    }

    @Test
    void step4FailsForASecuredColumnThatMayNotBeSet() throws Exception {
        environment().secured.addAll(List.of("leadsourcecode", "jobtitle", "leadqualitycode"));
        environment().settable.add("jobtitle");
        Verification checked = verify();
        failsAt(3, "dynamics.lead-role-missing", checked);
        assertThat(checked.steps().get(3).problem().cause()).endsWith("secured columns leadsourcecode");
        environment().settable.add("leadsourcecode");
        assertThat(verify().passed()).isTrue();
    }

    @Test
    void steps4And5PassWhereTheRoleMayNotLook() throws Exception {
        environment().mayLook = false;
        Verification checked = verify();
        assertThat(checked.passed()).as("%s", checked).isTrue();
        assertThat(checked.steps().get(3).advice()).contains("may not look");
        assertThat(checked.steps().get(4).advice()).contains("may not look", "standard lengths");
    }

    @Test
    void step4PassesWhereThePrivilegesCannotBeAskedForLikeThat() throws Exception {
        servers.dataverse().instead = request -> request.target().contains("RetrieveUserPrivilegeByPrivilegeName")
                ? DataverseSimulator.error(400, "0x80040203", "Invalid argument")
                : null;
        Verification checked = verify();
        assertThat(checked.passed()).as("%s", checked).isTrue();
        assertThat(checked.steps().get(3).advice()).contains("may not look");
    }

    @ParameterizedTest
    @CsvSource({"429, dynamics.throttled", "500, dynamics.server-error", "401, dynamics.token-rejected"})
    void step5FailsForTroubleThatIsNotTheRoles(int status, String code) throws Exception {
        for (String end : List.of("$select=LogicalName", "StringAttributeMetadata?$select=LogicalName,MaxLength")) {
            servers.dataverse().instead = request -> request.target().endsWith(end) ? Answer.of(status) : null;
            failsAt(4, code, verify());
        }
    }

    /** The case of a reference's name follows from no column. */
    @Test
    void step5SaysThatTheNameOfAReferenceIsUnchecked() throws Exception {
        servers.dataverse().column("campaignid", 100);
        Step fifth = open("fields", Map.of("CampaignId@odata.bind", "/campaigns(1)"))
                .verify(new Verification.Probe(null))
                .steps()
                .get(4);
        assertThat(fifth.state()).isEqualTo(State.PASSED);
        assertThat(fifth.advice()).contains("CampaignId@odata.bind", "upper and lower case", "test lead");
    }

    @Test
    void theShorterOfTheOperatorsAndTheEnvironmentsLengthsCounts() throws Exception {
        servers.dataverse().column("companyname", 4);
        DynamicsDestination destination = open("columnLengths", Map.of("jobtitle", 5, "companyname", 90));
        destination.verify(new Verification.Probe(null));
        one(destination, TEST_LEAD);
        assertThat((String) stored(TEST_LEAD).get("jobtitle")).hasSize(5);
        assertThat((String) stored(TEST_LEAD).get("companyname")).hasSize(4);
    }

    @Test
    void step5FailsForAColumnThatIsNotThere() throws Exception {
        servers.dataverse().withoutColumn("address1_country");
        Verification checked = verify("fields", Map.of("new_colour", "red", "companyname", "{company}"));
        failsAt(4, "dynamics.column-missing", checked);
        assertThat(checked.steps().get(4).problem().cause()).endsWith(": address1_country, new_colour");
    }

    @Test
    void step6FailsWhereTheTestLeadIsRefused() throws Exception {
        environment().sourceCodes.add(100000001);
        failsAt(5, "dynamics.lead-source-code-invalid", verify());
        environment().sourceCodes.clear();
        environment().logic = lead -> new Environment.Refusal(400, "0x80040265", "no");
        failsAt(5, "dynamics.customer-logic", verify());
    }

    @Test
    void step7FailsWhereTheTestLeadVanishes() throws Exception {
        environment().loses = true;
        failsAt(6, "dynamics.test-lead-lost", verify());
    }

    @Test
    void step7PassesWhereTheRoleMayNotRead() throws Exception {
        environment().mayRead = false;
        Verification checked = verify();
        assertThat(checked.passed()).isTrue();
        assertThat(checked.steps().get(6).advice()).contains("may not read");
    }

    @Test
    void step8RemovesTheTestLeadAlsoWhereItCouldNotBeReadBack() throws Exception {
        servers.dataverse().instead = request ->
                request.method().equals("GET") && request.target().contains("/leads(") ? Answer.of(500) : null;
        List<Step> steps = verify("removeTestLead", true).steps();
        assertThat(steps.get(6).problem().code()).isEqualTo("dynamics.server-error");
        assertThat(steps.get(7).state()).isEqualTo(State.PASSED);
        assertThat(environment().inserts).hasSize(1);
        assertThat(environment().leads).isEmpty();
    }

    @Test
    void step8PassesWhereTheRoleMayNotDelete() throws Exception {
        environment().mayDelete = false;
        Verification checked = verify("removeTestLead", true);
        assertThat(checked.passed()).isTrue();
        assertThat(checked.steps().get(7).advice()).contains("remove it yourself");
        assertThat(stored(TEST_LEAD)).isNotNull();
    }

    @Test
    void step8FailsWhereTheServiceFails() throws Exception {
        servers.dataverse().instead = request -> request.method().equals("DELETE")
                ? DataverseSimulator.error(500, "0x80040216", "An unexpected error occurred.")
                : null;
        failsAt(7, "dynamics.server-error", verify("removeTestLead", true));
    }

    private Verification verify(Object... more) throws InterruptedException {
        return open(more).verify(new Verification.Probe(TEST_LEAD));
    }

    private static void failsAt(int step, String code, Verification checked) {
        List<Step> steps = checked.steps();
        for (int i = 0; i < steps.size(); i++) {
            assertThat(steps.get(i).state())
                    .as("step %d of %s", i, checked)
                    .isEqualTo(i < step ? State.PASSED : i == step ? State.FAILED : State.NOT_RUN);
        }
        assertThat(steps.get(step).problem().code()).isEqualTo(code);
    }
}
