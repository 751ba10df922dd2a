package io.leaddispatch.internal.engine;

import io.leaddispatch.spi.Limits;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Forms calls of what waits in a lane and starts all that may start. Safe for use by many threads. */
final class Pump {
    private final Lane owner;
    private final LaneState lane;
    private final Departures departures;
    private final Leases leases;
    private final Puller puller;
    private final Watchdog watchdog;
    private int corks;
    private long pumpAt = EngineTime.FOR_EVER;

    Pump(Lane owner, LaneState lane, Departures departures, Leases leases, Puller puller) {
        this.owner = owner;
        this.lane = lane;
        this.departures = departures;
        this.leases = leases;
        this.puller = puller;
        this.watchdog = new Watchdog(lane.engine.time());
    }

    /** Only full calls from now on, except for leads that somebody waits for. */
    void cork() {
        synchronized (lane.lock) {
            corks++;
        }
    }

    void uncork() {
        synchronized (lane.lock) {
            corks--;
        }
        pump();
    }

    /** Starts all calls that may start now. */
    void pump() {
        for (Call call = nextCall(); call != null; call = nextCall()) {
            Call next = call;
            try {
                lane.engine.pool().execute(() -> work(next));
            } catch (RejectedExecutionException e) { // after the end of closing: nobody is left to make the call
                next.giveUpUnsent();
                return;
            }
        }
    }

    /** Makes a call, and then those that it made room for; this thread takes the first of these itself. */
    private void work(Call first) {
        Call call = first;
        while (call != null) {
            try {
                call.run(lane.destination, lane.engine.time(), lane.engine.events(), watchdog);
            } catch (VirtualMachineError e) { // ends this thread, not the lane
                pump();
                throw e;
            }
            puller.roomAgain();
            call = nextCall();
            if (call != null) {
                pump();
            }
        }
    }

    private @Nullable Call nextCall() {
        Ending lost = new Ending(lane);
        try {
            synchronized (lane.lock) {
                return lane.backlog.size() == 0 || lane.ended ? null : nextCall(lost);
            }
        } finally {
            lost.announce();
        }
    }

    private @Nullable Call nextCall(Ending lost) {
        Limits limits = lane.limits();
        if (waitsForMore(limits) || isTooMuchUnsettled(limits)) {
            return null;
        }
        Breaker.Entry entry = lane.breaker.tryEnter();
        if (entry == Breaker.Entry.CLOSED) {
            pumpBy(lane.breaker.wakeAt());
            return null;
        }
        Gate gate = lane.gate(limits);
        boolean entered = gate.tryEnter(limits, lane.cap());
        Backlog.Load load =
                entered ? takeSafe(entry == Breaker.Entry.PROBE ? 1 : limits.batch(), gate.keys(), lost) : null;
        if (load == null) {
            if (entered) {
                gate.cancel();
            } else {
                pumpBy(gate.wakeAt());
            }
            if (entry == Breaker.Entry.PROBE) {
                lane.breaker.neutral();
            }
            return null;
        }
        load.deliveries().forEach(delivery -> delivery.state = Delivery.State.IN_FLIGHT);
        lane.books.started(load.deliveries().size());
        Call call = new Call(owner, load, limits);
        lane.calls.add(call);
        return call;
    }

    /** The leads of the next call, without those whose lease may be over: a frozen process must not send these. */
    private Backlog.@Nullable Load takeSafe(int most, SerialKeys keys, Ending lost) {
        Backlog.Load load = lane.backlog.take(most, corks > 0, keys);
        while (load != null && !load.deliveries().stream().allMatch(leases::isSafe)) {
            List<Delivery> safe =
                    load.deliveries().stream().filter(leases::isSafe).toList();
            for (Delivery delivery : load.deliveries()) {
                if (!safe.contains(delivery)) {
                    lane.backlog.release(delivery);
                    departures.letGo(delivery, lost);
                }
            }
            load = safe.isEmpty() ? lane.backlog.take(most, corks > 0, keys) : new Backlog.Load(safe, load.suspect());
        }
        return load;
    }

    /** Whether a pump now would start nothing: there is no full call yet, or a call under way will
     * pump at its end. Under the lock. */
    boolean isInVain(Limits limits, Gate gate) {
        return waitsForMore(limits) || gate.isFullOfOneLane(limits, lane.cap());
    }

    /** Whether only full calls are to go out, and there is none yet. */
    private boolean waitsForMore(Limits limits) {
        return isCorked() && !lane.backlog.worthACall(limits.batch());
    }

    /** Corked unless that would be for ever: who feeds has no room, and nothing in flight will make any. */
    private boolean isCorked() {
        return corks > 0 && !lane.closed && !(lane.blockedFeeders > 0 && lane.isFull() && lane.books.nothingInFlight());
    }

    /**
     * The next calls go out while a durable queue notes the ends of the last ones, and no further ones: should this
     * process die, what is sent and not noted goes out again. Looked at again when a call is forgotten.
     */
    private boolean isTooMuchUnsettled(Limits limits) {
        return lane.isDurable() && lane.calls.size() >= 2L * Math.min(limits.concurrency(), lane.cap());
    }

    private void pumpBy(long nanos) {
        long now = lane.engine.time().nanos();
        if (nanos < EngineTime.FOR_EVER && (pumpAt <= now || nanos < pumpAt)) {
            pumpAt = nanos;
            lane.engine.time().after(nanos - now, this::pump);
        }
    }
}
