package io.leaddispatch.marketo;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.LaneOptions;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.ScriptedServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Marked secrets and personal data, with all logging on and answers that quote them back; none of it may come out. */
class MarketoCanaryTest {
    private static final String CANARY = "CANARY";
    private static final String QUOTING =
            "{\"requestId\":\"r\",\"success\":true,\"result\":[{\"status\":\"skipped\",\"reasons\":"
                    + "[{\"code\":\"1003\",\"message\":\"Invalid value for field 'lastName' and value 'CANARY'\"}]}]}";

    private final StringBuffer said = new StringBuffer();
    private final Logger root = Logger.getLogger("");
    private final Level before = root.getLevel();
    private final Handler listening = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getLoggerName() == null || !record.getLoggerName().startsWith("jdk.")) {
                said.append(record.getMessage()).append(Arrays.toString(record.getParameters()));
            }
            if (record.getThrown() != null) {
                note(record.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        root.setLevel(Level.ALL);
        listening.setLevel(Level.ALL);
        root.addHandler(listening);
    }

    @AfterEach
    void stop() {
        root.removeHandler(listening);
        root.setLevel(before);
    }

    private void note(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        said.append(trace);
    }

    private static Lead lead() {
        return Leads.ada().toBuilder()
                .firstName(CANARY + "first")
                .lastName(CANARY)
                .email(CANARY + "@example.com")
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"form", "leads", "save2"})
    void nothingOfThemComesOutWhateverMarketoAnswers(String mode) {
        for (Answer answer : List.of(
                Answer.json(200, QUOTING),
                Answer.json(200, "{\"success\":false,\"errors\":[{\"code\":\"CANARY\",\"message\":\"CANARY\"}]}"),
                Answer.json(200, "{\"success\":false,\"errors\":[{\"code\":\"602\",\"message\":\"CANARY\"}]}"),
                Answer.json(400, "{\"message\":\"CANARY\",\"error\":true}"),
                Answer.of(302).with("Location", "https://h.example/CANARY"),
                Answer.of(503).with("CANARY"),
                Answer.fault(Answer.Fault.CLOSED_AFTER_STORING))) {
            try (ScriptedServer server = ScriptedServer.start()) {
                server.otherwise(request -> request.target().startsWith("/identity")
                        ? Answer.json(200, "{\"access_token\":\"CANARYtoken\",\"expires_in\":3600}")
                        : answer);
                everything(server, mode);
            }
        }
        assertThat(said.toString()).contains("marketo.", "lead-ada").doesNotContain(CANARY);
    }

    private void everything(ScriptedServer server, String mode) {
        Map<String, Object> settings = new HashMap<>(Given.settings(server.uri(), mode));
        settings.put("clientSecret", CANARY + "secret");
        settings.put("save2Host", server.uri().toString());
        settings.put("save2AgainstAdobesRules", true);
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .insecureLoopback(true)
                .patience(Duration.ofSeconds(3))
                .to("crm", "marketo", settings)
                .lane("crm", LaneOptions.DEFAULT.withAttempts(2).withDelays(Duration.ofMillis(1), Duration.ofMillis(2)))
                .build()) {
            said.append(dispatcher.send(lead())).append(dispatcher.stats()).append(dispatcher);
            said.append(dispatcher.verify("crm", new Verification.Probe(lead())));
        } catch (Exception e) {
            note(e);
        }
    }
}
