package io.leaddispatch.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LaneStats;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.SendProgress;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.testkit.Leads;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A caller who is interrupted while two of three lanes have no room for its lead. */
@ExtendWith(QuietLog.class)
class InterruptedCallerTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private LeadDispatcher dispatcher;

    @BeforeEach
    void twoLanesAreFull() {
        LeadDestination slow = LeadDestination.each(lead -> {
            release.await();
            return DeliveryResult.delivered(Confirmation.CREATED);
        });
        dispatcher = LeadDispatcher.builder()
                .to("free", LeadDestination.each(lead -> DeliveryResult.delivered(Confirmation.CREATED)))
                .to("full", slow)
                .to("full-too", slow)
                .queueCapacity(1)
                .build();
        dispatcher.sendAsync(Leads.sparse());
    }

    @AfterEach
    void close() {
        release.countDown();
        dispatcher.close();
        assertThat(dispatcher.stats().lanes().values()).allMatch(LaneStats::balanced);
    }

    @Test
    void sendSaysWhatMayExistAndWithdrawsTheRest() throws Exception {
        AtomicReference<DispatchReport> report = new AtomicReference<>();
        AtomicReference<Boolean> keptInterruption = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            report.set(dispatcher.send(Leads.ada()));
            keptInterruption.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        interruptWhenItWaits(caller);
        assertThat(keptInterruption.get()).isTrue();
        assertThat(report.get().at("free"))
                .satisfiesAnyOf(
                        outcome -> assertThat(outcome).isInstanceOf(Outcome.Delivered.class),
                        outcome -> assertThat(((Outcome.Undelivered) outcome).mayExist())
                                .isTrue()); // its call still ran
        for (String full : List.of("full", "full-too")) {
            assertThat(report.get().at(full)).isInstanceOfSatisfying(Outcome.Undelivered.class, outcome -> {
                assertThat(outcome.mayExist()).isFalse();
                assertThat(outcome.problem().code()).isEqualTo("dispatcher.cancelled");
            });
            assertThat(dispatcher.stats().lanes().get(full).taken()).isEqualTo(2);
        }
    }

    @Test
    void sendAllPassesTheInterruptionOnAndTheLeadBegunHasItsReport() throws Exception {
        AtomicReference<DispatchReport> report = new AtomicReference<>();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        SendProgress progress = new SendProgress() {
            @Override
            public void finished(DispatchReport of) {
                report.set(of);
            }
        };
        Thread caller = new Thread(() -> {
            try {
                dispatcher.sendAll(List.of(Leads.ada(), Leads.grace()), progress);
            } catch (Throwable e) { // looked at below
                thrown.set(e);
            }
        });
        caller.start();
        interruptWhenItWaits(caller);
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(report.get().leadId()).isEqualTo(Leads.ada().id());
        assertThat(report.get().outcomes()).containsOnlyKeys("free", "full", "full-too");
    }

    private static void interruptWhenItWaits(Thread caller) throws InterruptedException {
        while (caller.getState() != Thread.State.WAITING && caller.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        caller.interrupt();
        caller.join(10_000);
        assertThat(caller.isAlive()).isFalse();
    }
}
