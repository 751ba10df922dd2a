package io.leaddispatch.internal.engine;

import io.leaddispatch.DeliveryListener;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LeadId;
import io.leaddispatch.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners and the log what happens. A listener that throws is named once and hurts nothing. */
public final class Events {
    private static final Logger LOG = LoggerFactory.getLogger("io.leaddispatch");

    private final List<DeliveryListener> listeners;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** Events for these listeners. */
    public Events(List<DeliveryListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    void accepted(LeadId lead, String destination) {
        tell(listener -> listener.accepted(lead, destination));
    }

    void unrouted(LeadId lead) {
        Problem problem = EngineProblems.UNROUTED.problem();
        LOG.warn("lead {} goes nowhere [{}]: {}. {}", lead, problem.code(), problem.cause(), problem.remedy());
        tell(listener -> listener.unrouted(lead, problem));
    }

    void attempt(String destination, int leads, Duration took) {
        LOG.debug("{}: a call with {} leads took {} ms", destination, leads, took.toMillis());
        tell(listener -> listener.attempt(destination, leads, took));
    }

    void deferred(LeadId lead, String destination, Problem why, Instant notBefore) {
        LOG.debug("lead {} waits for another attempt at {} until {} [{}]", lead, destination, notBefore, why.code());
        tell(listener -> listener.deferred(lead, destination, why, notBefore));
    }

    void finished(LeadId lead, String destination, Outcome outcome) {
        if (outcome instanceof Outcome.Rejected rejected) {
            warn(lead, destination, "refused", rejected.attempts(), rejected.problem());
        } else if (outcome instanceof Outcome.Undelivered undelivered) {
            String what = undelivered.mayExist() ? "given up, it may be there," : "given up";
            warn(lead, destination, what, undelivered.attempts(), undelivered.problem());
        }
        tell(listener -> listener.finished(lead, destination, outcome));
    }

    private static void warn(LeadId lead, String destination, String what, int attempts, Problem problem) {
        LOG.warn(
                "lead {} {} at {} after {} attempts [{}]: {}. {}",
                lead,
                what,
                destination,
                attempts,
                problem.code(),
                problem.cause(),
                problem.remedy());
    }

    void paused(String destination, Problem why, @Nullable Instant until, boolean needsAHand) {
        if (needsAHand) {
            LOG.warn("{} is held [{}]: {}. {}", destination, why.code(), why.cause(), why.remedy());
        } else {
            LOG.info("{} pauses until {} [{}]: {}", destination, until, why.code(), why.cause());
        }
        tell(listener -> listener.lanePaused(destination, why, until));
    }

    void resumed(String destination) {
        LOG.info("{} gets leads again", destination);
        tell(listener -> listener.laneResumed(destination));
    }

    void contained(String destination, Throwable thrown) {
        LOG.debug("{}: its code threw {}", destination, thrown.getClass().getName());
    }

    void fenced(String destination, int leads) {
        LOG.info("{}: {} leads had gone to another process before their end could be stored", destination, leads);
    }

    /** Ends that a store which is away did not take, and that are too many to be kept for it. */
    void unsettled(String destination, int leads) {
        Problem problem = EngineProblems.QUEUE_FAILED.problem(leads + " ends not stored, these leads may go out again");
        LOG.warn("{} [{}]: {}. {}", destination, problem.code(), problem.cause(), problem.remedy());
    }

    void queueFailed(String destination, RuntimeException thrown) {
        Problem problem = EngineProblems.QUEUE_FAILED.problem(thrown.getClass().getSimpleName());
        LOG.warn("{} [{}]: {}. {}", destination, problem.code(), problem.cause(), problem.remedy());
    }

    private void tell(Consumer<DeliveryListener> event) {
        for (DeliveryListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (Throwable e) { // the host's code: whatever it throws must not reach a delivery
                if (warned.compareAndSet(false, true)) {
                    LOG.warn(
                            "listener {} threw {}, said once [{}]: {}",
                            listener.getClass().getName(),
                            e.getClass().getName(),
                            EngineProblems.FOREIGN_CODE.code(),
                            EngineProblems.FOREIGN_CODE.remedy());
                }
            }
        }
    }
}
