package io.leaddispatch.internal.engine;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Real time; one daemon thread for all wake-up calls of a dispatcher, started with the first. It hands what is due to
 * other threads: a task ends in the host's code now and then, and that must not hold up the others.
 */
public final class SystemTime implements EngineTime {
    private final Clock clock;
    private final long origin = System.nanoTime();
    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService workers =
            Executors.newCachedThreadPool(task -> DaemonThreads.named("lead-dispatch-timer-worker", task));

    /** Real time with the host's calendar. */
    public SystemTime(Clock clock) {
        this.clock = clock;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> DaemonThreads.named("lead-dispatch-timer", task));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public long nanos() {
        return System.nanoTime() - origin;
    }

    @Override
    public WakeUp after(long nanos, Runnable task) {
        if (timer.isShutdown()) {
            return () -> {};
        }
        ScheduledFuture<?> future =
                timer.schedule(() -> workers.execute(task), Math.max(0, nanos), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdown();
    }
}
