package io.leaddispatch.internal.engine;

import io.leaddispatch.LaneOptions;
import io.leaddispatch.spi.LeadQueue;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * What all lanes of a dispatcher share.
 *
 * @param time every "now" and every wake-up call
 * @param random for jitter
 * @param queue where deliveries wait
 * @param events who hears of it
 * @param pool threads for calls; their number is bounded by the gates
 * @param capacity most deliveries per lane in memory
 */
public record Engine(
        EngineTime time, RandomGenerator random, LeadQueue queue, Events events, ExecutorService pool, int capacity) {
    private static final Duration DURABLE_MAX_AGE = Duration.ofDays(4);

    /** Threads for calls: as many as there are calls at once, which the gates bound. */
    public static ExecutorService callThreads() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> DaemonThreads.named("lead-dispatch-call-" + number.incrementAndGet(), task));
    }

    Duration maxAge(LaneOptions options) {
        Duration age = options.maxAge();
        return age != null ? age : DURABLE_MAX_AGE;
    }

    Duration lease() {
        return queue.lease();
    }
}
