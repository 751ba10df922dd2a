package io.leaddispatch.internal.engine;

import java.util.HashSet;
import java.util.Set;

/** The serial keys in flight, of one lane or of all that share a gate. Safe for use by many threads. */
final class SerialKeys {
    private final Set<String> busy = new HashSet<>();
    private final Runnable freed;
    private boolean missed;

    /** @param freed called when a key is free that somebody wanted in vain; maybe with a lane's lock held */
    SerialKeys(Runnable freed) {
        this.freed = freed;
    }

    /** Takes a key unless it is busy. */
    synchronized boolean take(String key) {
        boolean taken = busy.add(key);
        missed |= !taken;
        return taken;
    }

    /** The key is free again. */
    void release(String key) {
        boolean wanted;
        synchronized (this) {
            busy.remove(key);
            wanted = missed;
            missed = false;
        }
        if (wanted) {
            freed.run();
        }
    }
}
