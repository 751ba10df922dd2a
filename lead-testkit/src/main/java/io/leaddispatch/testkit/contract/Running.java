package io.leaddispatch.testkit.contract;

import io.leaddispatch.spi.DeliveryResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.opentest4j.AssertionFailedError;

/** A call on a thread of its own, so that one that never comes back fails its test and no other. */
final class Running {
    private final FutureTask<List<DeliveryResult>> task;
    private final Thread thread;

    Running(Callable<List<DeliveryResult>> call) {
        task = new FutureTask<>(call);
        thread = new Thread(task, "contract-call");
        thread.setDaemon(true);
        thread.start();
    }

    void interrupt() {
        thread.interrupt();
    }

    boolean isDone() {
        return task.isDone();
    }

    /** The results; what the call threw is thrown. */
    List<DeliveryResult> await(Duration atMost) throws Exception {
        try {
            return task.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new AssertionFailedError("deliver did not come back within its deadline and " + atMost);
        } catch (ExecutionException e) {
            Throwable thrown = e.getCause();
            if (thrown instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new AssertionFailedError("deliver threw " + thrown, thrown);
        }
    }
}
