package io.leaddispatch.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.ScriptedServer;
import io.leaddispatch.testkit.salesforce.OrgField;
import io.leaddispatch.testkit.salesforce.SalesforceSimulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which servers get credentials and tokens, and what is said of wrong ones. */
class LoginServerTest extends WithOrg {
    @ParameterizedTest
    @CsvSource({
        "https://acme.my.salesforce.com, true",
        "https://acme--dev.sandbox.my.salesforce.com, true",
        "https://acme.force.com, true",
        "https://salesforce.com.evil.example, false",
        "https://x.salesforce.com.evil, false",
        "https://evilsalesforce.com, false",
        "https://crm.example.org, true",
        "https://sub.partner.example, true",
        "https://partner.example.evil, false",
        "http://acme.my.salesforce.com, false",
        "https://user@acme.my.salesforce.com, false",
        "http://localhost:1, false",
    })
    void aTokenGoesToTrustedHostsOnly(URI server, boolean trusted) {
        TrustedHosts hosts = TrustedHosts.of("crm.example.org", List.of(".partner.example"), true);
        assertThat(hosts.trusts(server)).isEqualTo(trusted);
    }

    @Test
    void aServerThatIsNotSalesforcesGetsNoToken() {
        try (ScriptedServer evil = ScriptedServer.start()) {
            org.instanceUrl(evil.uri().toString().replace("localhost", "127.0.0.1"));
            assertThat(refusal()).isEqualTo("salesforce.untrusted-instance");
            assertThat(evil.requests()).isEmpty();
            org.instanceUrl("no address");
            assertThat(refusal()).isEqualTo("salesforce.untrusted-instance");
        }
    }

    @Test
    void theNamedServerIsUsed() {
        try (SalesforceSimulator other = SalesforceSimulator.start()) {
            org.instanceUrl(other.uri().toString());
            assertThat(refusal()).isEqualTo("salesforce.session-refused"); // the other org does not know our session
            assertThat(other.requests()).isNotEmpty();
        }
    }

    @Test
    void anOverrideIsUsedInsteadOfTheNamedServer() {
        org.instanceUrl("https://elsewhere.my.salesforce.com");
        settings.put("instanceUrl", org.uri().toString());
        assertThat(send()).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void wrongAddressesAreFoundAtTheStart() {
        settings.put("loginUrl", "https://login.salesforce.com");
        assertThatThrownBy(this::dispatcher).hasMessageContaining("loginUrl: does not serve client credentials");
        settings.put("loginUrl", "https://acme.lightning.force.com");
        assertThatThrownBy(this::dispatcher).hasMessageContaining("loginUrl: is the address of the user interface");
        settings.remove("clientId");
        settings.remove("clientSecret");
        settings.remove("auth");
        assertThatThrownBy(this::dispatcher)
                .isInstanceOfSatisfying(
                        LeadConfigurationException.class,
                        e -> assertThat(e.faults())
                                .extracting(LeadConfigurationException.Fault::path)
                                .contains("destinations.crm.settings.clientId", "destinations.crm.settings.auth"));
    }

    @Test
    void verifyGoesStepByStep() throws Exception {
        org.field(OrgField.restricted("LeadSource", "AzureMarketplace-INS|contoso.backup"));
        try (LeadDispatcher dispatcher = dispatcher()) {
            Verification good = dispatcher.verify("crm", new Verification.Probe(Leads.ada()));
            assertThat(good.passed()).isTrue();
            assertThat(good.steps().stream().map(Verification.Step::what))
                    .contains("read the fields of Lead", "find every mapped field", "deliver the test lead");
            assertThat(good.steps().stream().map(step -> String.valueOf(step.advice())))
                    .contains("LeadSource is a restricted picklist: leads with another value are rejected");
            assertThat(org.leads()).hasSize(1);
            org.withoutField("Title");
            Verification bad = dispatcher.verify("crm", new Verification.Probe(null));
            assertThat(bad.steps().get(2).problem().code()).isEqualTo("salesforce.mapping");
            org.refuseLogins("invalid_grant", "inactive user").expireSessions();
            Verification worse = dispatcher.verify("crm", new Verification.Probe(null));
            assertThat(worse.steps().get(1).problem().code()).isEqualTo("salesforce.credentials");
        }
    }

    @Test
    void aLogInThatCannotBeReachedIsTriedAgain() {
        org.close();
        Outcome.Undelivered undelivered = (Outcome.Undelivered) send();
        assertThat(undelivered.problem().code()).isEqualTo("salesforce.login-failed");
        assertThat(undelivered.mayExist()).isFalse();
    }

    @Test
    void aClientThatFollowsRedirectsIsRefusedByBothModes() throws Exception {
        HttpClient unfit = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        Given web = new Given()
                .with(SalesforceSettings.MODE, "web-to-lead")
                .with(SalesforceSettings.ORGANIZATION, SalesforceSimulator.ORGANIZATION);
        for (Given given : List.of(Given.rest(org), web)) {
            LeadBatch batch = new LeadBatch(List.of(Leads.ada()), Instant.now().plusSeconds(30), false);
            DeliveryResult result =
                    given.open(unfit, Clock.systemUTC()).deliver(batch).get(0);
            assertThat(result).isInstanceOf(DeliveryResult.Pause.class);
            assertThat(Answers.code(result)).isEqualTo("salesforce.client-unfit");
        }
        assertThat(org.requests()).isEmpty();
    }

    @Test
    void anAnswerWithoutATokenIsNone() {
        try (ScriptedServer server = ScriptedServer.start()) {
            server.otherwise(request -> Answer.json(200, "{\"access_token\":\"with blank\"}"));
            settings.put("loginUrl", server.uri().toString());
            assertThat(refusal()).isEqualTo("salesforce.login-failed");
        }
    }
}
