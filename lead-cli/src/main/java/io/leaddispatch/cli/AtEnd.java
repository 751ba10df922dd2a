package io.leaddispatch.cli;

/**
 * Something to do in case the process is ended from outside, as by Ctrl-C, before the work is done: what is in flight
 * may end, and what became of every lead is still told.
 */
final class AtEnd implements AutoCloseable {
    private final Thread hook;

    private AtEnd(Runnable task) {
        this.hook = new Thread(task, "lead-at-end");
    }

    static AtEnd of(Runnable task) {
        AtEnd end = new AtEnd(task);
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    /** The work is done, and there is nothing left to do; or the end has begun, and this waits for it. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) { // the process ends
            awaitHook();
        }
    }

    private void awaitHook() {
        try {
            hook.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
