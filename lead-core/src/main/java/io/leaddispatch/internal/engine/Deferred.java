package io.leaddispatch.internal.engine;

import io.leaddispatch.spi.LeadQueue.Claim;
import java.util.List;

/** Fetches deliveries that wait for another attempt when they are due. Guarded by the lane's lock. */
final class Deferred {
    private final LaneState lane;
    private final Puller puller;
    private final Pump pump;
    private long pullAt = EngineTime.FOR_EVER;

    Deferred(LaneState lane, Puller puller, Pump pump) {
        this.lane = lane;
        this.puller = puller;
        this.pump = pump;
    }

    /** Takes what is due from the queue. */
    private void pull() {
        List<Claim> claims = lane.engine.queue().claim(lane.name, lane.engine.capacity(), lane.engine.lease());
        synchronized (lane.lock) {
            pullAt = EngineTime.FOR_EVER;
            for (Claim claim : claims) {
                Delivery delivery = lane.live.get(claim.lead().id());
                if (delivery != null && delivery.state == Delivery.State.DEFERRED) {
                    delivery.claim = claim;
                    lane.toBacklog(delivery);
                }
            }
            pullAgain();
        }
        pump.pump();
    }

    /** Looks again when the next deferred delivery is due, also if this look came a moment too early. */
    private void pullAgain() {
        long due = EngineTime.FOR_EVER;
        for (Delivery delivery : lane.live.values()) {
            if (delivery.state == Delivery.State.DEFERRED) {
                due = Math.min(due, delivery.dueAt);
            }
        }
        pullBy(due);
    }

    void pullBy(long due) {
        if (lane.isDurable()) {
            puller.by(due);
        } else if (due < pullAt) {
            pullAt = due;
            lane.engine.time().after(Math.max(due - lane.engine.time().nanos(), EngineTime.SHORTEST_WAIT), this::pull);
        }
    }
}
