package io.leaddispatch.marketo;

import io.leaddispatch.LaneOptions;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.testkit.marketo.MarketoSimulator;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The destination behind a dispatcher, against the simulator. */
abstract class WithDispatcher {
    final MarketoSimulator marketo = MarketoSimulator.start();

    @AfterEach
    final void stop() {
        marketo.close();
    }

    static LeadDispatcher dispatcher(Map<String, Object> settings) {
        return LeadDispatcher.builder()
                .insecureLoopback(true)
                .patience(Duration.ofSeconds(50))
                .to("crm", "marketo", settings)
                .lane("crm", LaneOptions.DEFAULT.withDelays(Duration.ofMillis(1), Duration.ofMillis(5)))
                .build();
    }

    final Map<String, Object> settings(String mode) {
        return Given.settings(marketo.uri(), mode);
    }
}
