package io.leaddispatch.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.SendProgress;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.testkit.Leads;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vendors meter calls by the day, so many leads go out in as few calls as the room for them allows. */
class FullCallsTest {
    @ParameterizedTest(name = "10,000 leads in batches of {0}, {1} calls at once, room for {2}: {3} calls")
    @CsvSource({"200, 4, 1000, 50", "300, 10, 1000, 34", "100, 2, 130, 100", "1, 4, 1000, 10000", "500, 4, 100, 100"})
    void manyLeadsGoOutInFullCalls(int batch, int concurrency, int room, int expected) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        LeadDestination destination = new LeadDestination() {
            @Override
            public List<DeliveryResult> deliver(LeadBatch leads) {
                calls.incrementAndGet();
                return DeliveryResult.all(leads, DeliveryResult.delivered(Confirmation.CREATED));
            }

            @Override
            public Limits limits() {
                return Limits.ONE_BY_ONE.withBatch(batch).withConcurrency(concurrency);
            }
        };
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .to("a", destination)
                .queueCapacity(room)
                .build()) {
            dispatcher.sendAll(IntStream.range(0, 10_000).mapToObj(Leads::numbered), SendProgress.NONE);
        }
        assertThat(calls).hasValue(expected);
    }
}
