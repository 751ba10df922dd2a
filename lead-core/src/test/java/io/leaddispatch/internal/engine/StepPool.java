package io.leaddispatch.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Runs tasks on the test's thread when told to. */
final class StepPool extends AbstractExecutorService {
    private final List<Runnable> tasks = new ArrayList<>();
    boolean closed;

    int waiting() {
        return tasks.size();
    }

    void runAll() {
        run(Integer.MAX_VALUE);
    }

    void run(int most) {
        for (int i = 0; i < most && !tasks.isEmpty(); i++) {
            tasks.remove(0).run();
        }
    }

    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("closed");
        }
        tasks.add(task);
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long time, TimeUnit unit) {
        return true;
    }
}
