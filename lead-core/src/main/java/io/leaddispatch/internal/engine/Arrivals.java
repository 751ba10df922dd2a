package io.leaddispatch.internal.engine;

import io.leaddispatch.LaneOptions.OnUnknown;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.spi.LeadQueue.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Takes what was fetched from a durable queue into a lane. */
final class Arrivals {
    private final LaneState lane;
    private final Departures departures;

    Arrivals(LaneState lane, Departures departures) {
        this.lane = lane;
        this.departures = departures;
    }

    void take(List<Claim> claims, long leasedUntil) {
        List<Settlement> unwanted = new ArrayList<>(0);
        List<Claim> taken = new ArrayList<>(claims.size());
        boolean resend = lane.limits().repeatSafe() || lane.options.onUnknown() == OnUnknown.RESEND;
        for (Claim claim : claims) {
            if (claim.maybeSent() && !resend) {
                unwanted.add(new Settlement.Dead(claim, EngineProblems.SENDER_DIED.problem(), false, true));
            } else {
                take(claim, leasedUntil, unwanted, taken);
            }
        }
        departures.store(unwanted);
        taken.forEach(claim -> lane.engine.events().accepted(claim.lead().id(), lane.name));
    }

    private void take(Claim claim, long leasedUntil, List<Settlement> unwanted, List<Claim> taken) {
        String serialKey;
        String batchKey;
        try {
            serialKey = Objects.requireNonNull(lane.destination.serialKey(claim.lead()), "serialKey");
            batchKey = Objects.requireNonNull(lane.destination.batchKey(claim.lead()), "batchKey");
        } catch (RuntimeException e) { // foreign code: this lead ends here, and nothing else
            lane.engine.events().contained(lane.name, e);
            Problem threw =
                    EngineProblems.DESTINATION_THREW.problem(e.getClass().getName());
            unwanted.add(new Settlement.Dead(claim, threw, false, claim.maybeSent()));
            return;
        }
        synchronized (lane.lock) {
            Delivery here = lane.live.get(claim.lead().id());
            if (lane.closed || here != null && here.claim == null) {
                unwanted.add(new Settlement.Released(claim));
            } else if (here != null) { // our own lease had run out: the lead is here all the same
                here.claim = claim;
                here.leasedUntil = leasedUntil;
            } else {
                begin(claim, serialKey, batchKey, leasedUntil);
                taken.add(claim);
            }
        }
    }

    private void begin(Claim claim, String serialKey, String batchKey, long leasedUntil) {
        long now = lane.engine.time().nanos();
        Problem last = lane.parked.why(claim.lead().id());
        List<Delivery.Watcher> watchers = lane.parked.take(claim.lead().id());
        Delivery delivery =
                new Delivery(claim.lead(), serialKey, batchKey, !watchers.isEmpty(), now, EngineTime.FOR_EVER);
        watchers.forEach(delivery::watch);
        delivery.claim = claim;
        delivery.last = last;
        delivery.attempts = claim.attempts();
        delivery.mayExist = claim.maybeSent();
        delivery.leasedUntil = leasedUntil;
        lane.live.put(claim.lead().id(), delivery);
        lane.books.taken(1);
        lane.toBacklog(delivery);
    }
}
