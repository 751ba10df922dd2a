package io.leaddispatch.https;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.LeadDispatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is odd about a configuration file is said in the log, with its code, and hinders nothing. */
class OddConfigurationTest {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Test
    void aDestinationThatNoRouteNamesIsWarnedOf(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("lead.json"), """
                {"destinations": {"hook": {"type": "https", "settings": {"httpsEndpointUrl": "https://example.com/a"}},
                                  "idle": {"type": "https", "settings": {"httpsEndpointUrl": "https://example.com/b"}}},
                 "routes": [{"to": "hook"}]}
                """);
        Handler listening = listening();
        Logger log = Logger.getLogger("io.leaddispatch");
        log.addHandler(listening);
        try (LeadDispatcher dispatcher = LeadDispatcher.fromConfig(file)) {
            assertThat(dispatcher.destinations()).containsExactly("hook", "idle");
        } finally {
            log.removeHandler(listening);
        }
        assertThat(lines)
                .containsExactly("configuration [config.odd]: destinations.idle: gets no leads: no route names it");
    }

    private Handler listening() {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
