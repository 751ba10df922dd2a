package io.leaddispatch.azuretable;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Answer.Fault;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.ScriptedServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
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

/** With all logging on, ours and the SDK's, neither the key nor personal data comes out, whatever the service answers. */
class AzureTableCanaryTest {
    private static final String KEY = "Q0FOQVJZLUtFWS1DQU5BUlk=";
    private static final String SIGNATURE = "Q0FOQVJZ-SIG";

    private final StringBuffer said = new StringBuffer();
    private final Logger root = Logger.getLogger("");
    private final Level before = root.getLevel();
    private final Handler listening = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (!"jdk.internal.httpclient.debug".equals(record.getLoggerName())) { // it prints addresses, see docs
                said.append(record.getMessage()).append(Arrays.toString(record.getParameters()));
            }
            if (record.getThrown() != null) {
                StringWriter trace = new StringWriter();
                record.getThrown().printStackTrace(new PrintWriter(trace));
                said.append(trace);
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

    @Test
    void neitherKeyNorPersonalDataComesOut() throws Exception {
        List<Answer> answers = List.of(
                Answer.of(204),
                Answer.json(400, "{\"odata.error\":{\"code\":\"InvalidInput\",\"message\":{\"value\":\"x\"}}}"),
                Answer.of(403)
                        .with("Content-Type", "application/xml")
                        .with("<error><code>AuthenticationFailed</code></error>"),
                Answer.of(200).with("<html>"),
                Answer.fault(Fault.CLOSED_AFTER_STORING),
                Answer.json(500, "{"));
        for (Answer answer : answers) {
            try (ScriptedServer server = ScriptedServer.start()) {
                server.otherwise(request -> answer);
                through("AccountName=contosoleads;AccountKey=" + KEY + ";TableEndpoint=" + server.uri());
                through("TableEndpoint=" + server.uri() + ";SharedAccessSignature=sv=1&sig=" + SIGNATURE);
            }
        }
        assertThat(said.toString()).isNotEmpty().doesNotContain(KEY, SIGNATURE);
        assertThat(said.toString())
                .doesNotContain(Leads.personalValues(Leads.ada()).toArray(String[]::new));
    }

    /** Keys of rows that others wrote may hold anything. */
    @Test
    void aWatchKeepsSilentAboutTheKeysOfOthers() throws Exception {
        try (ScriptedServer server = ScriptedServer.start()) {
            server.otherwise(request -> Answer.json(
                    200,
                    "{\"value\":[{\"PartitionKey\":\"ada@example.com\",\"RowKey\":\"Lovelace, Ada\","
                            + "\"Timestamp\":\"2026-11-24T12:00:00Z\",\"CustomerInfo\":\"{no json\"}]}"));
            AzureTableLeads leads = AzureTableLeads.open(Given.server(server.uri()), Given.context(Clock.systemUTC()));
            leads.watch(TableCheckpoint.BEGINNING, LeadQuery.ALL, Duration.ofDays(1), row -> {
                leads.close();
                throw new IllegalStateException("Lovelace");
            });
        }
        assertThat(said.toString())
                .contains("azure-table.watcher-failed", "row-")
                .doesNotContain("Lovelace", "ada@example.com", "CustomerInfo");
    }

    private void through(String connection) throws InterruptedException {
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .insecureLoopback(true)
                .patience(Duration.ofMillis(300))
                .closeWithin(Duration.ofMillis(300))
                .to("table", AzureTableDestinationProvider.TYPE, Map.of("storageAccountConnectionString", connection))
                .build()) {
            said.append(dispatcher.send(Leads.ada()));
            said.append(dispatcher.verify("table", new Verification.Probe(Leads.ada())));
            said.append(dispatcher);
        }
    }
}
