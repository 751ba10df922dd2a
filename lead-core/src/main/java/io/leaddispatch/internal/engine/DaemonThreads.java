package io.leaddispatch.internal.engine;

/** Plain daemon threads with names that say what they do, never for whom. */
final class DaemonThreads {
    private DaemonThreads() {}

    static Thread named(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        return thread;
    }
}
