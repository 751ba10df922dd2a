package io.leaddispatch.cli;

import static io.leaddispatch.cli.Ran.lead;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leaddispatch.dynamics.simulator.DynamicsServers;
import io.leaddispatch.dynamics.simulator.EntraSimulator.Refusal;
import io.leaddispatch.testkit.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The eight errors of the marketplace's page, as {@code lead verify} tells them, from a real OAuth and OData server. */
class DynamicsVerifyTest {
    @TempDir
    static Path folder;

    private static DynamicsServers first;

    @BeforeAll
    static void start() throws Exception {
        first = DynamicsServers.start(folder);
    }

    @AfterAll
    static void stop() {
        first.close();
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                signIn(
                        "dynamics.sign-in",
                        Refusal.of(400, "invalid_grant", 50126, "Invalid username or password."),
                        "the directory refuses the sign-in to Dynamics: wrong user name or password",
                        "With office365: check that user name and password are right and not expired"),
                signIn(
                        "dynamics.tenant-not-found",
                        Refusal.of(400, "invalid_request", 90002, "Tenant 'x' not found."),
                        "the directory does not exist, or has no active subscription",
                        "Copy the directory (tenant) id again from the tenant's overview page"),
                signIn(
                        "dynamics.application-not-found",
                        Refusal.of(
                                400, "unauthorized_client", 700016, "Application with identifier 'x' was not found."),
                        "the application is not known in this directory",
                        "Copy the application (client) id again into applicationId."),
                signIn(
                        "dynamics.tenant-malformed",
                        Refusal.of(400, "invalid_request", 900023, "Specified tenant identifier 'x' is neither valid."),
                        "the directory id is neither a GUID nor a domain name of the tenant",
                        "look for blanks, quotation marks and missing characters"),
                signIn(
                        "dynamics.client-secret-invalid",
                        Refusal.of(401, "invalid_client", 7000215, "Invalid client secret provided."),
                        "the client secret does not match",
                        "create a new secret in the app registration"),
                environment(
                        "dynamics.lead-role-missing",
                        servers -> servers.dataverse().environment().secured.add("leadsourcecode"),
                        "no create permission for the secured columns leadsourcecode",
                        "the security role \"Microsoft Marketplace Lead Writer\""),
                environment(
                        "dynamics.no-roles",
                        servers -> servers.dataverse().environment().hasRoles = false,
                        "the user exists in Dynamics and has no security role",
                        "Assign the security role \"Microsoft Marketplace Lead Writer\" to the user."),
                environment(
                        "dynamics.timeout",
                        servers -> servers.dataverse().instead = request -> Answer.fault(Answer.Fault.SILENT),
                        "Dynamics did not answer in time",
                        "Check that instanceUrl is a Dynamics 365 instance that can be reached from here."));
    }

    private static Arguments signIn(String code, Refusal refusal, String cause, String remedy) {
        return environment(
                code,
                servers -> servers.entra().refuses = path -> path.endsWith("/token") ? refusal : null,
                cause,
                remedy);
    }

    private static Arguments environment(String code, Consumer<DynamicsServers> fault, String cause, String remedy) {
        return Arguments.of(code, fault, cause, remedy);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void theErrorIsToldWithCauseAndRemedy(String code, Consumer<DynamicsServers> fault, String cause, String remedy)
            throws Exception {
        first.entra().reset();
        try (DynamicsServers servers = first.another()) {
            fault.accept(servers);
            Ran ran = lead(
                    "verify", "--config", config(servers, "timeout", code.equals("dynamics.timeout") ? "3s" : "50s"));
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out()).contains("crm: NOT READY", "[" + code + "]", cause, "What to do: ", remedy);
            assertThat(ran.out() + ran.err()).doesNotContain(DynamicsServers.KEY);
            assertThat(servers.dataverse().environment().leads).isEmpty();
            assertThat(servers.dataverse().protocolFaults()).isEmpty();
        }
    }

    @Test
    void aReadyEnvironmentGetsTheTestLead() throws Exception {
        first.entra().reset();
        try (DynamicsServers servers = first.another()) {
            Ran ran = lead("verify", "--config", config(servers, "removeTestLead", true));
            assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
            assertThat(ran.out()).contains("crm: ready", "passed   sign in", "passed   remove the test lead");
            assertThat(servers.dataverse().environment().inserts).hasSize(1);
            assertThat(servers.dataverse().protocolFaults()).isEmpty();
        }
    }

    @Test
    void leadsAreSentByTheCommand() throws Exception {
        first.entra().reset();
        try (DynamicsServers servers = first.another()) {
            Path leads = Files.writeString(
                    Files.createTempFile(folder, "leads", ".ndjson"),
                    "{\"userDetails\":{\"firstName\":\"Ada\",\"lastName\":\"Lovelace\",\"email\":\"ada@example.com\"},"
                            + "\"leadSource\":\"AzureMarketplace\",\"actionCode\":\"INS\"}\n");
            Ran ran = lead("send", "--config", config(servers, "concurrency", 2), leads);
            assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
            assertThat(servers.dataverse().environment().leads.values())
                    .singleElement()
                    .satisfies(lead -> assertThat(lead).containsEntry("lastname", "Lovelace"));
            assertThat(servers.dataverse().protocolFaults()).isEmpty();
        }
    }

    private static Path config(DynamicsServers servers, String key, Object value) throws Exception {
        Map<String, Object> settings = servers.settings();
        settings.put(key, value);
        Map<String, Object> config =
                Map.of("destinations", Map.of("crm", Map.of("type", "dynamics", "settings", settings)));
        return Files.writeString(
                Files.createTempFile(folder, "lead", ".json"), new ObjectMapper().writeValueAsString(config));
    }
}
