package io.leaddispatch.azuretable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.ScriptedServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The environment may ask the SDK to log what is sent; it does not here. A process of its own, since it asks once. */
class SdkLoggingTest {
    @Test
    void bodiesAreNotLoggedWhateverTheEnvironmentAsksFor() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sender.class.getName())
                .redirectErrorStream(true);
        builder.environment().put("AZURE_HTTP_LOG_DETAIL_LEVEL", "body_and_headers");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said)
                .contains("Delivered")
                .doesNotContain(Leads.personalValues(Leads.ada()).toArray(String[]::new));
    }

    /** Delivers one lead. */
    static final class Sender {
        private Sender() {}

        public static void main(String[] args) throws InterruptedException {
            try (ScriptedServer server = ScriptedServer.start()) {
                server.otherwise(request -> Answer.of(204));
                System.out.println(Given.server(server.uri())
                        .open()
                        .deliver(new LeadBatch(
                                List.of(Leads.ada()), Instant.now().plusSeconds(30), false)));
            }
        }
    }
}
