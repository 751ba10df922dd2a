package io.leaddispatch.testkit.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The threads of dispatchers that started since this was made. */
final class EngineThreads {
    private final Set<Thread> before = new HashSet<>(all());

    private static List<Thread> all() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lead-dispatch-"))
                .toList();
    }

    List<Thread> alive() {
        return all().stream().filter(thread -> !before.contains(thread)).toList();
    }

    int calls() {
        return (int) alive().stream()
                .filter(thread -> thread.getName().startsWith("lead-dispatch-call-"))
                .count();
    }

    /** Waits until none is left, for so long at most; those that are left. One that ends may just have started another. */
    List<Thread> leftAfter(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        List<Thread> left = alive();
        while (!left.isEmpty() && System.nanoTime() < end) {
            left.get(0).join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            left = alive();
        }
        return left;
    }
}
