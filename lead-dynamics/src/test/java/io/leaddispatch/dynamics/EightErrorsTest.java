package io.leaddispatch.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Problem;
import io.leaddispatch.dynamics.simulator.EntraSimulator.Refusal;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.spi.DeliveryResult;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The eight errors of the marketplace's page, from the raw answer to code, cause and remedy. */
class EightErrorsTest {
    private static final LeadRow ROW = new LeadRow(new UUID(1, 2), Map.of(), List.of(), List.of(), List.of());

    static Stream<Arguments> errors() {
        return Stream.of(
                signIn(
                        "dynamics.sign-in",
                        Refusal.of(
                                400,
                                "invalid_grant",
                                50126,
                                "Error validating credentials due to invalid username or" + " password."),
                        "refuses the sign-in to Dynamics: wrong user name or password",
                        "user name and password are right and not expired, and that the account has a Dynamics 365 licence"),
                signIn(
                        "dynamics.tenant-not-found",
                        Refusal.of(
                                400,
                                "invalid_request",
                                90002,
                                "Tenant 'x' not found. Check to make sure you have the"
                                        + " correct tenant ID. This may happen if there are no active subscriptions for the"
                                        + " tenant."),
                        "the directory does not exist, or has no active subscription",
                        "Copy the directory (tenant) id again"),
                signIn(
                        "dynamics.application-not-found",
                        Refusal.of(
                                400,
                                "unauthorized_client",
                                700016,
                                "Application with identifier 'x' was not found in" + " the directory 'Contoso'."),
                        "the application is not known in this directory",
                        "Copy the application (client) id again"),
                signIn(
                        "dynamics.tenant-malformed",
                        Refusal.of(
                                400,
                                "invalid_request",
                                900023,
                                "Specified tenant identifier 'x' is neither a valid DNS"
                                        + " name, nor a valid external domain."),
                        "the directory id is neither a GUID nor a domain name",
                        "Copy the directory (tenant) id again into directoryId; look for blanks"),
                signIn(
                        "dynamics.client-secret-invalid",
                        Refusal.of(
                                401,
                                "invalid_client",
                                7000215,
                                "Invalid client secret provided. Ensure the secret"
                                        + " being sent in the request is the client secret value, not the client secret ID."),
                        "the client secret does not match",
                        "create a new secret"),
                dataverse(
                        "dynamics.lead-role-missing",
                        Answers.error(
                                403, "0x8004F502", "The user does not have create permissions to a secured field."),
                        "the user may not create leads, or not set one of their columns",
                        "Give the application user (or the office365 user) the security role \"Microsoft Marketplace Lead"
                                + " Writer\""),
                dataverse(
                        "dynamics.no-roles",
                        Answers.error(
                                403,
                                "0x80042F09",
                                "SecLib::RetrievePrivilegeForUser failed - no roles are assigned to user."),
                        "has no security role",
                        "Assign the security role \"Microsoft Marketplace Lead Writer\""));
    }

    private static Arguments signIn(String code, Refusal raw, String cause, String remedy) {
        return Arguments.of(
                code, cause, remedy, new SignInAnswers(Clock.systemUTC()).read(Answers.of(raw.status(), raw.json())));
    }

    private static Arguments dataverse(String code, HttpAnswer raw, String cause, String remedy) {
        var answers = new DynamicsAnswers(DynamicsSettings.OnDuplicateRule.REJECT, Clock.systemUTC());
        return Arguments.of(code, cause, remedy, answers.one(raw, ROW));
    }

    /** The eighth has no answer: DynamicsVerificationTest has it from a silent server. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void rawAnswerBecomesCodeCauseAndRemedy(String code, String cause, String remedy, DeliveryResult result) {
        assertThat(result).isInstanceOf(DeliveryResult.Pause.class);
        Problem problem = Results.problem(result);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.cause()).contains(cause);
        assertThat(problem.remedy()).contains(remedy);
        assertThat(problem.vendorCode()).isNotBlank();
    }

    @Test
    void theEighthIsATimeOut() {
        assertThat(DynamicsProblems.TIMEOUT.code()).isEqualTo("dynamics.timeout");
        assertThat(DynamicsProblems.TIMEOUT.remedy()).contains("Check that instanceUrl is a Dynamics 365 instance");
    }

    /** As the page prints them: a proxy or an older interface may pass the words on without the codes. */
    static Stream<Arguments> published() {
        return Stream.of(
                Arguments.of(
                        "dynamics.tenant-not-found",
                        "Tenant not found. This instance may happen if there are no active subscriptions for the tenant."),
                Arguments.of(
                        "dynamics.application-not-found", "Application with identifier was not found in the directory"),
                Arguments.of(
                        "dynamics.application-not-found",
                        "Application with identifier 'a' wasn't found in the directory 'b'"),
                Arguments.of(
                        "dynamics.tenant-malformed",
                        "Requested tenant identifier is not valid and not valid external domain format"),
                Arguments.of(
                        "dynamics.client-secret-invalid",
                        "Error validating credentials.: Invalid client secret is provided."));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("published")
    void publishedWordsAreKnownWithoutANumber(String code, String words) {
        HttpAnswer raw = Answers.of(400, "{\"error\":\"invalid_request\",\"error_description\":\"" + words + "\"}");
        assertThat(Servers.code(new SignInAnswers(Clock.systemUTC()).read(raw))).isEqualTo(code);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.CsvSource({
        "dynamics.lead-role-missing, User does not have create permissions for the leadsourcecode attribute",
        "dynamics.lead-role-missing, User does not have create permissions for the leadourcecode attribute",
        "dynamics.no-roles, SecLib::RetrievePrivilegeForUser failed - no roles are assigned to user.",
        "dynamics.application-user-missing, The user is not a member of the organization.",
    })
    void publishedWordsAreKnownWithoutACode(String code, String words) {
        var answers = new DynamicsAnswers(DynamicsSettings.OnDuplicateRule.REJECT, Clock.systemUTC());
        assertThat(Servers.code(answers.one(Answers.error(403, "", words), ROW)))
                .isEqualTo(code);
    }
}
