package io.leaddispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the host's and the destinations' code throws beside a delivery hurts no lead, and is said with a code. */
class ForeignCodeTest {
    @Test
    void whatIsThrownBesideADeliveryIsSaidWithACodeAndHurtsNoLead() {
        try (LogLines log = new LogLines()) {
            try (var dispatcher = LeadDispatcher.builder()
                    .to("a", new Unruly())
                    .listener(new DeliveryListener() {
                        @Override
                        public void accepted(LeadId lead, String destination) {
                            throw new IllegalStateException("CANARY");
                        }
                    })
                    .build()) {
                Lead lead = Lead.builder().id("one").phone("1").build();
                assertThat(dispatcher.send(lead).isSettled()).isTrue();
                assertThat(dispatcher.stats().gauges()).isEmpty();
            }
            assertThat(log.warnings())
                    .hasSize(3)
                    .allMatch(line -> line.contains("threw java.lang.IllegalStateException")
                            && line.contains("[dispatcher.foreign-code]: ")
                            && !line.contains("CANARY"));
        }
    }

    private static final class Unruly implements LeadDestination {
        @Override
        public List<DeliveryResult> deliver(LeadBatch batch) {
            return DeliveryResult.all(batch, DeliveryResult.delivered(Confirmation.CREATED));
        }

        @Override
        public Map<String, Long> gauges() {
            throw new IllegalStateException("CANARY");
        }

        @Override
        public void close() {
            throw new IllegalStateException("CANARY");
        }
    }
}
