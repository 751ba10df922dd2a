package io.leaddispatch.internal.engine;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who may enter a lane, and who waits for room. Safe for use by many threads. */
final class Admissions {
    private final LaneState lane;
    private final Runnable pump;

    /** @param pump starts the calls that may start: room comes from calls */
    Admissions(LaneState lane, Runnable pump) {
        this.lane = lane;
        this.pump = pump;
    }

    /** Makes a place for a lead, unless it is here already, cannot be sent in time, or there is no room. */
    Admission admit(Lead lead, boolean urgent, long expiresAt, Delivery.Watcher watcher) {
        String serialKey;
        String batchKey;
        try {
            serialKey = Objects.requireNonNull(lane.destination.serialKey(lead), "serialKey");
            batchKey = Objects.requireNonNull(lane.destination.batchKey(lead), "batchKey");
        } catch (RuntimeException e) { // foreign code: this lead ends here, and nothing else
            lane.engine.events().contained(lane.name, e);
            return new Admission.Refused(
                    EngineProblems.DESTINATION_THREW.problem(e.getClass().getName()));
        }
        synchronized (lane.lock) {
            Delivery here = lane.live.get(lead.id());
            if (here != null) {
                here.watch(watcher);
                return new Admission.Joined();
            }
            if (lane.parked.join(lead.id(), watcher)) {
                return new Admission.Joined();
            }
            Problem hopeless = hopeless(expiresAt);
            if (hopeless != null) {
                return new Admission.Refused(hopeless);
            }
            if (lane.isFull()) {
                return new Admission.Full();
            }
            Delivery delivery = new Delivery(
                    lead, serialKey, batchKey, urgent, lane.engine.time().nanos(), expiresAt);
            delivery.watch(watcher);
            lane.live.put(lead.id(), delivery);
            lane.books.taken(1);
            return new Admission.Admitted(delivery);
        }
    }

    /** Why a lead that expires then would not be sent, or null. */
    private @Nullable Problem hopeless(long expiresAt) {
        if (lane.closed) {
            return EngineProblems.CLOSED.problem();
        }
        if (lane.isDurable()) {
            return null;
        }
        Gate gate = lane.gate();
        if (gate.isStuck()) {
            return EngineProblems.LANE_STUCK.problem();
        }
        Pause pause = lane.pauseBeyond(expiresAt, gate);
        return pause == null ? null : pause.problem();
    }

    /** Waits for room; false if there is none by then. True also if waiting has no sense: admission tells why. */
    boolean awaitRoom(long until) throws InterruptedException {
        EngineTime.WakeUp wakeUp = lane.wakeUpAt(until);
        try {
            synchronized (lane.lock) {
                lane.blockedFeeders++;
            }
            pump.run();
            synchronized (lane.lock) {
                while (lane.isFull() && hopeless(until) == null) {
                    if (lane.engine.time().nanos() >= until) {
                        return false;
                    }
                    lane.lock.wait();
                }
                return true;
            }
        } finally {
            wakeUp.cancel();
            synchronized (lane.lock) {
                lane.blockedFeeders--;
            }
        }
    }
}
