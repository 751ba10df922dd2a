package io.leaddispatch.internal.engine;

import io.leaddispatch.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Why no call is made, and until when.
 *
 * @param until on the engine's counter
 * @param round how often it was prolonged
 */
record Pause(Kind kind, Problem problem, long until, int round) {
    enum Kind {
        /** The vendor named a time. */
        THROTTLED,
        /** The vendor refuses this configuration; a hand is needed. */
        HELD,
        /** All calls fail. */
        FAILING
    }

    boolean isHeld() {
        return kind == Kind.HELD;
    }

    /** Of a lane's own pause and that of its gate the one that keeps it waiting longer; a hold before all others. */
    static @Nullable Pause longer(@Nullable Pause own, @Nullable Pause gates) {
        if (own == null || gates == null) {
            return own == null ? gates : own;
        }
        return own.isHeld() || own.until >= gates.until ? own : gates;
    }
}
