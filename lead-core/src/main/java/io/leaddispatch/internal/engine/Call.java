package io.leaddispatch.internal.engine;

import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadQueue.Permit;
import io.leaddispatch.spi.Limits;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call of a destination, and the watch over it: at its deadline it is interrupted, and if it still does not come back
 * it is abandoned, which is when its leads get an answer in its place.
 */
final class Call {
    /** Time for a destination to notice its deadline by itself. */
    static final Duration GRACE = Duration.ofMillis(250);
    /** Time for an interrupted call to come back. */
    static final Duration LAST_GRACE = Duration.ofSeconds(1);

    /** What a call came to: one result per lead, or the problem that stands for them. */
    record Answer(List<DeliveryResult> results, @Nullable Problem misbehaved, Clearance.@Nullable Refusal refusal) {
        Answer(List<DeliveryResult> results) {
            this(results, null, null);
        }

        static Answer misbehaved(Problem problem) {
            return new Answer(List.of(), problem, null);
        }

        /** The call was not made: its leads wait. */
        static Answer refused(Clearance.Refusal refusal, int leads) {
            DeliveryResult wait = new DeliveryResult.Pause(refusal.problem(), refusal.until());
            return new Answer(Collections.nCopies(leads, wait), null, refusal);
        }
    }

    private enum State {
        READY,
        RUNNING,
        RETURNED,
        ABANDONED
    }

    final Lane lane;
    final List<Delivery> deliveries;
    final Limits limits;
    final boolean suspect;
    private State state = State.READY;
    private boolean late;
    /** One of the calls that all processes together may make, where they are counted. */
    @Nullable Permit permit;

    private @Nullable Thread runner;

    Call(Lane lane, Backlog.Load load, Limits limits) {
        this.lane = lane;
        this.deliveries = load.deliveries();
        this.suspect = load.suspect();
        this.limits = limits;
    }

    /** Makes the call on this thread. */
    void run(LeadDestination destination, EngineTime time, Events events, Watchdog watchdog) {
        if (!begin()) {
            lane.cameBackLate(this);
            return;
        }
        long started = time.nanos();
        watchdog.watch(this);
        Answer answer;
        try {
            Clearance.Refusal refusal = lane.refuse(this);
            answer = refusal != null ? Answer.refused(refusal, deliveries.size()) : deliver(destination, time, events);
        } finally {
            watchdog.forget(this);
            lane.callEnded(this);
        }
        if (answer.refusal() == null) {
            events.attempt(lane.name(), deliveries.size(), Duration.ofNanos(time.nanos() - started));
        }
        if (returned()) {
            lane.answered(this, answer);
        } else {
            lane.cameBackLate(this);
        }
    }

    private Answer deliver(LeadDestination destination, EngineTime time, Events events) {
        LeadBatch batch = new LeadBatch(
                deliveries.stream().map(d -> d.lead).toList(),
                time.clock().instant().plus(limits.callTimeout()),
                suspect);
        try {
            List<DeliveryResult> results = destination.deliver(batch);
            boolean fits = results != null
                    && results.size() == batch.size()
                    && results.stream().allMatch(Objects::nonNull);
            return fits ? new Answer(List.copyOf(results)) : Answer.misbehaved(EngineProblems.WRONG_ANSWER.problem());
        } catch (InterruptedException e) {
            return Answer.misbehaved(interruption());
        } catch (VirtualMachineError e) {
            if (returned()) {
                lane.answered(this, Answer.misbehaved(threw(e)));
            }
            throw e;
        } catch (Throwable e) { // foreign code: nothing it throws may end a lane
            events.contained(lane.name(), e);
            return Answer.misbehaved(threw(e));
        }
    }

    private static Problem threw(Throwable e) {
        return EngineProblems.DESTINATION_THREW.problem(e.getClass().getName());
    }

    private synchronized Problem interruption() {
        return late ? EngineProblems.CALL_TIMED_OUT.problem() : EngineProblems.CALL_INTERRUPTED.problem();
    }

    /** False if the call was given up before a thread came to make it. */
    private synchronized boolean begin() {
        if (state == State.ABANDONED) {
            return false;
        }
        runner = Thread.currentThread();
        state = State.RUNNING;
        return true;
    }

    private synchronized boolean returned() {
        runner = null;
        boolean inTime = state == State.RUNNING;
        if (inTime) {
            state = State.RETURNED;
            Thread.interrupted(); // what was meant for this call must not hit the next
        }
        return inTime;
    }

    /** The deadline is over: interrupts the call; false if that was done before. */
    synchronized boolean interruptLate() {
        boolean isFirst = !late;
        late = true;
        interrupt();
        return isFirst;
    }

    /** Interrupts the call if it runs. */
    synchronized void interrupt() {
        if (runner != null) {
            runner.interrupt();
        }
    }

    /** There is no thread for the call: its leads were not sent. */
    void giveUpUnsent() {
        List<DeliveryResult> unsent = deliveries.stream()
                .<DeliveryResult>map(d -> new DeliveryResult.Pause(EngineProblems.CLOSED.problem(), null))
                .toList();
        lane.answered(this, new Answer(unsent));
    }

    /** Gives the call up unless it is over; its permit stays taken until it comes back. */
    void abandon() {
        synchronized (this) {
            if (state == State.RETURNED || state == State.ABANDONED) {
                return;
            }
            state = State.ABANDONED;
        }
        lane.abandoned(this, Answer.misbehaved(EngineProblems.CALL_TIMED_OUT.problem()));
    }
}
