package io.leaddispatch.cli;

import static io.leaddispatch.cli.Ran.lead;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every command: help, and how it ends when nothing can be started. */
class MainTest {
    @TempDir
    Path folder;

    @Test
    void withoutACommandItSaysHowToUseIt() {
        Ran ran = lead();
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("Missing required subcommand", "Usage: lead", "demo", "send", "verify");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "send", "verify", "serve", "status", "find", "dead-letters"})
    void everyCommandHasHelp(String command) {
        Ran ran = lead(command, "--help");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).startsWith("Usage: lead " + command);
    }

    @Test
    void itTellsItsVersion() {
        assertThat(lead("--version").out()).startsWith("lead ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"send", "verify", "serve", "status"})
    void aMissingConfigurationStartsNothing(String command) {
        assertThat(lead(command).code()).isEqualTo(2);
        Ran ran = lead(command, "--config", folder.resolve("none.json"));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void faultsOfAConfigurationAreListedByPathAndNeverByValue() throws Exception {
        Path config = Files.writeString(folder.resolve("bad.json"), """
                {"destinations": {"a": {"type": "https", "settings": {"httpsEndpointUrl": "ftp://secret-host/key-in-url"}},
                                  "b": {"type": "https", "settings": {"httpsEndpointUrI2": "x"}},
                                  "c": {"type": "sailforce", "settings": {}}}}
                """);
        Ran ran = lead("verify", "--config", config);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("destinations.b.settings.httpsEndpointUrl", "destinations.c.type")
                .doesNotContain("key-in-url", "secret-host", "Exception", "\tat ");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void leadsThatCannotBeReadStartNothing() throws Exception {
        try (Receiver receiver = Receiver.in(folder)) {
            Ran missing = lead("send", "--config", receiver.config(), folder.resolve("none.ndjson"));
            assertThat(missing.code()).isEqualTo(2);
            assertThat(missing.err()).contains("There is no file").contains("none.ndjson");
            Ran directory = lead("send", "--config", receiver.config(), folder);
            assertThat(directory.code()).isEqualTo(2);
            assertThat(directory.err()).contains("it is a directory");
        }
    }

    @Test
    void anUnknownOptionStartsNothing() {
        Ran ran = lead("demo", "--colour");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--colour");
    }
}
