package io.leaddispatch.internal.engine;

import java.util.List;

/** The end of a lane, step by step: see {@link Lanes#close}. */
final class Closing {
    private final LaneState lane;
    private final Departures departures;
    private final Pump pump;

    Closing(LaneState lane, Departures departures, Pump pump) {
        this.lane = lane;
        this.departures = departures;
        this.pump = pump;
    }

    /** Admits nothing more; what waits may still go out. */
    void stopIntake() {
        synchronized (lane.lock) {
            lane.closed = true;
        }
        lane.wakeWaiters();
        if (lane.isDurable()) { // the store keeps it, and others may have it at once
            departures.failAllThatWait(EngineProblems.CLOSED.problem(), Long.MAX_VALUE);
            departures.dismissTheParked();
        }
        pump.pump();
    }

    /** Waits until nothing waits, no call runs and everybody has been told; false if that is not so by then. */
    boolean awaitIdle(long until) throws InterruptedException {
        EngineTime.WakeUp wakeUp = lane.wakeUpAt(until);
        try {
            synchronized (lane.lock) {
                while (!lane.isIdle()) {
                    if (lane.engine.time().nanos() >= until) {
                        return false;
                    }
                    lane.lock.wait();
                }
                return true;
            }
        } finally {
            wakeUp.cancel();
        }
    }

    /** Ends what waits and interrupts what runs. */
    void cutShort() {
        synchronized (lane.lock) {
            lane.ended = true;
        }
        departures.failAllThatWait(EngineProblems.CLOSED.problem(), Long.MAX_VALUE);
        runningCalls().forEach(Call::interrupt);
    }

    /** Gives up the calls that did not heed the interruption. */
    void abandonAll() {
        runningCalls().forEach(Call::abandon);
        departures.failAllThatWait(EngineProblems.CLOSED.problem(), Long.MAX_VALUE);
    }

    /** Stores what a durable queue that was away has not been told yet. */
    void flush() {
        departures.flush();
    }

    private List<Call> runningCalls() {
        synchronized (lane.lock) {
            return List.copyOf(lane.calls);
        }
    }
}
