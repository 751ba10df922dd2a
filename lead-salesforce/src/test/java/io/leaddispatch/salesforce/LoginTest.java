package io.leaddispatch.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.Secret;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.MovableClock;
import io.leaddispatch.testkit.ScriptedServer;
import io.leaddispatch.testkit.salesforce.OrgField;
import io.leaddispatch.testkit.salesforce.SalesforceSimulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
    private static KeyPair pair;
    private static KeyPair weak;

    private final SalesforceSimulator org = SalesforceSimulator.start();
    private final Map<String, Object> settings = Given.restConfig(org);

    @BeforeAll
    static void makeKeys() throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        pair = keys.generateKeyPair();
        keys.initialize(1024);
        weak = keys.generateKeyPair();
    }

    @AfterEach
    void stop() {
        org.close();
    }

    private LeadDispatcher dispatcher() {
        return LeadDispatcher.builder()
                .to("crm", "salesforce", settings)
                .insecureLoopback(true)
                .patience(Duration.ofSeconds(20))
                .build();
    }

    private Outcome send() {
        try (LeadDispatcher dispatcher = dispatcher()) {
            return dispatcher.send(Leads.ada()).at("crm");
        }
    }

    private String refusal() {
        return ((Outcome.Undelivered) send()).problem().code();
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                + "-----\n";
    }

    private void useAssertions(String key) {
        settings.put("auth", "jwt-bearer");
        settings.put("username", SalesforceSimulator.USER);
        settings.put("privateKey", key);
        org.trust(pair.getPublic(), null);
    }

    @Test
    void anAssertionIsTakenInPlaceOfASecret() {
        useAssertions(pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        assertThat(send()).isInstanceOf(Outcome.Delivered.class);
        assertThat(org.requests().get(0).body())
                .startsWith("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=");
    }

    /** The same key without its wrapping: version, modulus and so on begin 26 bytes in. */
    @Test
    void anOlderFormOfTheKeyIsRead() {
        byte[] wrapped = pair.getPrivate().getEncoded();
        useAssertions(pem("RSA PRIVATE KEY", Arrays.copyOfRange(wrapped, 26, wrapped.length)));
        assertThat(send()).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void anAudienceOfItsOwnIsSent() {
        useAssertions(pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        org.trust(pair.getPublic(), "https://login.salesforce.com");
        assertThat(refusal()).isEqualTo("salesforce.audience");
        settings.put("audience", "https://login.salesforce.com");
        assertThat(send()).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void keysThatCannotSignAreFoundAtTheStart() {
        useAssertions("not PEM");
        assertThatThrownBy(this::dispatcher).hasMessageContaining("privateKey: holds no PEM text");
        settings.put("privateKey", pem("PRIVATE KEY", weak.getPrivate().getEncoded()));
        assertThatThrownBy(this::dispatcher).hasMessageContaining("privateKey: is no RSA key of at least 2048 bits");
        settings.put("privateKey", pem("PRIVATE KEY", new byte[] {1, 2, 3}));
        assertThatThrownBy(this::dispatcher).hasMessageContaining("privateKey: is no RSA key");
        settings.remove("privateKey");
        assertThatThrownBy(this::dispatcher).hasMessageContaining("privateKey: is missing, and keystore too");
        settings.put("keystore", "/nowhere.p12");
        assertThatThrownBy(this::dispatcher).hasMessageContaining("keystore: cannot be read");
    }

    @Test
    void aKeyThatIsReplacedByAnUnusableOneHoldsTheDestination() {
        AtomicReference<String> key =
                new AtomicReference<>(pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        useAssertions("");
        settings.put("privateKey", Secret.from(key::get));
        try (LeadDispatcher dispatcher = dispatcher()) {
            key.set("gone");
            Outcome.Undelivered undelivered =
                    (Outcome.Undelivered) dispatcher.send(Leads.ada()).at("crm");
            assertThat(undelivered.problem().code()).isEqualTo("salesforce.secret-unusable");
        }
    }

    /** A key store as keytool makes it, with one key and then with two. */
    @Test
    void aKeyStoreHoldsTheKeyToo(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        keytool(file, "first");
        useAssertions("");
        settings.remove("privateKey");
        settings.put("keystore", file.toString());
        settings.put("keystorePassword", "changeit");
        KeyStore store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        org.trust(store.getCertificate("first").getPublicKey(), null);
        assertThat(send()).isInstanceOf(Outcome.Delivered.class);
        keytool(file, "second");
        assertThatThrownBy(this::dispatcher).hasMessageContaining("keyAlias: is missing");
        settings.put("keyAlias", "third");
        assertThatThrownBy(this::dispatcher).hasMessageContaining("keystore: has no key of that alias");
        settings.put("keyAlias", "first");
        assertThat(send()).isInstanceOf(Outcome.Delivered.class);
    }

    private static void keytool(Path file, String alias) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        alias,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=test",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        keytool.getOutputStream().close();
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(keytool.exitValue()).isZero();
    }

    @Test
    void aRefreshTokenLogsIn() {
        settings.put("auth", "refresh-token");
        settings.put("refreshToken", SalesforceSimulator.REFRESH_TOKEN);
        assertThat(send()).isInstanceOf(Outcome.Delivered.class);
        settings.put("refreshToken", "old");
        assertThat(refusal()).isEqualTo("salesforce.credentials");
    }

    /** The org ends the old one with each log-in. */
    @Test
    void aRefreshTokenThatIsReplacedIsUsedByTheNextLogIn() {
        org.rotateRefreshTokens();
        settings.put("auth", "refresh-token");
        settings.put("refreshToken", SalesforceSimulator.REFRESH_TOKEN);
        try (LeadDispatcher dispatcher = dispatcher()) {
            for (Lead lead : Leads.numbered(0, 3)) {
                assertThat(dispatcher.send(lead).at("crm")).isInstanceOf(Outcome.Delivered.class);
                org.expireSessions();
            }
        }
        assertThat(org.logins()).isEqualTo(3);
        assertThat(refusal()).isEqualTo("salesforce.credentials"); // a new process has the old one alone
    }

    /** Only the flow that asked with one has a use for it. */
    @ParameterizedTest
    @ValueSource(strings = {"client-credentials", "jwt-bearer"})
    void aRefreshTokenThatNobodyAskedForIsLeft(String auth) {
        org.giveRefreshTokens();
        if (auth.equals("jwt-bearer")) {
            settings.remove("clientSecret");
            useAssertions(pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        }
        settings.put("operation", "create");
        assertThat(send()).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void aRefreshTokenThatIsReplacedIsUsedNextTime() throws Exception {
        Given given =
                Given.rest(org).with(RestSettings.AUTH, "refresh-token").with(RestSettings.REFRESH_TOKEN, "first");
        LoginRequest request = new LoginRequest(given);
        MovableClock clock = MovableClock.at("2026-01-01T00:00:00Z");
        assertThat(new String(request.at(clock.instant()).body())).endsWith("&refresh_token=first");
        request.renewed("second");
        assertThat(new String(request.at(clock.instant()).body())).endsWith("&refresh_token=second");
        request.renewed(""); // none came
        assertThat(new String(request.at(clock.instant()).body())).endsWith("&refresh_token=second");
        assertThat(new LoginRequest.Renewed("first", "second").toString()).doesNotContain("first", "second");
        given.with(RestSettings.REFRESH_TOKEN, "third");
        assertThat(new String(request.at(clock.instant()).body())).endsWith("&refresh_token=third");
    }

    @ParameterizedTest(name = "{0} / {1}: {2}")
    @CsvSource({
        "invalid_grant, no client credentials user enabled, salesforce.run-as-user",
        "invalid_grant, request not supported on this domain, salesforce.login-domain",
        "invalid_grant, user hasn't approved this consumer, salesforce.user-not-approved",
        "invalid_grant, audience is invalid, salesforce.audience",
        "app_not_found, External client app is not installed in this org, salesforce.audience",
        "invalid_grant, expired authorization code, salesforce.assertion-expired",
        "invalid_grant, inactive user, salesforce.credentials",
        "invalid_grant, authentication failure, salesforce.credentials",
        "invalid_client_id, client identifier invalid, salesforce.client-id",
        "invalid_client, invalid client credentials, salesforce.credentials",
        "invalid_grant, login rate exceeded, salesforce.login-rate",
        "something_new, no idea, salesforce.credentials",
    })
    void aRefusedLogInIsNamedAndNotTriedAgain(String error, String description, String code) {
        org.refuseLogins(error, description);
        assertThat(refusal()).isEqualTo(code);
        assertThat(org.requests()).hasSize(1);
        assertThat(org.leads()).isEmpty();
    }

    @Test
    void anUnknownErrorIsTriedAgain() {
        org.refuseLogins("unknown_error", "retry your request");
        Outcome.Undelivered undelivered = (Outcome.Undelivered) send();
        assertThat(undelivered.problem().code()).isEqualTo("salesforce.login-failed");
        assertThat(undelivered.attempts()).isGreaterThan(1);
        assertThat(undelivered.mayExist()).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource({
        "200, Retry, salesforce.login-failed",
        "302, Pause, salesforce.login-domain",
        "401, Pause, salesforce.credentials",
        "404, Pause, salesforce.login-domain",
        "429, Pause, salesforce.login-rate",
        "503, Retry, salesforce.login-failed",
    })
    void answersThatAreNoOAuthAreReadByStatus(int status, String kind, String code) {
        DeliveryResult result =
                new LoginAnswers(MovableClock.at("2026-01-01T00:00:00Z")).refused(Answers.of(status, "<html></html>"));
        assertThat(Answers.kind(result)).isEqualTo(kind);
        assertThat(Answers.code(result)).isEqualTo(code);
    }

    @Test
    void anExpiredSessionCostsOneLogInAndOneRepeat() {
        try (LeadDispatcher dispatcher = dispatcher()) {
            dispatcher.send(Leads.ada());
            org.expireSessions();
            assertThat(dispatcher.send(Leads.grace()).at("crm")).isInstanceOf(Outcome.Delivered.class);
        }
        assertThat(org.logins()).isEqualTo(2);
        assertThat(org.writes()).isEqualTo(2); // refused calls are not counted there
        var writes = org.requests().stream()
                .filter(request -> request.method().equals("PATCH"))
                .toList();
        assertThat(writes).hasSize(3);
        assertThat(writes.get(2).body()).isEqualTo(writes.get(1).body());
    }

    @Test
    void sixteenThreadsLogInOnceAndAfterAnExpiredSessionOnceMore() throws Exception {
        org.delay(Duration.ofMillis(20));
        LeadDestination destination = Given.rest(org).open(Clock.systemUTC());
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (int round = 1; round <= 2; round++) {
                List<Callable<DeliveryResult>> calls = Leads.numbered(0, 16).stream()
                        .map(lead -> (Callable<DeliveryResult>) () -> destination
                                .deliver(new LeadBatch(
                                        List.of(lead), Instant.now().plusSeconds(60), false))
                                .get(0))
                        .toList();
                for (Future<DeliveryResult> call : threads.invokeAll(calls)) {
                    assertThat(call.get()).isInstanceOf(DeliveryResult.Delivered.class);
                }
                assertThat(org.logins()).isEqualTo(round);
                org.expireSessions();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aSessionThatIsAlwaysRefusedEndsAfterOneLogInMore() {
        org.expireSessionsAfter(0);
        assertThat(refusal()).isEqualTo("salesforce.session-refused");
        assertThat(org.logins()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"This session is not valid for use with the REST API", "Connected app is not attached to Agent"})
    void whereANewSessionWillNotHelpNobodyLogsInAgain(String message) {
        String body = "[{\"errorCode\":\"INVALID_SESSION_ID\",\"message\":\"" + message + "\"}]";
        assertThat(Session.refusesToken(Answers.of(401, body))).isFalse();
        assertThat(Session.refusesToken(Answers.of(401, body.replace(message, "Session expired or invalid"))))
                .isTrue();
        assertThat(Session.refusesToken(Answers.of(401, "<html></html>"))).isTrue();
        assertThat(Session.refusesToken(Answers.of(403, body))).isFalse();
        assertThat(Session.refusesToken(
                        Answers.of(401, "[{\"errorCode\":\"INVALID_OPERATION_WITH_EXPIRED_PASSWORD\"}]")))
                .isFalse();
    }

    @Test
    void aTokenIsRenewedAfterItsAge() throws Exception {
        MovableClock clock = MovableClock.at("2026-01-01T00:00:00Z");
        var destination = Given.rest(org).with(RestSettings.TOKEN_MAX_AGE, "1h").open(clock);
        var verify = new Verification.Probe(null);
        assertThat(destination.verify(verify).passed()).isTrue();
        clock.pass(Duration.ofMinutes(59));
        destination.verify(verify);
        assertThat(org.logins()).isEqualTo(1);
        clock.pass(Duration.ofMinutes(2));
        destination.verify(verify);
        assertThat(org.logins()).isEqualTo(2);
    }

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
