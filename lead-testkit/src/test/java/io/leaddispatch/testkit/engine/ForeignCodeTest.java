package io.leaddispatch.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.DeliveryListener;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LaneOptions;
import io.leaddispatch.LaneStats;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.LeadId;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Code of others that breaks its contract, or blocks where it had better not: every lead still ends. */
@ExtendWith(QuietLog.class)
class ForeignCodeTest {
    private static final DeliveryResult DONE = DeliveryResult.delivered(Confirmation.CREATED);

    private static class Plain implements LeadDestination {
        @Override
        public List<DeliveryResult> deliver(LeadBatch batch) throws Exception {
            return DeliveryResult.all(batch, DONE);
        }
    }

    private static final class ThrowingKeys extends Plain {
        @Override
        public String serialKey(Lead lead) {
            throw new IllegalStateException("no key");
        }
    }

    private static final class NullKeys extends Plain {
        @Override
        public String batchKey(Lead lead) {
            return null;
        }
    }

    private static final class NoLimits extends Plain {
        @Override
        public Limits limits() {
            return null;
        }
    }

    @Test
    void keysThatThrowEndTheDeliveryAndHurtNobodyElse() {
        keysAreBroken(new ThrowingKeys());
    }

    @Test
    void keysThatAreMissingEndTheDeliveryAndHurtNobodyElse() {
        keysAreBroken(new NullKeys());
    }

    private static void keysAreBroken(LeadDestination broken) {
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .to("good", new Plain())
                .to("broken", broken)
                .closeWithin(Duration.ofMillis(100))
                .build()) {
            DispatchReport report = dispatcher.send(Leads.ada());
            assertThat(report.at("good")).isInstanceOf(Outcome.Delivered.class);
            assertThat(report.at("broken")).isInstanceOfSatisfying(Outcome.Undelivered.class, outcome -> {
                assertThat(outcome.problem().code()).isEqualTo("lane.destination-threw");
                assertThat(outcome.mayExist()).isFalse();
            });
            assertThat(dispatcher.stats().lanes().values()).allMatch(LaneStats::balanced);
        }
    }

    @Test
    void limitsThatAreMissingAreTheDefaults() {
        try (LeadDispatcher dispatcher =
                LeadDispatcher.builder().to("a", new NoLimits()).build()) {
            assertThat(dispatcher.send(Leads.ada()).at("a")).isInstanceOf(Outcome.Delivered.class);
        }
    }

    @Test
    void aListenerThatThrowsAnErrorHurtsNothing() {
        DeliveryListener broken = new DeliveryListener() {
            @Override
            public void accepted(LeadId lead, String destination) {
                throw new AssertionError("listener");
            }

            @Override
            public void attempt(String destination, int leads, Duration took) {
                throw new NoClassDefFoundError("listener");
            }

            @Override
            public void finished(LeadId lead, String destination, Outcome outcome) {
                throw new StackOverflowError("listener");
            }
        };
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .to("a", new Plain())
                .listener(broken)
                .closeWithin(Duration.ofMillis(100))
                .build()) {
            assertThat(dispatcher
                            .sendAsync(Leads.ada())
                            .orTimeout(5, TimeUnit.SECONDS)
                            .join()
                            .at("a"))
                    .isInstanceOf(Outcome.Delivered.class);
        }
    }

    /** The end of patience is noticed by a timer, which must not wait for what is chained to a report. */
    @Test
    void whatIsChainedToAReportMaySend() {
        CountDownLatch never = new CountDownLatch(1);
        LeadDestination hanging = LeadDestination.each(lead -> {
            never.await();
            return DONE;
        });
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .to("a", hanging)
                .lane("a", LaneOptions.DEFAULT.withConcurrency(1))
                .patience(Duration.ofMillis(200))
                .closeWithin(Duration.ofMillis(100))
                .build()) {
            dispatcher.sendAsync(Leads.sparse());
            CompletableFuture<DispatchReport> second =
                    dispatcher.sendAsync(Leads.ada()).thenApply(first -> dispatcher.send(Leads.grace()));
            assertThat(second.orTimeout(10, TimeUnit.SECONDS).join().at("a")).isInstanceOf(Outcome.Undelivered.class);
        }
    }

    @Test
    void cancellingWithdrawsALeadOnlyIfNobodyElseWaitsForIt() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        LeadDestination slow = LeadDestination.each(lead -> {
            release.await();
            return DONE;
        });
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .to("a", slow)
                .lane("a", LaneOptions.DEFAULT.withConcurrency(1))
                .build()) {
            var inFlight = dispatcher.sendAsync(Leads.sparse());
            var first = dispatcher.sendAsync(Leads.ada());
            var second = dispatcher.sendAsync(Leads.ada());
            assertThat(first.cancel(true)).isTrue();
            var alone = dispatcher.sendAsync(Leads.grace());
            alone.cancel(true);
            assertThat(dispatcher.stats().lanes().get("a").handedBack()).isEqualTo(1);
            release.countDown();
            assertThat(second.get(5, TimeUnit.SECONDS).at("a")).isInstanceOf(Outcome.Delivered.class);
            assertThat(inFlight.get(5, TimeUnit.SECONDS).at("a")).isInstanceOf(Outcome.Delivered.class);
            assertThat(dispatcher.stats().lanes().get("a").taken()).isEqualTo(3);
        }
    }
}
