package io.leaddispatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.spi.LeadDestinationProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command, as the README has it run: everything is inside one jar. */
class LeadJarIT {
    private static final Path JAR = Path.of("target", "lead.jar");

    @TempDir
    Path folder;

    @Test
    void theFirstCommandOfTheReadmeEndsWithATable() throws Exception {
        assertThat(Files.readString(Path.of("..", "README.md"))).contains("java -jar lead-cli/target/lead.jar demo");
        ChildJvm demo = ChildJvm.run(folder, "-jar", JAR.toString(), "demo");
        assertThat(demo.code()).as(demo.output()).isZero();
        assertThat(demo.output()).contains("4 delivered, 1 suppressed, 1 rejected, 1 not a lead");
    }

    @Test
    void itTellsItsVersionToPeopleAndReceivers() throws Exception {
        ChildJvm version = ChildJvm.run(folder, "-jar", JAR.toString(), "--version");
        assertThat(version.output()).matches("lead \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");

        Path lead = Files.writeString(folder.resolve("lead.ndjson"), "{\"phone\":1}");
        try (Receiver receiver = Receiver.in(folder)) {
            String config = receiver.config().toString();
            ChildJvm send = ChildJvm.run(folder, "-jar", JAR.toString(), "send", "-c", config, lead.toString());
            assertThat(send.code()).as(send.output()).isZero();
            assertThat(receiver.server().requests().get(0).header("user-agent"))
                    .isEqualTo("lead-dispatch/" + version.output().strip().substring("lead ".length()));
        }
    }

    @Test
    void allDestinationsAreInside() throws Exception {
        List<String> providers = ServiceLoader.load(LeadDestinationProvider.class).stream()
                .map(provider -> provider.type().getName())
                .toList();
        try (JarFile jar = new JarFile(JAR.toFile())) {
            String services = "META-INF/services/" + LeadDestinationProvider.class.getName();
            String registered =
                    new String(jar.getInputStream(jar.getEntry(services)).readAllBytes(), UTF_8);
            assertThat(registered.lines().map(String::strip)).containsAll(providers);
            assertThat(providers)
                    .isNotEmpty()
                    .allSatisfy(provider -> assertThat(jar.getEntry(provider.replace('.', '/') + ".class"))
                            .isNotNull());
            assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
        }
    }
}
