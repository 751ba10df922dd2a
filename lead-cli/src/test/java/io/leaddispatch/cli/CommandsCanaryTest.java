package io.leaddispatch.cli;

import static io.leaddispatch.cli.Ran.lead;
import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Answer.Fault;
import io.leaddispatch.testkit.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marked personal data and secrets go through every command, with --verbose; no report, table or log has them. */
class CommandsCanaryTest {
    private static final String PERSONAL = "CANARY";
    private static final String SECRET = "S3CRETCANARY";
    private static final List<Answer> ANSWERS = List.of(
            Answer.of(201),
            Answer.of(302).with("Location", "https://h.example/" + SECRET),
            Answer.of(401),
            Answer.of(422).with("X-Echo", PERSONAL),
            Answer.fault(Fault.CLOSED_AFTER_STORING));

    @TempDir
    Path folder;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream before = System.err;
    private Path leads;

    @BeforeEach
    void listen() throws Exception {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        leads = Files.writeString(folder.resolve("leads.ndjson"), """
                {"userDetails":{"firstName":"~","lastName":"~","email":"~@example.com","phone":"~","company":"~"},"description":"~"}
                {"userDetails":{"email":"~@example.edu"}}
                {"userDetails":{"email":"~"}}
                {"userDetails":{"email":"~" "~"}}
                """.replace("~", PERSONAL));
    }

    @AfterEach
    void stop() {
        System.setErr(before);
        Logs.speak(false);
    }

    private Path config(ScriptedServer server) throws Exception {
        return Files.writeString(folder.resolve("lead.json"), """
                {"insecureLoopback": true, "patience": "1s", "destinations": {"hook": {"type": "https",
                   "lane": {"attempts": 2, "firstDelay": "1ms", "maxDelay": "2ms"},
                   "settings": {"httpsEndpointUrl": "%1$s/%2$s?sig=%2$s", "auth": "bearer", "token": "%2$s",
                                "headers": {"X-Key": "%2$s"},
                                "signingSecrets": "whsec_S3CRETCANARYKYqrTwjUPD8ILPZIo2LaLaSw"}}}}
                """.formatted(server.uri(), SECRET));
    }

    @Test
    void noneOfThemComesOut() throws Exception {
        for (Answer answer : ANSWERS) {
            try (ScriptedServer server = ScriptedServer.start()) {
                server.otherwise(request -> answer);
                Path config = config(server);
                for (String form : List.of("table", "json")) {
                    check(lead("send", "--verbose", "-c", config, "--output", form, leads), PERSONAL);
                    check(lead("verify", "--verbose", "-c", config, "--output", form), PERSONAL);
                    check(lead("send", "--verbose", "-c", config, "--output", form, "--dry-run", leads), SECRET);
                }
                assertThat(server.requests()).isNotEmpty();
            }
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("hook").doesNotContain(PERSONAL);
    }

    private static void check(Ran ran, String mark) {
        assertThat(ran.code()).isNotEqualTo(2);
        assertThat(ran.out()).isNotEmpty().doesNotContain(mark);
        assertThat(ran.err()).doesNotContain(mark);
    }

    @Test
    void aPlantedLeakIsFound() throws Exception {
        try (ScriptedServer server = ScriptedServer.start()) {
            Ran dry = lead("send", "-c", config(server), "--dry-run", leads); // shows the leads themselves, as it says
            assertThat(dry.out()).contains(PERSONAL);
        }
        lead("--verbose", "demo");
        java.util.logging.Logger.getLogger("io.leaddispatch.https").fine("posting " + PERSONAL);
        assertThat(log.toString(StandardCharsets.UTF_8)).contains(PERSONAL);
    }
}
