package io.leaddispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.Verification;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The providers are found on the class path and, in a JVM of its own, on the module path. */
class PathsTest {
    private static final String CONFIG =
            "{\"destinations\": {\"hook\": {\"type\": \"https\", \"settings\": {\"httpsEndpointUrl\": \"https://localhost:1/x\"}},"
                    + "\"table\": {\"type\": \"azure-table\", \"settings\": {\"connectionString\":"
                    + " \"AccountName=contosoleads;AccountKey=bXlBY2NvdW50S2V5;TableEndpoint=https://localhost:1\"}}}}";

    @TempDir
    Path folder;

    @Test
    void providersAreFoundOnTheClassPath() {
        assertThat(ServiceLoader.load(LeadDestinationProvider.class).stream()
                        .map(provider -> provider.get().type()))
                .contains("https", "azure-table", "dynamics", "marketo", "salesforce");
    }

    @Test
    void providersAreFoundOnTheModulePath() throws Exception {
        ChildJvm child = ChildJvm.run(
                folder,
                "--module-path",
                modulePath(),
                "--add-modules",
                "io.leaddispatch,io.leaddispatch.https,io.leaddispatch.azuretable,io.leaddispatch.dynamics,io.leaddispatch.marketo,io.leaddispatch.salesforce",
                "--class-path",
                at(PathsTest.class),
                Probe.class.getName());
        assertThat(child.code()).as(child.output()).isZero();
        assertThat(child.output())
                .contains("module io.leaddispatch provider https of module io.leaddispatch.https")
                .contains("module io.leaddispatch provider azure-table of module io.leaddispatch.azuretable")
                .contains("module io.leaddispatch provider dynamics of module io.leaddispatch.dynamics")
                .contains("module io.leaddispatch provider marketo of module io.leaddispatch.marketo")
                .contains("module io.leaddispatch provider salesforce of module io.leaddispatch.salesforce")
                .contains("opened [hook, table]", "azure-table.unreachable");
    }

    @Test
    void theCommandRunsAsAProcess() throws Exception {
        ChildJvm child =
                ChildJvm.run(folder, "-cp", System.getProperty("java.class.path"), Main.class.getName(), "demo");
        assertThat(child.code()).as(child.output()).isZero();
        assertThat(child.output()).contains("4 delivered, 1 suppressed, 1 rejected, 1 not a lead");
    }

    @Test
    void theCommandRunsOnTheModulePath() throws Exception {
        String path = Stream.of(modulePath(), at(Main.class), at(picocli.CommandLine.class))
                .collect(Collectors.joining(File.pathSeparator));
        ChildJvm child = ChildJvm.run(
                folder, "--module-path", path, "--module", "io.leaddispatch.cli/" + Main.class.getName(), "demo");
        assertThat(child.code()).as(child.output()).isZero();
        assertThat(child.output()).contains("4 delivered, 1 suppressed, 1 rejected, 1 not a lead");
    }

    private static String modulePath() throws URISyntaxException {
        Stream<String> classes = Stream.of(
                        LeadDispatcher.class,
                        io.leaddispatch.https.HttpsDestinationProvider.class,
                        io.leaddispatch.azuretable.AzureTableDestinationProvider.class,
                        io.leaddispatch.dynamics.DynamicsDestinationProvider.class,
                        io.leaddispatch.marketo.MarketoDestinationProvider.class,
                        io.leaddispatch.salesforce.SalesforceDestinationProvider.class,
                        io.leaddispatch.outbox.LeadOutbox.class,
                        com.microsoft.aad.msal4j.IAuthenticationResult.class,
                        com.fasterxml.jackson.databind.ObjectMapper.class,
                        com.fasterxml.jackson.core.JsonFactory.class,
                        com.fasterxml.jackson.annotation.JsonProperty.class,
                        org.slf4j.LoggerFactory.class)
                .map(PathsTest::at);
        // not all of Jackson: tests bring its YAML along, which needs more than is here
        return Stream.concat(classes, jars("azure-", "reactor-", "reactive-streams-", "jackson-datatype-"))
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Those of the class path whose names begin so: what an SDK brings along. */
    private static Stream<String> jars(String... names) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> Stream.of(names).anyMatch(new File(path).getName()::startsWith));
    }

    private static String at(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** What the child does: the library is a named module there, and finds its providers and opens one. */
    static final class Probe {
        public static void main(String[] args) throws Exception {
            for (LeadDestinationProvider provider : ServiceLoader.load(
                    LeadDestinationProvider.class.getModule().getLayer(), LeadDestinationProvider.class)) {
                System.out.println(LeadDispatcher.class.getModule() + " provider " + provider.type() + " of "
                        + provider.getClass().getModule());
            }
            Path config = java.nio.file.Files.createTempFile("lead", ".json");
            try {
                java.nio.file.Files.writeString(config, CONFIG);
                try (LeadDispatcher dispatcher = LeadDispatcher.fromConfig(config)) {
                    System.out.println("opened " + dispatcher.destinations());
                    System.out.println(dispatcher.verify("table", new Verification.Probe(null)));
                }
            } finally {
                java.nio.file.Files.delete(config);
            }
        }
    }
}
