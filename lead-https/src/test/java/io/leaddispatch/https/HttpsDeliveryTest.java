package io.leaddispatch.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.DispatcherBuilder;
import io.leaddispatch.LaneOptions;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.TestLead;
import io.leaddispatch.json.LeadJson;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.spi.Verification.State;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Answer.Fault;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.ScriptedServer;
import io.leaddispatch.testkit.TlsIdentity;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The destination behind a dispatcher, against a real TLS server and an independent verifier of signatures. */
class HttpsDeliveryTest {
    private static final String OLD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String NEW_SECRET = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @TempDir
    static Path folder;

    private static TlsIdentity identity;
    private ScriptedServer server;

    @BeforeAll
    static void makeCertificate() throws Exception {
        identity = TlsIdentity.forLocalhost(folder);
    }

    @BeforeEach
    void start() {
        server = ScriptedServer.start(identity);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aLeadArrivesInTheMarketplacesForm() {
        assertThat(send(Map.of())).isEqualTo(new Outcome.Delivered(Confirmation.ACCEPTED, null, List.of(), 1));
        ReceivedRequest request = server.requests().get(0);
        assertThat(request.body())
                .isEqualTo("{\"userDetails\":{\"firstName\":\"Ada\",\"email\":\"ada@example.com\"},"
                        + "\"leadSource\":\"AzureMarketplace\",\"actionCode\":\"INS\",\"offerTitle\":\"Zürich €\"}");
        assertThat(request.header("content-type")).isEqualTo("application/json; charset=utf-8");
        assertThat(request.header("user-agent")).startsWith("lead-dispatch/");
    }

    @Test
    void anEventCarriesOurIds() {
        send(Map.of("profile", "event"));
        assertThat(server.requests().get(0).body())
                .startsWith("{\"type\":\"marketplace.lead.created\",\"data\":{\"userDetails\"")
                .endsWith(",\"leadId\":\"ada-\\\"1\\\\\",\"offerId\":\"contoso.app\"}}");
    }

    @Test
    void anIndependentVerifierAcceptsBothKeysAndNothingElse() throws Exception {
        send(Map.of("signingSecrets", List.of(NEW_SECRET, OLD_SECRET)));
        ReceivedRequest request = server.requests().get(0);
        new Webhook(OLD_SECRET).verify(request.body(), headers(request));
        new Webhook(NEW_SECRET).verify(request.body(), headers(request));
        assertThatThrownBy(() -> new Webhook(OLD_SECRET).verify(request.body() + " ", headers(request)))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void attemptsShareTheirIds() {
        server.answer(503);
        send(Map.of());
        List<ReceivedRequest> requests = server.requests();
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0).header("webhook-id"))
                .matches("msg_[A-Za-z0-9_-]{43}")
                .isEqualTo(requests.get(1).header("webhook-id"));
        assertThat(requests.get(0).header("idempotency-key"))
                .isEqualTo('"' + requests.get(0).header("webhook-id") + '"');
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "bearer, authorization, Bearer CANARY-token",
        "basic, authorization, Basic YWRhOkNBTkFSWS1wYXNzd29yZA==",
        "api-key, x-api-key, CANARY-key"
    })
    void credentialsTravelAsAsked(String auth, String header, String value) {
        send(Map.of(
                "auth", auth,
                "token", "CANARY-token",
                "username", "ada",
                "password", "CANARY-password",
                "apiKey", "CANARY-key"));
        assertThat(server.requests().get(0).header(header)).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"302, https.redirects", "401, https.unauthorized", "404, https.not-found", "410, https.gone"})
    void whatIsWrongWithTheEndpointHoldsItAndLeavesTheLeadWithTheCaller(int status, String code) {
        server.answer(status);
        try (LeadDispatcher dispatcher = dispatcher(Map.of()).build()) {
            var first = (Outcome.Undelivered) dispatcher.send(lead()).at("hook");
            assertThat(first.problem().code()).isEqualTo(code);
            assertThat(first.mayExist()).isFalse();
            assertThat(first.attempts()).isZero();
            var second = (Outcome.Undelivered) dispatcher.send(lead()).at("hook");
            assertThat(second.problem().code()).isEqualTo(code);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aThrottledEndpointIsLeftAloneAndThenServed() {
        server.answer(Answer.of(429).with("Retry-After", "1"));
        assertThat(send(Map.of())).isEqualTo(new Outcome.Delivered(Confirmation.ACCEPTED, null, List.of(), 1));
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aLeadThatTheEndpointRefusesIsRejected() {
        server.answer(422);
        var rejected = (Outcome.Rejected) send(Map.of());
        assertThat(rejected.problem().code()).isEqualTo("https.refused-lead");
        assertThat(rejected.attempts()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "CLOSED_BEFORE_STORING",
                "CLOSED_AFTER_STORING",
                "RESET_AFTER_STORING",
                "SILENT",
                "STALLED_BODY",
                "TRUNCATED_BODY",
                "NOT_HTTP"
            })
    void aLostAnswerIsRepeatedWithTheSameId(Fault fault) {
        server.answer(Answer.fault(fault));
        var delivered = (Outcome.Delivered) send(Map.of("timeout", "2s"));
        assertThat(delivered.attempts()).isEqualTo(2);
        assertThat(server.requests().stream().map(r -> r.header("webhook-id")).collect(Collectors.toSet()))
                .hasSize(1);
    }

    @Test
    void aStalledBodyFreesTheConnection() throws Exception {
        server.answer(Answer.fault(Fault.STALLED_BODY));
        send(Map.of("timeout", "1s"));
        assertThat(server.awaitClosedByClient(1, 5_000)).isTrue();
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() {
        var dispatcher = LeadDispatcher.builder()
                .to("hook", "https", Map.of("httpsEndpointUrl", server.uri() + "/hook"))
                .lane("hook", LaneOptions.DEFAULT.withAttempts(1));
        try (LeadDispatcher open = dispatcher.build()) {
            var undelivered = (Outcome.Undelivered) open.send(lead()).at("hook");
            assertThat(undelivered.problem().code()).isEqualTo("https.tls");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void configurationFaultsComeAllAtOnceAndWithoutValues() {
        assertThatThrownBy(() -> LeadDispatcher.builder()
                        .to(
                                "hook",
                                "https",
                                Map.of(
                                        "httpsEndpointUrl",
                                        "http://CANARY.example/hook",
                                        "signingSecrets",
                                        List.of("CANARY"),
                                        "acceptedStatuses",
                                        "20",
                                        "headers",
                                        Map.of("X-Key", "CANARY\nX: y")))
                        .build())
                .isInstanceOf(LeadConfigurationException.class)
                .hasMessageContaining("httpsEndpointUrl: is plain http")
                .hasMessageContaining("signingSecrets[0]: is not whsec_")
                .hasMessageContaining("acceptedStatuses: not a status")
                .hasMessageContaining("headers: does not fit: the value of header X-Key")
                .hasMessageNotContaining("CANARY");
    }

    @Test
    void aCheckGoesStepByStep() throws Exception {
        assertThat(verify(server.uri().toString(), Map.of()).passed()).isTrue();
        assertThat(LeadJson.read(server.requests().get(0).body()).isTest()).isTrue();

        server.answer(401);
        assertThat(states(verify(server.uri().toString(), Map.of())))
                .containsExactly(State.PASSED, State.PASSED, State.PASSED, State.PASSED, State.FAILED);
        assertThat(states(verify("https://no-such-host.invalid", Map.of())))
                .containsExactly(State.PASSED, State.FAILED, State.NOT_RUN, State.NOT_RUN, State.NOT_RUN);
        assertThat(states(verify("https://localhost:1", Map.of())))
                .containsExactly(State.PASSED, State.PASSED, State.FAILED, State.NOT_RUN, State.NOT_RUN);
        TlsIdentity other = TlsIdentity.create(folder, "other", "dns:other.example");
        try (ScriptedServer wrongName = ScriptedServer.start(other)) {
            assertThat(states(verify(
                            wrongName.uri().toString(),
                            Map.of("caFile", other.pem().toString()))))
                    .containsExactly(State.PASSED, State.PASSED, State.PASSED, State.FAILED, State.NOT_RUN);
        }
    }

    @Test
    void addressesThatAreNotPublicAreRefusedWhereThatIsAsked() {
        var undelivered = (Outcome.Undelivered) send(Map.of("refuseNonPublicAddresses", true));
        assertThat(undelivered.problem().code()).isEqualTo("https.not-public");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aPreviewShowsTheRequestWithoutKeys() {
        try (LeadDispatcher dispatcher = dispatcher(
                        Map.of("auth", "bearer", "token", "CANARY", "headers", Map.of("X-Key", "CANARY")))
                .build()) {
            assertThat(dispatcher.preview(lead()).get("hook"))
                    .startsWith("POST https://localhost:")
                    .contains("User-Agent: lead-dispatch/", "Authorization: ***", "X-Key: ***", "\"firstName\":\"Ada\"")
                    .doesNotContain("CANARY")
                    .doesNotContain("sig=");
        }
        assertThat(server.requests()).isEmpty();
    }

    private static List<State> states(Verification verification) {
        return verification.steps().stream().map(Verification.Step::state).toList();
    }

    private Verification verify(String url, Map<String, Object> settings) throws Exception {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("httpsEndpointUrl", url + "/hook");
        try (LeadDispatcher dispatcher = dispatcher(all).build()) {
            return dispatcher.verify("hook", new Verification.Probe(TestLead.at(Instant.now())));
        }
    }

    private Outcome send(Map<String, Object> settings) {
        try (LeadDispatcher dispatcher = dispatcher(settings).build()) {
            DispatchReport report = dispatcher.send(lead());
            assertThat(dispatcher.stats().lanes().get("hook").balanced()).isTrue();
            return report.at("hook");
        }
    }

    private DispatcherBuilder dispatcher(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>();
        all.put("httpsEndpointUrl", server.uri() + "/hook?sig=CANARY-url");
        all.put("caFile", identity.pem().toString());
        all.putAll(settings);
        return LeadDispatcher.builder()
                .to("hook", "https", all)
                .lane(
                        "hook",
                        LaneOptions.DEFAULT.withAttempts(3).withDelays(Duration.ofMillis(1), Duration.ofMillis(5)));
    }

    private static Lead lead() {
        return Lead.builder()
                .id("ada-\"1\\")
                .firstName("Ada")
                .email("ada@example.com")
                .source("AzureMarketplace-INS|contoso.app")
                .offerTitle("Zürich €")
                .build();
    }

    private static HttpHeaders headers(ReceivedRequest request) {
        return HttpHeaders.of(request.headers(), (name, value) -> true);
    }
}
