package io.leaddispatch.marketo;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Lead;
import io.leaddispatch.TestLead;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.spi.Verification.State;
import io.leaddispatch.spi.Verification.Step;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.marketo.MarketoSimulator;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each step of the connection check, failing exactly there. */
class MarketoVerificationTest {
    private static final Lead TEST_LEAD = TestLead.at(Instant.parse("2026-05-01T12:00:00Z"));
    private static final String FORM_PATH = "/rest/asset/v1/form";

    private final MarketoSimulator marketo = MarketoSimulator.start();

    @BeforeEach
    void aFormThatCanCarryTheFlags() {
        marketo.form(
                5,
                "email",
                "firstName",
                "lastName",
                "phone",
                "title",
                "company",
                "country",
                "leadSource",
                "unsubscribed",
                "doNotCall");
    }

    @AfterEach
    void stop() {
        marketo.close();
    }

    private Given form() {
        return Given.at(marketo.uri()).with(MarketoSettings.FORM_ID, "5");
    }

    private static Verification verify(Given given) throws Exception {
        return given.open().verify(new Verification.Probe(TEST_LEAD));
    }

    private static void failsExactlyAt(int step, String code, Verification verification) {
        List<Step> steps = verification.steps();
        for (int i = 0; i < steps.size(); i++) {
            State expected = i < step ? State.PASSED : i == step ? State.FAILED : State.NOT_RUN;
            assertThat(steps.get(i).state()).as(steps.get(i).toString()).isEqualTo(expected);
        }
        assertThat(steps.get(step).problem().code()).isEqualTo(code);
        assertThat(steps.get(step).problem().remedy()).isNotBlank();
    }

    @Test
    void allStepsPassAndTheTestLeadIsWritten() throws Exception {
        Verification verification = verify(form());
        assertThat(verification.steps()).hasSize(5);
        assertThat(verification.passed()).as(verification.toString()).isTrue();
        assertThat(marketo.people()).hasSize(1);
    }

    @Test
    void leadSynchronisationHasNoForm() throws Exception {
        Verification verification = verify(form().with(MarketoSettings.MODE, "leads"));
        assertThat(verification.steps()).hasSize(4);
        assertThat(verification.passed()).isTrue();
    }

    @Test
    void theSameTestLeadPassesAgain() throws Exception {
        for (int i = 0; i < 2; i++) {
            Verification verification =
                    form().with(MarketoSettings.MODE, "leads").open().verify(new Verification.Probe(Leads.ada()));
            assertThat(verification.passed()).as(verification.toString()).isTrue();
        }
    }

    @Test
    void withoutATestLeadNothingIsWritten() throws Exception {
        Verification verification = form().open().verify(new Verification.Probe(null));
        assertThat(verification.steps()).hasSize(4);
        assertThat(verification.passed()).isTrue();
        assertThat(marketo.size()).isZero();
    }

    @Test
    void nobodyThereFailsAtTheAddress() throws Exception {
        failsExactlyAt(
                0,
                "marketo.unreachable",
                verify(form().with(
                                MarketoSettings.BASE_URL,
                                URI.create("http://localhost:1").toString())));
    }

    @Test
    void somebodyElseThereFailsAtTheAddress() throws Exception {
        marketo.server().answer(Answer.of(404).with("<html>not found</html>"));
        failsExactlyAt(0, "marketo.wrong-address", verify(form()));
    }

    @Test
    void aWrongSecretFailsAtTheToken() throws Exception {
        failsExactlyAt(1, "marketo.credentials", verify(form().with(MarketoSettings.CLIENT_SECRET, "wrong")));
    }

    @Test
    void aRoleThatIsMissingFailsAtThePermission() throws Exception {
        marketo.forbid("/rest/v1/leads/describe.json");
        failsExactlyAt(2, "marketo.permission", verify(form()));
    }

    @Test
    void aNameThatTheInstanceDoesNotKnowFailsThereToo() throws Exception {
        Verification verification = verify(form().with(FieldMapping.FIELDS, Map.of("industri", "IT")));
        failsExactlyAt(2, "marketo.unknown-field", verification);
        assertThat(verification.steps().get(2).problem().cause()).endsWith(": industri");
    }

    @Test
    void aFieldThatTheFormLacksFailsAtTheForm() throws Exception {
        marketo.field("mktoCampaign", "campaign_id__c");
        marketo.form(6, "email", "firstName", "lastName", "phone", "company", "country", "leadSource", "mktoCampaign");
        Verification verification = verify(
                form().with(MarketoSettings.FORM_ID, "6").with(FieldMapping.FIELDS, Map.of("mktoCampaign", "spring")));
        failsExactlyAt(3, "marketo.form-lacks-fields", verification);
        assertThat(verification.steps().get(3).problem().cause()).endsWith(": title, unsubscribed, doNotCall");
    }

    @Test
    void aFormThatIsNotThereFailsAtTheForm() throws Exception {
        failsExactlyAt(3, "marketo.form-not-found", verify(form().with(MarketoSettings.FORM_ID, "99")));
    }

    @Test
    void formsThatMayNotBeReadDoNotBlock() throws Exception {
        marketo.forbid(FORM_PATH);
        Verification verification = verify(form());
        assertThat(verification.passed()).isTrue();
        assertThat(verification.steps().get(3).advice()).contains("Read-Only Assets");
    }

    @Test
    void aSkippedTestLeadFailsAtTheEnd() throws Exception {
        marketo.forbid(FORM_PATH);
        failsExactlyAt(4, "marketo.form-skipped", verify(form().with(FieldMapping.FIELDS, Map.of("city", "Berlin"))));
    }
}
