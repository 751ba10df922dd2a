package io.leaddispatch.internal.engine;

import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LaneOptions;
import io.leaddispatch.LaneStats;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadId;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.spi.Limits;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Serves one destination: admits deliveries, forms calls of what waits, and accounts for each delivery until its end.
 * Everything here is driven by {@link #pump()}: whoever changes something that may let a call start, pumps. No thread
 * ever waits inside a lane for a call.
 *
 * <p>Safe for use by many threads.
 */
public final class Lane {
    private final LaneState state;
    private final Object lock;
    private final Engine engine;
    private final Departures departures;
    private final Settling settling;
    private final Puller puller;
    private final Leases leases;
    private final Clearance clearance;
    private final Arrivals arrivals;
    private final Gates gates;
    private final Admissions admissions;
    private final Pump pump;
    private final Deferred deferred;
    private final Closing closing;

    Lane(String name, LeadDestination destination, LaneOptions options, Engine engine, Gates gates) {
        this.state = new LaneState(this, name, destination, options, engine, gates);
        this.lock = state.lock;
        this.engine = engine;
        this.departures = new Departures(state);
        this.settling = new Settling(state, departures);
        this.puller = new Puller(this, state);
        this.leases = new Leases(state, departures);
        this.clearance = new Clearance(state, leases);
        this.arrivals = new Arrivals(state, departures);
        this.gates = gates;
        this.pump = new Pump(this, state, departures, leases, puller);
        this.admissions = new Admissions(state, this::pump);
        this.deferred = new Deferred(state, puller, pump);
        this.closing = new Closing(state, departures, pump);
    }

    /** The destination's name. */
    public String name() {
        return state.name;
    }

    /** The destination itself. */
    public LeadDestination destination() {
        return state.destination;
    }

    /** Makes a place for a lead, unless it is here already, cannot be sent in time, or there is no room. */
    Admission admit(Lead lead, boolean urgent, long expiresAt, Delivery.Watcher watcher) {
        return admissions.admit(lead, urgent, expiresAt, watcher);
    }

    /** Waits for room; false if there is none by then. True also if waiting has no sense: admission tells why. */
    boolean awaitRoom(long until) throws InterruptedException {
        return admissions.awaitRoom(until);
    }

    /** A delivery is stored: it may go out. */
    void enter(Delivery delivery, Claim claim, long leasedUntil) {
        engine.events().accepted(delivery.lead.id(), name());
        boolean tooLate;
        boolean inVain;
        boolean isPaused;
        synchronized (lock) {
            delivery.claim = claim;
            delivery.leasedUntil = leasedUntil;
            delivery.attempts = claim.attempts();
            state.toBacklog(delivery);
            if (!state.isDurable()) {
                departures.sweepBy(delivery.expiresAt);
            }
            tooLate = state.ended || state.closed && state.isDurable();
            Limits limits = state.limits();
            Gate gate = state.gate(limits);
            inVain = pump.isInVain(limits, gate);
            isPaused = state.pause(gate) != null;
        }
        leases.keep();
        if (tooLate) {
            departures.failAllThatWait(EngineProblems.CLOSED.problem(), Long.MAX_VALUE);
            return;
        }
        if (isPaused) {
            departures.failThoseWhoCannotWait();
        }
        if (!inVain) {
            pump();
        }
    }

    /** A serial key as the queue wants it, which knows no gates: distinct from those of lanes that share none. */
    String storedKey(Lead lead, String serialKey) {
        return !state.isDurable() || serialKey.equals(lead.id().value())
                ? serialKey
                : state.gateName(state.limits()) + " " + serialKey;
    }

    /** How many more leads to fetch; 0 for none now, negative for never again. */
    int room() {
        synchronized (lock) {
            if (state.closed) {
                return -1;
            }
            Limits limits = state.limits();
            Pause pause = state.pause();
            if (state.gate(limits).isStuck() || pause != null && engine.time().nanos() < pause.until()) {
                return 0;
            }
            if (pause != null) { // a probe is due: one lead
                return state.backlog.size() == 0 && state.books.nothingInFlight() ? 1 : 0;
            }
            long calls = Math.min(limits.concurrency(), state.cap());
            long most = Math.min(engine.capacity(), 2 * calls * limits.batch());
            return (int) Math.max(0, most - state.backlog.size());
        }
    }

    /** Takes over what was fetched. */
    void take(List<Claim> claims, long leasedUntil) {
        if (!claims.isEmpty()) {
            arrivals.take(claims, leasedUntil);
            leases.keep();
            departures.failThoseWhoCannotWait();
            pump();
        }
    }

    /** Pauses what other processes have paused. */
    void followPauses() {
        gates.follow();
    }

    /** Tells callers what other processes have done. */
    void tellTheParked() {
        departures.tellTheParked();
    }

    /** There may be something to fetch. */
    void workThere() {
        puller.soon();
    }

    /** A watcher's patience ended: what it is to be told. */
    Outcome forget(LeadId lead, Delivery.Watcher watcher) {
        synchronized (lock) {
            Delivery here = state.live.get(lead);
            if (here == null) {
                return state.parked.forget(lead, watcher);
            }
            here.isWatchedWithout(watcher);
            return new Outcome.Pending(here.last, here.attempts);
        }
    }

    /** Why the call is not made now, or null. */
    Clearance.@Nullable Refusal refuse(Call call) {
        return clearance.refuse(call);
    }

    /** The destination's code has come back, or was not called. */
    void callEnded(Call call) {
        clearance.ended(call);
    }

    /** Ends a delivery that could not be stored or need not be sent. */
    void turnAway(Delivery delivery, Outcome outcome) {
        Ending ending = new Ending(state);
        synchronized (lock) {
            ending.end(delivery, outcome);
        }
        ending.announce();
    }

    /** The lead is in the store and not leased to this process, or its end is known: nothing is to be done here. */
    void notHere(Delivery delivery, Outcome outcome) {
        Ending ending = new Ending(state);
        synchronized (lock) {
            state.books.handedBackWaiting();
            ending.close(delivery, outcome);
        }
        ending.announce();
    }

    /** Waits for a lead that is in the store and not here. */
    void park(LeadId lead, Delivery.Watcher watcher, Outcome last) {
        boolean late;
        synchronized (lock) {
            Delivery here = state.live.get(lead);
            late = state.closed;
            if (here != null) {
                here.watch(watcher);
            } else if (!late) {
                state.parked.add(lead, List.of(watcher), last);
            }
        }
        if (late) {
            watcher.finished(name(), last);
        }
    }

    /** Withdraws a lead that has not started, for this watcher, unless others wait for it too. */
    void withdraw(LeadId lead, Delivery.Watcher watcher, Problem problem) {
        departures.withdraw(lead, watcher, problem);
    }

    /** Accounts for a delivery that never waited: a rule kept it back, or it found no place. */
    void neverWaited(LeadId lead, Outcome outcome) {
        state.books.neverWaited(outcome);
        engine.events().finished(lead, name(), outcome);
    }

    /** Only full calls from now on, except for leads that somebody waits for. */
    void cork() {
        pump.cork();
    }

    void uncork() {
        pump.uncork();
    }

    /** Starts all calls that may start now. */
    void pump() {
        pump.pump();
    }

    /** A call came back in time: its permit serves the next one while its own leads, if they are many, are settled. */
    void answered(Call call, Call.Answer answer) {
        List<DeliveryResult> results = settling.steer(call, answer);
        state.gate(call.limits).leave(this, call.limits, false);
        if (call.deliveries.size() > 1) {
            pump();
        }
        settle(call, results);
        forget(call);
    }

    /** A call does not come back: its leads get an answer, its permit stays taken. */
    void abandoned(Call call, Call.Answer answer) {
        Gate gate = state.gate(call.limits);
        gate.abandon();
        List<DeliveryResult> results = settling.steer(call, answer);
        settle(call, results);
        if (gate.isStuck()) {
            Problem stuck = EngineProblems.LANE_STUCK.problem();
            engine.events().paused(name(), stuck, null, true);
            departures.failAllThatWait(stuck, Long.MAX_VALUE);
        }
    }

    /** An abandoned call came back after all. */
    void cameBackLate(Call call) {
        forget(call);
        state.gate(call.limits).leave(this, call.limits, true);
    }

    private void settle(Call call, List<DeliveryResult> results) {
        long due = settling.settle(call, results);
        boolean tooLate;
        synchronized (lock) {
            deferred.pullBy(due);
            tooLate = state.ended || state.closed && state.isDurable();
        }
        if (tooLate) {
            departures.failAllThatWait(EngineProblems.CLOSED.problem(), Long.MAX_VALUE);
        }
    }

    private void forget(Call call) {
        synchronized (lock) {
            state.calls.remove(call);
        }
    }

    /** No calls for a while: who cannot wait that long gets an answer now. */
    void paused(Pause pause) {
        boolean held = pause.isHeld();
        if (pause.round() <= 1) {
            Instant until = held ? null : engine.time().instantAt(pause.until());
            engine.events().paused(name(), pause.problem(), until, held && pause.round() == 0);
        }
        departures.failThoseWhoCannotWait();
        state.wakeWaiters();
    }

    /** The pause is over. */
    void resumed() {
        engine.events().resumed(name());
        puller.soon();
    }

    /** A pause has lasted long enough: calls may start, or a probe. */
    void reopened() {
        puller.soon();
        pump();
    }

    /** Its end, step by step. */
    Closing closing() {
        return closing;
    }

    /** The books, read at one instant. */
    public LaneStats stats() {
        return state.stats();
    }
}
