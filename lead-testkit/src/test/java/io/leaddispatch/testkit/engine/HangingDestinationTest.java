package io.leaddispatch.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LaneOptions;
import io.leaddispatch.LaneStats;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.Route;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.testkit.Leads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A destination that hangs for ever, beside a healthy one. */
@ExtendWith(QuietLog.class)
class HangingDestinationTest {
    private static final int HANGING_CALLS = 3;
    private static final int HEALTHY_CALLS = 4;
    /** Threads on their way back to the pool come on top of the calls; on a busy machine there are a few more of them. */
    private static final int SPARE = 4;

    private LeadDispatcher dispatcher;
    private final EngineThreads threads = new EngineThreads();
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void noThreadStays() throws InterruptedException {
        dispatcher.close();
        released.countDown();
        assertThat(threads.leftAfter(5_000)).isEmpty();
    }

    @ParameterizedTest(name = "heeds interruption: {0}")
    @ValueSource(booleans = {true, false})
    void othersAreUnaffectedThreadsBoundedAndClosingKeepsItsBound(boolean heedsInterruption) throws Exception {
        dispatcher = LeadDispatcher.builder()
                .to("healthy", LeadDestination.each(lead -> DeliveryResult.delivered(Confirmation.CREATED)))
                .to("hanging", new Hanging(heedsInterruption))
                .lane("hanging", LaneOptions.DEFAULT.withDelays(Duration.ofMillis(10), Duration.ofMillis(50)))
                .routes(new Route("contoso.healthy", null, null, null, List.of("healthy")), Route.all("hanging"))
                .patience(Duration.ofSeconds(20))
                .closeWithin(Duration.ofMillis(500))
                .build();
        List<CompletableFuture<DispatchReport>> stuck = IntStream.range(0, 20)
                .mapToObj(n -> dispatcher.sendAsync(Leads.numbered(n)))
                .toList();
        long start = System.nanoTime();
        SendSummary summary = dispatcher.sendAll(
                IntStream.range(100, 5_100)
                        .mapToObj(n -> Leads.numbered(n).toBuilder()
                                .source("AzureMarketplace-INS|contoso.healthy")
                                .build()),
                SendProgress.NONE);
        long took = millisSince(start);
        assertThat(summary.destinations().get("healthy").delivered()).isEqualTo(5_000);
        assertThat(took).as("ms for 5,000 leads beside a hanging destination").isLessThan(5_000);
        assertThat(threads.calls()).isLessThanOrEqualTo(SPARE * (HANGING_CALLS + HEALTHY_CALLS));

        start = System.nanoTime();
        dispatcher.close();
        took = millisSince(start);
        System.out.printf("closing a dispatcher with a hanging destination took %d ms (bound 500 + 1000)%n", took);
        assertThat(took).isLessThan(3_000);
        for (CompletableFuture<DispatchReport> future : stuck) {
            assertThat(future).isDone();
            assertThat(future.join().at("hanging")).isInstanceOf(Outcome.Undelivered.class);
        }
        LaneStats books = dispatcher.stats().lanes().get("hanging");
        assertThat(books.balanced()).isTrue();
        assertThat(books.waiting() + books.inFlight()).isZero();
        assertThat(books.undelivered()).isEqualTo(20);
    }

    @ParameterizedTest(name = "heeds interruption: {0}")
    @ValueSource(booleans = {true, false})
    void itsOwnLeadsEndAndSayWhy(boolean heedsInterruption) {
        dispatcher = LeadDispatcher.builder()
                .to("hanging", new Hanging(heedsInterruption))
                .lane("hanging", LaneOptions.DEFAULT.withDelays(Duration.ofMillis(10), Duration.ofMillis(50)))
                .closeWithin(Duration.ofMillis(100))
                .build();
        List<CompletableFuture<DispatchReport>> all = IntStream.range(0, 12)
                .mapToObj(n -> dispatcher.sendAsync(Leads.numbered(n)))
                .toList();
        for (CompletableFuture<DispatchReport> future : all) {
            Outcome.Undelivered outcome = (Outcome.Undelivered)
                    future.orTimeout(20, TimeUnit.SECONDS).join().at("hanging");
            assertThat(outcome.problem().code()).isIn("lane.call-timeout", "lane.stuck");
            assertThat(outcome.mayExist()).isEqualTo(outcome.attempts() > 0);
        }
        assertThat(dispatcher.stats().lanes().get("hanging").undelivered()).isEqualTo(12);
        assertThat(threads.calls()).isLessThanOrEqualTo(SPARE * HANGING_CALLS);
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private final class Hanging implements LeadDestination {
        private final boolean heedsInterruption;

        Hanging(boolean heedsInterruption) {
            this.heedsInterruption = heedsInterruption;
        }

        @Override
        public List<DeliveryResult> deliver(LeadBatch batch) throws InterruptedException {
            while (true) {
                try {
                    released.await();
                    return DeliveryResult.all(batch, DeliveryResult.delivered(Confirmation.CREATED));
                } catch (InterruptedException e) {
                    if (heedsInterruption) {
                        throw e;
                    }
                }
            }
        }

        @Override
        public Limits limits() {
            return Limits.ONE_BY_ONE.withConcurrency(HANGING_CALLS).withCallTimeout(Duration.ofMillis(300));
        }
    }
}
