package io.leaddispatch.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.spi.LeadQueue.Settlement;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteOutboxTest extends OutboxTests {
    @TempDir
    private Path folder;

    private int files;

    @Override
    String newUrl() {
        return "jdbc:sqlite:" + folder.resolve("leads" + files++ + ".db");
    }

    @Test
    void aLeadThatAFastClockHasStoredIsDueAtOnce() throws Exception {
        String file = newUrl();
        Clock fast = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
        try (LeadOutbox storing = Given.outbox(file, fast);
                LeadOutbox delivering = Given.outbox(file)) {
            storing.queue().store(Given.lead("a"), List.of("crm"), null);
            Claim waits = Given.stored(storing, "waits", "crm");
            storing.queue()
                    .settle(List.of(new Settlement.Later(waits, fast.instant().plusSeconds(600), DOWN, true)));
            assertThat(Given.ids(delivering.queue().claim("crm", 10, Given.LEASE)))
                    .containsExactly("a");
        }
    }
}
