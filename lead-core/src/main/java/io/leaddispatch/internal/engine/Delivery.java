package io.leaddispatch.internal.engine;

import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.LeadQueue.Claim;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One lead at one destination in this process, from admission to its end. Guarded by its lane's lock. */
final class Delivery {
    /** Hears how a delivery ended; called without any lock. */
    interface Watcher {
        void finished(String destination, Outcome outcome);
    }

    enum State {
        /** Admitted, not yet stored. */
        RESERVED,
        /** In the lane's backlog. */
        WAITING,
        /** In a call. */
        IN_FLIGHT,
        /** Back in the queue until its time comes. */
        DEFERRED,
        /** Over. */
        ENDED
    }

    final Lead lead;
    final String serialKey;
    final String batchKey;
    final boolean urgent;
    final long since;
    final long expiresAt;

    State state = State.RESERVED;
    /** Its place in the backlog's {@link Line}. */
    long order;

    boolean inLine;

    @Nullable Delivery older;

    @Nullable Delivery newer;

    long dueAt;

    @Nullable Claim claim;

    int attempts;
    boolean mayExist;
    boolean repeatedAlone;
    boolean holdsKey;
    /** Where its serial key is busy on its account; null while it has not taken it. */
    @Nullable SerialKeys keyTakenFrom;

    /** On the engine's counter; for ever in memory. */
    long leasedUntil = EngineTime.FOR_EVER;

    @Nullable Problem last;

    private List<Watcher> watchers = List.of();

    Delivery(Lead lead, String serialKey, String batchKey, boolean urgent, long since, long expiresAt) {
        this.lead = lead;
        this.serialKey = serialKey;
        this.batchKey = batchKey;
        this.urgent = urgent;
        this.since = since;
        this.expiresAt = expiresAt;
    }

    Claim claim() {
        if (claim == null) {
            throw new IllegalStateException("not stored yet");
        }
        return claim;
    }

    /** Whether it could be taken back: it is neither in a call nor over. */
    boolean waits() {
        return state == State.WAITING || state == State.DEFERRED;
    }

    void watch(Watcher watcher) {
        if (watchers.isEmpty()) {
            watchers = new ArrayList<>(1);
        }
        watchers.add(watcher);
    }

    /** Forgets a watcher; says whether others are left. */
    boolean isWatchedWithout(Watcher watcher) {
        watchers.remove(watcher);
        return !watchers.isEmpty();
    }

    List<Watcher> watchers() {
        return watchers;
    }
}
