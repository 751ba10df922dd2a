package io.leaddispatch.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Problem;
import io.leaddispatch.dynamics.simulator.EntraSimulator.Refusal;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.testkit.MovableClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInAnswersTest {
    private static final MovableClock CLOCK = MovableClock.at("2026-01-01T00:00:00Z");
    private static final SignInAnswers ANSWERS = new SignInAnswers(CLOCK);

    @ParameterizedTest(name = "AADSTS{0} is {2}")
    @CsvSource({
        "90002, invalid_request, dynamics.tenant-not-found, Pause",
        "90002, invalid_tenant, dynamics.tenant-not-found, Pause",
        "900023, invalid_request, dynamics.tenant-malformed, Pause",
        "700016, unauthorized_client, dynamics.application-not-found, Pause",
        "7000215, invalid_client, dynamics.client-secret-invalid, Pause",
        "70002, invalid_client, dynamics.client-secret-invalid, Pause",
        "7000222, invalid_client, dynamics.client-secret-expired, Pause",
        "7000112, unauthorized_client, dynamics.application-disabled, Pause",
        "7000218, invalid_client, dynamics.credential-missing, Pause",
        "700027, invalid_client, dynamics.certificate-invalid, Pause",
        "50012, invalid_client, dynamics.certificate-invalid, Pause",
        "500011, invalid_resource, dynamics.url-not-in-tenant, Pause",
        "50126, invalid_grant, dynamics.sign-in, Pause",
        "50034, invalid_grant, dynamics.sign-in, Pause",
        "50055, invalid_grant, dynamics.sign-in, Pause",
        "50056, invalid_grant, dynamics.sign-in, Pause",
        "50057, invalid_grant, dynamics.sign-in, Pause",
        "50053, invalid_grant, dynamics.sign-in, Pause",
        "50076, invalid_grant, dynamics.mfa-required, Pause",
        "50079, interaction_required, dynamics.mfa-required, Pause",
        "50072, invalid_grant, dynamics.mfa-required, Pause",
        "50074, invalid_grant, dynamics.mfa-required, Pause",
        "50158, interaction_required, dynamics.mfa-required, Pause",
        "53003, access_denied, dynamics.access-blocked, Pause",
        "530035, access_denied, dynamics.access-blocked, Pause",
        "65001, invalid_grant, dynamics.consent-missing, Pause",
        "90094, invalid_grant, dynamics.consent-missing, Pause",
        "50196, invalid_grant, dynamics.token-loop, Retry",
        "90033, temporarily_unavailable, dynamics.identity-unavailable, Retry",
        "90024, temporarily_unavailable, dynamics.identity-unavailable, Retry",
        "50033, server_error, dynamics.identity-unavailable, Retry",
        "90006, server_error, dynamics.identity-unavailable, Retry",
        "90012, server_error, dynamics.identity-unavailable, Retry",
        "90055, invalid_request, dynamics.identity-throttled, Pause",
        "11111, invalid_grant, dynamics.sign-in, Pause",
        "11111, invalid_client, dynamics.sign-in, Pause",
        "11111, unauthorized_client, dynamics.sign-in, Pause",
        "11111, interaction_required, dynamics.mfa-required, Pause",
        "11111, consent_required, dynamics.consent-missing, Pause",
        "11111, invalid_resource, dynamics.url-not-in-tenant, Pause",
        "11111, invalid_tenant, dynamics.tenant-not-found, Pause",
        "11111, temporarily_unavailable, dynamics.identity-unavailable, Retry",
        "11111, something_new, dynamics.unclassified, Pause",
    })
    void numberAndErrorDecide(int number, String error, String code, String kind) {
        Refusal raw = Refusal.of(400, error, number, "Some words.");
        DeliveryResult result = ANSWERS.read(Answers.of(raw.status(), raw.json()));
        assertThat(Servers.code(result)).isEqualTo(code);
        assertThat(result.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(Results.problem(result).vendorCode()).isEqualTo("AADSTS" + number);
    }

    @ParameterizedTest
    @CsvSource({
        "50126, wrong user name or password",
        "50034, the user does not exist in this directory",
        "50055, the password has expired",
        "50056, the user has no password",
        "50057, the account is disabled",
        "50053, 'the account is locked, or signs in from a blocked address'",
    })
    void aRefusedUserIsExplained(int number, String detail) {
        Refusal raw = Refusal.of(400, "invalid_grant", number, "Some words about someone@contoso.com.");
        assertThat(Results.problem(ANSWERS.read(Answers.of(raw.status(), raw.json())))
                        .cause())
                .endsWith(": " + detail);
    }

    @Test
    void aWrapperYieldsToTheNumberInside() {
        HttpAnswer raw = Answers.of(
                400,
                "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS70002: Error validating credentials."
                        + " AADSTS50055: The password is expired.\"}");
        assertThat(Results.problem(ANSWERS.read(raw)).vendorCode()).isEqualTo("AADSTS50055");
    }

    @Test
    void theNumberThatDecidedIsShown() {
        HttpAnswer raw = Answers.of(
                400,
                "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS99999: Something. AADSTS50055: The password is"
                        + " expired.\",\"error_codes\":[99999,50055]}");
        assertThat(Results.problem(ANSWERS.read(raw)).vendorCode()).isEqualTo("AADSTS50055");
    }

    @Test
    void anAssertionThatSpeaksOfASecretIsOne() {
        Refusal raw = Refusal.of(401, "invalid_client", 50012, "Invalid client secret is provided.");
        assertThat(Servers.code(ANSWERS.read(Answers.of(raw.status(), raw.json()))))
                .isEqualTo("dynamics.client-secret-invalid");
    }

    @Test
    void anUnknownNumberIsShownWithItsWordsButNobodysAddress() {
        Refusal raw = Refusal.of(400, "something_new", 99999, "The moon is full for someone@contoso.com.");
        Problem problem = Results.problem(ANSWERS.read(Answers.of(raw.status(), raw.json())));
        assertThat(problem.cause()).contains("The moon is full for ***").doesNotContain("contoso");
    }

    @Test
    void throttlingWaitsAsLongAsTold() {
        DeliveryResult told = ANSWERS.read(Answers.of(429, "", "Retry-After", "30"));
        assertThat(Servers.code(told)).isEqualTo("dynamics.identity-throttled");
        assertThat(((DeliveryResult.Pause) told).until()).isEqualTo(Instant.parse("2026-01-01T00:00:30Z"));
        DeliveryResult untold = ANSWERS.read(Answers.of(429, ""));
        assertThat(((DeliveryResult.Pause) untold).until()).isEqualTo(Instant.parse("2026-01-01T00:00:05Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "500, '', dynamics.identity-unavailable",
        "502, <html>bad gateway</html>, dynamics.identity-unavailable",
        "408, '', dynamics.identity-unavailable",
        "400, no json, dynamics.unclassified",
        "404, '[1]', dynamics.unclassified",
    })
    void withoutWordsTheStatusDecides(int status, String body, String code) {
        DeliveryResult result = ANSWERS.read(Answers.of(status, body));
        assertThat(Servers.code(result)).isEqualTo(code);
        assertThat(Results.problem(result).vendorCode()).isEqualTo("HTTP " + status);
    }
}
