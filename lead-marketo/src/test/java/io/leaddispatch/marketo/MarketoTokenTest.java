package io.leaddispatch.marketo;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Problem;
import io.leaddispatch.Secret;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.MovableClock;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.marketo.MarketoSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens, and what becomes of a lead without one. */
class MarketoTokenTest {
    private final MovableClock clock = MovableClock.at(Instant.now());
    private final MarketoSimulator marketo = MarketoSimulator.start(clock);

    @AfterEach
    void stop() {
        marketo.close();
    }

    private Given form() {
        return Given.at(marketo.uri());
    }

    private DeliveryResult one(LeadDestination destination) throws Exception {
        return Given.deliver(destination, clock, Leads.ada()).get(0);
    }

    private static String shown(DeliveryResult result) {
        Problem problem = MarketoAnswers.problem(result);
        return result.getClass().getSimpleName() + (problem == null ? "" : " " + problem.code());
    }

    private List<ReceivedRequest> requests(String path) {
        return marketo.server().requests().stream()
                .filter(request -> request.target().equals(path))
                .toList();
    }

    @Test
    void aTokenIsUsedUntilAMinuteBeforeItsEnd() throws Exception {
        LeadDestination destination = form().open(clock);
        one(destination);
        clock.pass(Duration.ofSeconds(3530));
        one(destination);
        assertThat(marketo.tokenRequests()).isOne();
        clock.pass(Duration.ofSeconds(20));
        assertThat(one(destination)).isInstanceOf(Delivered.class); // the same token, with 50 s left
        assertThat(marketo.tokenRequests()).isEqualTo(2);
        one(destination);
        assertThat(marketo.tokenRequests()).isEqualTo(2);
        clock.pass(Duration.ofSeconds(51));
        assertThat(one(destination)).isInstanceOf(Delivered.class);
        assertThat(marketo.tokenRequests()).isEqualTo(3);
    }

    @Test
    void aRefusedTokenIsRenewedOnce() throws Exception {
        LeadDestination destination = form().open(clock);
        one(destination);
        marketo.expireTokens();
        assertThat(one(destination)).isInstanceOf(Delivered.class);
        assertThat(requests(RestDestination.SUBMIT_FORM)).hasSize(3);
        assertThat(marketo.submissions()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"601", "602"})
    void aTokenRefusedTwiceHoldsTheDestination(String code) throws Exception {
        marketo.failNext(code, 2);
        assertThat(shown(one(form().open(clock)))).isEqualTo("Pause marketo.token-refused");
        assertThat(requests(RestDestination.SUBMIT_FORM)).hasSize(2);
    }

    @Test
    void callsThatNeedATokenAtOnceFetchOne() throws Exception {
        assertThat(Given.atOnce(form().open(clock), clock, Leads.numbered(0, 8)))
                .allMatch(Delivered.class::isInstance);
        assertThat(marketo.tokenRequests()).isOne();
    }

    @Test
    void wrongCredentialsHoldTheDestination() throws Exception {
        DeliveryResult result =
                one(form().with(MarketoSettings.CLIENT_SECRET, "CANARY").open(clock));
        assertThat(shown(result)).isEqualTo("Pause marketo.credentials");
        assertThat(((Pause) result).until()).isNull();
        assertThat(result.toString()).doesNotContain("CANARY");
    }

    @Test
    void aDyingTokenPausesForTwoSeconds() throws Exception {
        marketo.server().answer(Answer.json(200, "{\"access_token\":\"a\",\"expires_in\":0}"));
        Pause pause = (Pause) one(form().open(clock));
        assertThat(pause.problem().code()).isEqualTo("marketo.token-expiring");
        assertThat(pause.until()).isEqualTo(clock.instant().plusSeconds(2));
    }

    @Test
    void aTokenThatStaysAtItsEndHoldsTheDestination() throws Exception {
        LeadDestination destination = form().open(clock);
        for (int i = 0; i < 4; i++) {
            marketo.server().answer(Answer.json(200, "{\"access_token\":\"a\",\"expires_in\":0}"));
            Pause pause = (Pause) one(destination);
            assertThat(pause.problem().code()).isEqualTo("marketo.token-expiring");
            assertThat(pause.until()).isEqualTo(i < 3 ? clock.instant().plusSeconds(2) : null);
            clock.pass(Duration.ofSeconds(2));
        }
        assertThat(one(destination)).isInstanceOf(Delivered.class);
        assertThat(marketo.tokenRequests()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "1e300", "31556889864403199"})
    void aTokenForEverIsUsed(String seconds) throws Exception {
        LeadDestination destination = form().open(clock);
        one(destination);
        String token = requests(RestDestination.SUBMIT_FORM)
                .get(0)
                .header("authorization")
                .substring(7);
        marketo.server()
                .answer(Answer.json(200, "{\"access_token\":\"" + token + "\",\"expires_in\":" + seconds + "}"));
        assertThat(one(form().open(clock))).isInstanceOf(Delivered.class);
    }

    @Test
    void aSecretThatCannotBeReadHoldsTheDestinationWithNothingSent() throws Exception {
        AtomicBoolean there = new AtomicBoolean(true);
        Secret secret = Secret.from(() -> {
            if (!there.get()) {
                throw new IllegalStateException("CANARY: no such file");
            }
            return MarketoSimulator.CLIENT_SECRET;
        });
        LeadDestination destination =
                form().with(MarketoSettings.CLIENT_SECRET, secret).open(clock);
        there.set(false);
        DeliveryResult result = one(destination);
        assertThat(shown(result)).isEqualTo("Pause marketo.credentials");
        assertThat(result.toString()).doesNotContain("CANARY");
        assertThat(marketo.server().requests()).isEmpty();
    }

    @Test
    void aTokenThatMarketoRefusesAndGivesAgainIsTriedTwice() throws Exception {
        LeadDestination destination = form().open(clock);
        one(destination);
        marketo.refuseTokens(true);
        assertThat(shown(one(destination))).isEqualTo("Pause marketo.token-refused");
        assertThat(requests(RestDestination.SUBMIT_FORM)).hasSize(3);
        assertThat(marketo.tokenRequests()).isEqualTo(2);
        marketo.refuseTokens(false);
        assertThat(one(destination)).isInstanceOf(Delivered.class);
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({
        "503, , Retry marketo.token-unavailable",
        "429, , Retry marketo.token-unavailable",
        "401, , Pause marketo.credentials",
        "401, <html>, Pause marketo.credentials",
        "404, , Pause marketo.wrong-address",
        "302, , Pause marketo.wrong-address",
        "200, <html>, Pause marketo.wrong-address",
        "200, {}, Pause marketo.credentials",
        "200, {\"access_token\":\"a b\"}, Pause marketo.credentials"
    })
    void withoutATokenNothingIsSent(int status, String body, String result) throws Exception {
        marketo.server().answer(Answer.of(status).with(body == null ? "" : body));
        assertThat(shown(one(form().open(clock)))).isEqualTo(result);
        assertThat(marketo.server().requests()).hasSize(1);
    }

    @Test
    void whatWasNotSentIsNoCallOfTheDay() throws Exception {
        LeadDestination destination =
                form().with(MarketoSettings.DAILY_CALLS, 1).open(clock);
        marketo.server().answer(Answer.of(503));
        assertThat(shown(one(destination))).isEqualTo("Retry marketo.token-unavailable");
        clock.pass(Duration.ofSeconds(2));
        assertThat(one(destination)).isInstanceOf(Delivered.class);
        assertThat(shown(one(destination))).isEqualTo("Pause marketo.daily-cap");
    }

    @Test
    void aTokenWithoutAnEndIsUsedUntilItIsRefused() throws Exception {
        LeadDestination destination = form().open(clock);
        one(form().open(clock));
        String token = requests(RestDestination.SUBMIT_FORM)
                .get(0)
                .header("authorization")
                .substring(7);
        marketo.server().answer(Answer.json(200, "{\"access_token\":\"" + token + "\"}"));
        assertThat(one(destination)).isInstanceOf(Delivered.class);
    }
}
