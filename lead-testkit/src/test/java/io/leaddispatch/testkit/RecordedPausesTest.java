package io.leaddispatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Category;
import io.leaddispatch.Confirmation;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadDestination;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecordedPausesTest {
    private static final Problem BUSY = new Problem("crm.busy", Category.THROTTLED, "busy", "Wait.", null, List.of());

    @Test
    void theyAreWhatTheDestinationAskedFor() {
        RecordedPauses pauses = new RecordedPauses(Clock.systemUTC());
        AtomicInteger calls = new AtomicInteger();
        LeadDestination busyOnce = LeadDestination.each(lead -> calls.incrementAndGet() == 1
                ? new DeliveryResult.Pause(BUSY, Clock.systemUTC().instant().plusMillis(800))
                : DeliveryResult.delivered(Confirmation.CREATED));
        try (LeadDispatcher dispatcher =
                LeadDispatcher.builder().to("crm", busyOnce).listener(pauses).build()) {
            assertThat(dispatcher.send(Leads.ada()).isSettled()).isTrue();
        }
        assertThat(pauses.taken()).singleElement().satisfies(pause -> {
            assertThat(pause.destination()).isEqualTo("crm");
            assertThat(pause.why()).isEqualTo(BUSY);
            assertThat(pause.length()).isBetween(Duration.ofMillis(-60_000), Duration.ofMillis(800));
        });
    }

    @Test
    void aDestinationThatIsHeldHasNoEnd() {
        RecordedPauses pauses = new RecordedPauses(MovableClock.at("2026-01-01T00:00:00Z"));
        pauses.lanePaused("crm", BUSY, null);
        assertThat(pauses.taken()).containsExactly(new RecordedPauses.Pause("crm", null, BUSY));
    }
}
