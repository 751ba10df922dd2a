package io.leaddispatch.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.MovableClock;
import io.leaddispatch.testkit.salesforce.SalesforceSimulator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Log-ins and sessions: refused, refreshed, expired, shared. */
class LoginTest extends WithOrg {
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
}
