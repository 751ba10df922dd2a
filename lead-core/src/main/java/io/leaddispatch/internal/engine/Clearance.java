package io.leaddispatch.internal.engine;

import io.leaddispatch.Problem;
import io.leaddispatch.spi.LeadQueue;
import io.leaddispatch.spi.LeadQueue.Permit;
import io.leaddispatch.spi.Limits;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a durable queue has to say just before a call: whether all processes together may make one more, and that the leads
 * of a destination that does not recognise repeats are about to be sent.
 */
final class Clearance {
    private static final Duration STORE_AWAY = Duration.ofSeconds(2);
    private static final Duration LEASE_LOST = Duration.ofSeconds(1);

    private final LaneState lane;
    private final Leases leases;

    Clearance(LaneState lane, Leases leases) {
        this.lane = lane;
        this.leases = leases;
    }

    /** Why a call is not made now, and until when. */
    record Refusal(Problem problem, Instant until) {}

    /** Null if the call may be made. */
    @Nullable Refusal refuse(Call call) {
        if (!lane.isDurable()) {
            return null;
        }
        LeadQueue queue = lane.engine.queue();
        Limits limits = call.limits;
        Instant now = lane.engine.time().clock().instant();
        try {
            Limits.Rate rate = limits.rate();
            if (rate != null) {
                Duration longest = limits.callTimeout().plus(Call.GRACE).plus(Call.LAST_GRACE);
                Permit permit = queue.permit(lane.gateName(limits), rate, longest);
                if (permit.delay() != null) {
                    return new Refusal(EngineProblems.SHARED_RATE.problem(), now.plus(permit.delay()));
                }
                call.permit = permit;
            }
            int size = call.deliveries.size();
            boolean ours = limits.repeatSafe()
                    || queue.begin(call.deliveries.stream().map(Delivery::claim).toList()) == size;
            if (ours) {
                return null;
            }
            leases.letGoOfLost();
            return new Refusal(EngineProblems.QUEUE_FAILED.problem("a lease was lost"), now.plus(LEASE_LOST));
        } catch (RuntimeException e) { // the store is foreign code behind a driver
            lane.engine.events().queueFailed(lane.name, e);
            Problem away = EngineProblems.QUEUE_FAILED.problem(e.getClass().getSimpleName());
            return new Refusal(away, now.plus(STORE_AWAY));
        }
    }

    /** The call is over, or was not made. */
    void ended(Call call) {
        Permit permit = call.permit;
        Limits.Rate rate = call.limits.rate();
        if (permit != null && rate != null) {
            call.permit = null;
            try {
                lane.engine.queue().callEnded(permit, rate);
            } catch (RuntimeException e) { // the permit comes back by itself
                lane.engine.events().queueFailed(lane.name, e);
            }
        }
    }
}
