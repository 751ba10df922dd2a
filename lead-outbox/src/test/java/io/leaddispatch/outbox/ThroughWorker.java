package io.leaddispatch.outbox;

import io.leaddispatch.Confirmation;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A process of its own that stores many leads and delivers them at the same time. Arguments: address, leads. */
public final class ThroughWorker {
    private static final int FEEDERS = 8;

    private ThroughWorker() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        int leads = Integer.parseInt(args[1]);
        AtomicLong out = new AtomicLong();
        long begun = System.nanoTime();
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .to("crm", new Counting(out))
                .queue(Given.outbox(args[0]).queue())
                .build()) {
            List<Thread> feeders = new ArrayList<>();
            for (int f = 0; f < FEEDERS; f++) {
                int first = f;
                feeders.add(new Thread(() -> feed(dispatcher, first, leads)));
            }
            feeders.forEach(Thread::start);
            for (Thread feeder : feeders) {
                feeder.join();
            }
            long stored = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            CountDownLatch never = new CountDownLatch(1);
            while (out.get() < leads) {
                never.await(20, TimeUnit.MILLISECONDS);
            }
            long all = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            long heap = Runtime.getRuntime().maxMemory() >> 20;
            System.out.println(leads + " in, " + out + " out, " + stored + " ms until all were stored, " + all
                    + " ms until all were out, heap of " + heap + " MiB");
        }
        System.exit(0);
    }

    private static void feed(LeadDispatcher dispatcher, int first, int leads) {
        try {
            for (int i = first; i < leads; i += FEEDERS) {
                dispatcher.enqueue(Given.lead("n" + i));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Counting(AtomicLong out) implements LeadDestination {
        @Override
        public List<DeliveryResult> deliver(LeadBatch batch) {
            out.addAndGet(batch.size());
            return DeliveryResult.all(batch, DeliveryResult.delivered(Confirmation.CREATED));
        }

        @Override
        public Limits limits() {
            return Limits.ONE_BY_ONE.withBatch(500).whereRepeatIsSafe();
        }
    }
}
