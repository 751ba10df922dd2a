package io.leaddispatch;

import static io.leaddispatch.LeadDispatcherTest.lead;
import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadDestination;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who listens hears everything, once, and hurts nobody. */
class LeadDispatcherListenerTest {
    private static final DeliveryResult DONE = DeliveryResult.delivered(Confirmation.CREATED);
    private static final LeadDestination GOOD = LeadDestination.each(lead -> DONE);

    @Test
    void listenersHearEverythingAndHurtNothing() {
        ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
        DeliveryListener listener = new DeliveryListener() {
            @Override
            public void accepted(LeadId lead, String destination) {
                heard.add("accepted " + lead);
                throw new IllegalStateException("a listener's fault");
            }

            @Override
            public void finished(LeadId lead, String destination, Outcome outcome) {
                heard.add("finished " + lead + " " + outcome.getClass().getSimpleName());
            }
        };
        try (var dispatcher = LeadDispatcher.builder()
                .to("a", GOOD)
                .listener(listener)
                .listener(new DeliveryListener() {})
                .build()) {
            dispatcher.send(lead(1));
        }
        assertThat(heard).containsExactly("accepted lead-1", "finished lead-1 Delivered");
    }

    @Test
    void listenersHearOfWhatNeverBegan() {
        ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
        DeliveryListener listener = new DeliveryListener() {
            @Override
            public void unrouted(LeadId lead, Problem why) {
                heard.add(lead + " " + why.code());
            }

            @Override
            public void accepted(LeadId lead, String destination) {
                heard.add("accepted");
            }

            @Override
            public void finished(LeadId lead, String destination, Outcome outcome) {
                heard.add(lead + " " + outcome.getClass().getSimpleName());
            }
        };
        var dispatcher = LeadDispatcher.builder()
                .to("a", GOOD)
                .routes(new Route("contoso.*", null, null, null, List.of("a")))
                .listener(listener)
                .build();
        Lead routed = lead(2).toBuilder()
                .source("AzureMarketplace-INS|contoso.app")
                .email("a@mit.edu")
                .build();
        dispatcher.send(lead(1));
        dispatcher.send(routed);
        dispatcher.close();
        dispatcher.send(routed.toBuilder().email("a@example.com").build());
        assertThat(heard).containsExactly("lead-1 dispatcher.unrouted", "lead-2 Suppressed", "lead-2 Undelivered");
    }

    @Test
    void closingWaitsUntilEveryListenerHasHeard() throws Exception {
        CountDownLatch telling = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
        DeliveryListener slow = new DeliveryListener() {
            @Override
            public void finished(LeadId lead, String destination, Outcome outcome) {
                telling.countDown();
                awaitQuietly(goOn);
                heard.add("finished");
            }
        };
        var dispatcher = LeadDispatcher.builder().to("a", GOOD).listener(slow).build();
        dispatcher.sendAsync(lead(1));
        assertThat(telling.await(30, TimeUnit.SECONDS)).isTrue();
        Thread closing = new Thread(() -> {
            dispatcher.close();
            heard.add("closed");
        });
        closing.start();
        while (closing.getState() != Thread.State.WAITING && closing.isAlive()) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        closing.join();
        assertThat(heard).containsExactly("finished", "closed");
    }

    @Test
    void aListenerMayCloseTheDispatcher() throws Exception {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        var dispatcher = LeadDispatcher.builder()
                .to("a", GOOD)
                .closeWithin(Duration.ofDays(1))
                .build();
        var unused = dispatcher.sendAsync(lead(1)).thenRun(() -> {
            dispatcher.close();
            closed.complete(true);
        });
        assertThat(closed.get(30, TimeUnit.SECONDS)).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
