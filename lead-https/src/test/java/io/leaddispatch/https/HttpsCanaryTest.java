package io.leaddispatch.https;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.LaneOptions;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ScriptedServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Marked personal data and marked secrets go through everything, with all logging on; none of it may come out. */
class HttpsCanaryTest {
    private static final String CANARY = "CANARY";

    /** The JDK's client itself, when its debugging is on: it prints addresses, and no library can stop it. */
    private static final String JDK_DEBUGGING = "jdk.internal.httpclient.debug";

    private final StringBuffer said = new StringBuffer();
    private final StringBuffer saidByJdkDebugging = new StringBuffer();
    private final Logger root = Logger.getLogger("");
    private final Level before = root.getLevel();
    private final Handler listening = new Handler() {
        @Override
        public void publish(LogRecord record) {
            (JDK_DEBUGGING.equals(record.getLoggerName()) ? saidByJdkDebugging : said)
                    .append(record.getLoggerName())
                    .append(' ')
                    .append(record.getMessage())
                    .append(Arrays.toString(record.getParameters()))
                    .append('\n');
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
        return Lead.builder()
                .id("lead-1")
                .firstName(CANARY + "first")
                .lastName(CANARY + "last")
                .email(CANARY + "@example.com")
                .phone(CANARY + "phone")
                .country(CANARY + "country")
                .company(CANARY + "company")
                .title(CANARY + "title")
                .offerTitle(CANARY + "offer")
                .description(CANARY + "description")
                .attribute("a", CANARY + "attribute")
                .build();
    }

    private static LeadDispatcher dispatcher(String url) {
        return LeadDispatcher.builder()
                .insecureLoopback(true)
                .patience(Duration.ofSeconds(3))
                .to(
                        "hook",
                        "https",
                        Map.of(
                                "httpsEndpointUrl",
                                url,
                                "timeout",
                                "1s",
                                "auth",
                                "bearer",
                                "token",
                                CANARY + "token",
                                "headers",
                                Map.of("X-Key", CANARY + "header"),
                                "signingSecrets",
                                List.of("whsec_CANARYQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw7")))
                .lane(
                        "hook",
                        LaneOptions.DEFAULT.withAttempts(2).withDelays(Duration.ofMillis(1), Duration.ofMillis(2)))
                .build();
    }

    private void everything(String url) {
        try (LeadDispatcher dispatcher = dispatcher(url)) {
            said.append(dispatcher.send(lead())).append(dispatcher.stats()).append(dispatcher);
            said.append(dispatcher.verify("hook", new Verification.Probe(lead())));
        } catch (Exception e) {
            note(e);
        }
        Thread.getAllStackTraces()
                .keySet()
                .forEach(thread -> said.append(thread.getName()).append('\n'));
    }

    @Test
    void noneOfThemComesOutWhateverTheEndpointDoes() {
        for (Answer answer : answers()) {
            try (ScriptedServer server = ScriptedServer.start()) {
                server.otherwise(request -> answer);
                everything(server.uri() + "/" + CANARY + "?sig=" + CANARY);
            }
        }
        everything("http://localhost:1/" + CANARY);
        everything("https://nowhere.invalid/" + CANARY);
        everything("https://h.example/" + CANARY + " blank");
        everything("https://" + CANARY + "user:" + CANARY + "@h.example/");
        said.append(HttpCall.get(URI.create("https://h.example/" + CANARY)).header("A", CANARY));
        assertThat(said.toString()).contains("lead-1", "https.no-answer").doesNotContain(CANARY);
        // docs/https.md says so: of all we give it, only the address comes out there
        if (Runtime.version().feature() < 21) { // seen on 17; JDK 25 says nothing to this logger
            assertThat(saidByJdkDebugging.toString()).contains("HttpClientImpl");
        }
        assertThat(saidByJdkDebugging.toString().replaceAll("https?://\\S+", ""))
                .doesNotContain(CANARY);
    }

    private static List<Answer> answers() {
        return List.of(
                Answer.of(200),
                Answer.of(302).with("Location", "https://h.example/" + CANARY),
                Answer.of(401),
                Answer.of(422).with("X-Echo", CANARY),
                Answer.of(429).with("Retry-After", CANARY),
                Answer.of(503),
                Answer.fault(Answer.Fault.CLOSED_AFTER_STORING),
                Answer.fault(Answer.Fault.RESET_AFTER_STORING),
                Answer.fault(Answer.Fault.STALLED_BODY),
                Answer.fault(Answer.Fault.NOT_HTTP));
    }

    @Test
    void aPlantedLeakIsFound() {
        Logger.getLogger("io.leaddispatch.https").log(Level.FINEST, "posting {0}", CANARY);
        note(new IllegalStateException("outer", new IllegalArgumentException(CANARY)));
        assertThat(said.toString().split(CANARY, -1)).hasSizeGreaterThan(2);
    }
}
