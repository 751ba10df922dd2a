package io.leaddispatch.testkit.engine;

import io.leaddispatch.Category;
import io.leaddispatch.Confirmation;
import io.leaddispatch.Problem;
import io.leaddispatch.ProblemType;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Answers at random everything that a destination may answer, and some things that it may not. */
final class WildDestination implements LeadDestination {
    private static final Problem PROBLEM =
            new ProblemType("test.wild", Category.TRANSIENT, "wild", "Tame it.").problem();

    private final Random random;
    private final Limits limits;
    private final CountDownLatch never = new CountDownLatch(1);

    WildDestination(long seed) {
        this.random = new Random(seed);
        Limits wild = Limits.ONE_BY_ONE
                .withBatch(1 + random.nextInt(8))
                .withConcurrency(1 + random.nextInt(4))
                .withCallTimeout(Duration.ofMillis(40));
        if (random.nextInt(4) == 0) {
            wild = wild.withRate(1 + random.nextInt(20), Duration.ofMillis(20));
        }
        this.limits = random.nextBoolean() ? wild.whereRepeatIsSafe() : wild;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public String serialKey(io.leaddispatch.Lead lead) {
        return "key-" + Math.floorMod(lead.id().value().hashCode(), 50);
    }

    @Override
    public List<DeliveryResult> deliver(LeadBatch batch) throws Exception {
        int what = next(100);
        if (what < 40) {
            pause(next(4));
        }
        if (what < 70) {
            return DeliveryResult.all(batch, DeliveryResult.delivered(Confirmation.CREATED));
        }
        if (what < 90) {
            List<DeliveryResult> results = new ArrayList<>();
            batch.leads().forEach(lead -> results.add(any()));
            return results;
        }
        return switch (what) {
            case 90 -> throw new IllegalStateException("wild");
            case 91 -> throw new AssertionError("wild");
            case 92 -> List.of();
            case 93 -> null;
            case 94 -> {
                pause(100_000);
                yield List.of();
            }
            case 95 -> hang(next(300));
            default -> DeliveryResult.all(batch, new DeliveryResult.NotExecuted(PROBLEM));
        };
    }

    private DeliveryResult any() {
        return switch (next(12)) {
            case 0 -> new DeliveryResult.Rejected(PROBLEM);
            case 1 -> new DeliveryResult.Retry(PROBLEM, null);
            case 2 -> new DeliveryResult.Retry(PROBLEM, Instant.now().plusMillis(next(20)));
            case 3 -> new DeliveryResult.Pause(PROBLEM, Instant.now().plusMillis(next(20)));
            case 4 ->
                next(5) == 0 ? new DeliveryResult.Pause(PROBLEM, null) : DeliveryResult.delivered(Confirmation.UPDATED);
            case 5 -> new DeliveryResult.NotExecuted(PROBLEM);
            case 6 -> new DeliveryResult.Unknown(PROBLEM);
            default -> DeliveryResult.delivered(Confirmation.CREATED);
        };
    }

    private List<DeliveryResult> hang(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            try {
                pause(TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) + 1);
            } catch (InterruptedException e) {
                continue; // that is what makes it wild
            }
        }
        return List.of();
    }

    private void pause(long millis) throws InterruptedException {
        boolean unused = never.await(millis, TimeUnit.MILLISECONDS);
    }

    private int next(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }
}
