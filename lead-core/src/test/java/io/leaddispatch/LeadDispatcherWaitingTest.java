package io.leaddispatch;

import static io.leaddispatch.LeadDispatcherTest.lead;
import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Lanes that are full, calls that hang, callers that are interrupted, and closing. */
class LeadDispatcherWaitingTest {
    private static final DeliveryResult DONE = DeliveryResult.delivered(Confirmation.CREATED);
    private static final LeadDestination GOOD = LeadDestination.each(lead -> DONE);
    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void aFullLaneRefusesOrWaits() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        LeadDestination slow = LeadDestination.each(lead -> {
            free.await();
            return DONE;
        });
        try (var dispatcher = LeadDispatcher.builder()
                .to("a", slow)
                .queueCapacity(1)
                .patience(Duration.ofSeconds(20))
                .build()) {
            CompletableFuture<DispatchReport> first = dispatcher.sendAsync(lead(1));
            var refused =
                    (Outcome.Undelivered) dispatcher.sendAsync(lead(2)).join().at("a");
            assertThat(refused.problem().code()).isEqualTo("lane.full");
            CompletableFuture<DispatchReport> waiting = CompletableFuture.supplyAsync(() -> dispatcher.send(lead(3)));
            free.countDown();
            assertThat(waiting.get(10, TimeUnit.SECONDS).at("a")).isInstanceOf(Outcome.Delivered.class);
            assertThat(first.get(10, TimeUnit.SECONDS).at("a")).isInstanceOf(Outcome.Delivered.class);
        }
        CountDownLatch never = new CountDownLatch(1);
        LeadDestination stuck = LeadDestination.each(lead -> {
            never.await();
            return DONE;
        });
        try (var dispatcher = LeadDispatcher.builder()
                .to("a", stuck)
                .queueCapacity(1)
                .patience(SHORT)
                .closeWithin(SHORT)
                .build()) {
            CompletableFuture<DispatchReport> first = dispatcher.sendAsync(lead(1));
            var late = (Outcome.Undelivered) dispatcher.send(lead(2)).at("a");
            assertThat(late.problem().code()).isEqualTo("lane.full");
            never.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS).at("a")).isInstanceOf(Outcome.Delivered.class);
        }
    }

    @Test
    void anInterruptedCallerKeepsTheInterruptionAndHearsWhatMayExist() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        LeadDestination slow = LeadDestination.each(lead -> {
            begun.countDown();
            free.await();
            return DONE;
        });
        try (var dispatcher = LeadDispatcher.builder().to("a", slow).build()) {
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                Outcome heard = dispatcher.send(lead(1)).at("a");
                if (Thread.currentThread().isInterrupted()) {
                    outcome.complete(heard);
                }
            });
            caller.start();
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            caller.interrupt();
            var heard = (Outcome.Undelivered) outcome.get(10, TimeUnit.SECONDS);
            assertThat(heard.problem().code()).isEqualTo("dispatcher.interrupted");
            assertThat(heard.mayExist()).isTrue();
            free.countDown();
        }
    }

    @Test
    void aCallThatHangsIsAbandonedAndTheLaneSaysThatItIsStuck() {
        CountDownLatch free = new CountDownLatch(1);
        LeadDestination hanging = new LeadDestination() {
            @Override
            public List<DeliveryResult> deliver(LeadBatch batch) {
                boolean interrupted = false;
                while (free.getCount() > 0) {
                    try {
                        free.await();
                    } catch (InterruptedException e) {
                        interrupted = true; // a destination that heeds nothing
                    }
                }
                return interrupted ? List.of(DONE) : List.of();
            }

            @Override
            public Limits limits() {
                return Limits.ONE_BY_ONE.withConcurrency(1).withCallTimeout(Duration.ofMillis(50));
            }
        };
        try (var dispatcher = LeadDispatcher.builder()
                .to("a", hanging)
                .to("b", GOOD)
                .closeWithin(SHORT)
                .build()) {
            DispatchReport report = dispatcher.send(lead(1));
            var hung = (Outcome.Undelivered) report.at("a");
            assertThat(hung.problem().code()).isEqualTo("lane.call-timeout");
            assertThat(hung.mayExist()).isTrue();
            assertThat(report.at("b")).isInstanceOf(Outcome.Delivered.class);
            var next = (Outcome.Undelivered) dispatcher.send(lead(2)).at("a");
            assertThat(next.problem().code()).isEqualTo("lane.stuck");
            assertThat(dispatcher.stats().lanes().get("a").pausedWhy().code()).isEqualTo("lane.stuck");
            free.countDown();
        }
    }

    @Test
    void aCallThatHeedsItsInterruptionIsTimedOut() {
        LeadDestination slow = new LeadDestination() {
            @Override
            public List<DeliveryResult> deliver(LeadBatch batch) throws InterruptedException {
                new CountDownLatch(1).await();
                return List.of();
            }

            @Override
            public Limits limits() {
                return Limits.ONE_BY_ONE.withCallTimeout(Duration.ofMillis(20));
            }
        };
        try (var dispatcher = LeadDispatcher.builder().to("a", slow).build()) {
            var late = (Outcome.Undelivered) dispatcher.send(lead(1)).at("a");
            assertThat(late.problem().code()).isEqualTo("lane.call-timeout");
            assertThat(late.mayExist()).isTrue();
        }
    }

    @Test
    void closingEndsWhatWaitsAndInterruptsWhatRuns() {
        LeadDestination slow = new LeadDestination() {
            @Override
            public List<DeliveryResult> deliver(LeadBatch batch) throws InterruptedException {
                new CountDownLatch(1).await();
                return List.of();
            }

            @Override
            public Limits limits() {
                return Limits.ONE_BY_ONE.withConcurrency(1);
            }
        };
        var dispatcher =
                LeadDispatcher.builder().to("a", slow).closeWithin(SHORT).build();
        CompletableFuture<DispatchReport> running = dispatcher.sendAsync(lead(1));
        CompletableFuture<DispatchReport> waiting = dispatcher.sendAsync(lead(2));
        dispatcher.close();
        dispatcher.close();
        var cut = (Outcome.Undelivered) running.join().at("a");
        assertThat(cut.problem().code()).isEqualTo("lane.call-interrupted");
        assertThat(cut.mayExist()).isTrue();
        var unsent = (Outcome.Undelivered) waiting.join().at("a");
        assertThat(unsent.problem().code()).isEqualTo("dispatcher.closed");
        assertThat(unsent.mayExist()).isFalse();
        var after = (Outcome.Undelivered) dispatcher.send(lead(3)).at("a");
        assertThat(after.problem().code()).isEqualTo("dispatcher.closed");
        LaneStats stats = dispatcher.stats().lanes().get("a");
        assertThat(stats.balanced()).isTrue();
        assertThat(stats.waiting() + stats.inFlight()).isZero();
    }
}
