package io.leaddispatch.internal.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks after calls that are under way: one that outlives its deadline is interrupted, and if that does not help it is
 * given up. One wake-up call serves them all, so that an ordinary call costs none. Safe for use by many threads.
 */
final class Watchdog {
    private final EngineTime time;
    private final Map<Call, Long> lookAt = new HashMap<>();
    private long nextLook = EngineTime.FOR_EVER;

    Watchdog(EngineTime time) {
        this.time = time;
    }

    /** A call begins. */
    void watch(Call call) {
        lookAt(call, time.plus(call.limits.callTimeout().plus(Call.GRACE)));
    }

    /** It has come back. */
    synchronized void forget(Call call) {
        lookAt.remove(call);
    }

    private synchronized void lookAt(Call call, long at) {
        lookAt.put(call, at);
        lookBy(at);
    }

    private void lookBy(long at) {
        if (at < nextLook) {
            nextLook = at;
            time.after(at - time.nanos(), this::look);
        }
    }

    private void look() {
        for (Call call : takeLate()) {
            if (call.interruptLate()) {
                lookAt(call, time.plus(Call.LAST_GRACE));
            } else {
                call.abandon();
            }
        }
    }

    private synchronized List<Call> takeLate() {
        long now = time.nanos();
        List<Call> late = new ArrayList<>(1);
        long next = EngineTime.FOR_EVER;
        for (Map.Entry<Call, Long> each : lookAt.entrySet()) {
            if (each.getValue() <= now) {
                late.add(each.getKey());
            } else {
                next = Math.min(next, each.getValue());
            }
        }
        late.forEach(lookAt::remove);
        nextLook = EngineTime.FOR_EVER;
        lookBy(next);
        return late;
    }
}
