package io.leaddispatch.testkit.contract;

import io.leaddispatch.internal.engine.MemoryQueue;
import io.leaddispatch.internal.engine.SystemTime;
import io.leaddispatch.spi.LeadQueue;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class MemoryQueueContractTest extends LeadQueueContract {
    private final SystemTime time = new SystemTime(Clock.systemUTC());

    @AfterEach
    void stop() {
        time.close();
    }

    @Override
    protected LeadQueue open() {
        return new MemoryQueue(time, 1_000);
    }

    @Override
    protected Map<QueueGroup, String> doesNotApply() {
        return Map.of(
                QueueGroup.LEASES, "what this process holds nobody else could take over, so leases do not run out",
                QueueGroup.DURABILITY, "memory ends with its process");
    }
}
