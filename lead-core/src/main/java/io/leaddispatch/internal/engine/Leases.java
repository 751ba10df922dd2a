package io.leaddispatch.internal.engine;

import io.leaddispatch.spi.LeadQueue;
import io.leaddispatch.spi.LeadQueue.Claim;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the leases of one lane's deliveries alive for as long as they are here, and lets go of those that were lost. Safe
 * for use by many threads.
 */
final class Leases {
    private final LaneState lane;
    private final Departures departures;
    private boolean ticking;

    /** A delivery and the claim on it when it was looked at. */
    private record Held(Delivery delivery, Claim claim) {
        boolean isStill() {
            Claim now = delivery.claim;
            return now != null && now.token() == claim.token();
        }
    }

    Leases(LaneState lane, Departures departures) {
        this.lane = lane;
        this.departures = departures;
    }

    /** There is something to keep alive. */
    void keep() {
        if (!lane.isDurable()) {
            return;
        }
        synchronized (this) {
            if (ticking) {
                return;
            }
            ticking = true;
        }
        tick();
    }

    private void tick() {
        lane.engine.time().after(lane.engine.lease().dividedBy(3).toNanos(), this::renew);
    }

    /** Whether the lease lasts long enough for a call: it does not if renewing is overdue, as after a freeze. */
    boolean isSafe(Delivery delivery) {
        return delivery.leasedUntil == EngineTime.FOR_EVER
                || delivery.leasedUntil - lane.engine.time().nanos()
                        > lane.engine.lease().toNanos() / 4;
    }

    private void renew() {
        if (isNothingHeld()) {
            synchronized (this) {
                ticking = false;
            }
            if (!isNothingHeld()) {
                keep();
            }
            return;
        }
        try {
            lane.engine.queue().renew(departures.unsettled(), lane.engine.lease());
            renew(held());
        } catch (RuntimeException e) { // the store is away; what cannot be renewed in time is not sent
            lane.engine.events().queueFailed(lane.name, e);
        }
        tick();
    }

    /** Somebody else has some of what is here: what waits of it is not sent from here. */
    void letGoOfLost() {
        renew(held());
    }

    private boolean isNothingHeld() {
        return held().isEmpty() && departures.unsettled().isEmpty();
    }

    private List<Held> held() {
        List<Held> held = new ArrayList<>();
        synchronized (lane.lock) {
            for (Delivery delivery : lane.live.values()) {
                if (delivery.claim != null) {
                    held.add(new Held(delivery, delivery.claim));
                }
            }
        }
        return held;
    }

    private void renew(List<Held> held) {
        LeadQueue queue = lane.engine.queue();
        long until = lane.engine.time().plus(lane.engine.lease());
        List<Claim> claims = held.stream().map(Held::claim).toList();
        if (queue.renew(claims, lane.engine.lease()) == claims.size()) {
            held.forEach(one -> renewed(one, until));
            return;
        }
        for (Held one : held) {
            if (queue.renew(List.of(one.claim), lane.engine.lease()) == 1) {
                renewed(one, until);
            } else {
                lost(one);
            }
        }
    }

    private void renewed(Held one, long until) {
        synchronized (lane.lock) {
            if (one.isStill()) {
                one.delivery.leasedUntil = until;
            }
        }
    }

    /** Somebody else has it, or its end is stored already. */
    private void lost(Held one) {
        Ending ending = new Ending(lane);
        synchronized (lane.lock) {
            if (one.isStill() && one.delivery.state == Delivery.State.WAITING) {
                lane.backlog.remove(one.delivery);
                departures.letGo(one.delivery, ending);
            }
        }
        ending.announce();
    }
}
