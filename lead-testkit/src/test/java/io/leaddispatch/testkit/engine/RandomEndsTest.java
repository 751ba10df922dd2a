package io.leaddispatch.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.DeliveryListener;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.LaneOptions;
import io.leaddispatch.LaneStats;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.LeadId;
import io.leaddispatch.SendProgress;
import io.leaddispatch.testkit.Leads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Interrupting, cancelling and closing at random moments: no thread stays, no lead is left without a state. */
@ExtendWith(QuietLog.class)
class RandomEndsTest {
    private static final long SEED = Long.getLong("ends.seed", 20260101);

    @Test
    void noThreadStaysAndNoLeadIsWithoutAState() throws Exception {
        rounds(Integer.getInteger("ends.rounds", 100));
    }

    @Test
    @Tag("slow")
    void noThreadStaysAndNoLeadIsWithoutAStateInAThousandRounds() throws Exception {
        rounds(1_000);
    }

    private static void rounds(int rounds) throws Exception {
        long leads = 0;
        long start = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            leads += new Round(SEED + round).play();
        }
        System.out.printf(
                "%d rounds of random interruption, cancelling and closing, seed %d: %d deliveries, all with a state, %d ms%n",
                rounds, SEED, leads, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    /** One dispatcher from its building to its end. */
    private static final class Round implements DeliveryListener {
        private final EngineThreads threads = new EngineThreads();
        private final long seed;
        private final Random random;
        private final LeadDispatcher dispatcher;
        private final Map<String, AtomicInteger> accepted = new ConcurrentHashMap<>();
        private final Map<String, AtomicInteger> finished = new ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<DispatchReport> reports = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<CompletableFuture<DispatchReport>> futures = new ConcurrentLinkedQueue<>();
        private final AtomicInteger sends = new AtomicInteger();
        private final AtomicInteger nextLead = new AtomicInteger();
        private final CountDownLatch never = new CountDownLatch(1);

        Round(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            LaneOptions lane = LaneOptions.DEFAULT
                    .withDelays(Duration.ofMillis(2), Duration.ofMillis(20))
                    .withHoldProbe(Duration.ofMillis(5));
            this.dispatcher = LeadDispatcher.builder()
                    .to("a", new WildDestination(seed))
                    .to("b", new WildDestination(seed + 7_919))
                    .lane("a", lane)
                    .lane("b", random.nextBoolean() ? lane : lane.withOnUnknown(LaneOptions.OnUnknown.RESEND))
                    .patience(Duration.ofMillis(20 + random.nextInt(400)))
                    .closeWithin(Duration.ofMillis(1 + random.nextInt(60)))
                    .queueCapacity(2 + random.nextInt(60))
                    .waitForRoom(random.nextBoolean())
                    .listener(this)
                    .build();
        }

        long play() throws Exception {
            List<Thread> senders = new ArrayList<>();
            AtomicBoolean unbalanced = new AtomicBoolean();
            AtomicBoolean over = new AtomicBoolean();
            for (int i = 0; i < 4; i++) {
                long own = random.nextLong();
                senders.add(thread(() -> send(new Random(own))));
            }
            Thread auditor = thread(() -> {
                while (!over.get()) {
                    if (!dispatcher.stats().lanes().values().stream().allMatch(LaneStats::balanced)) {
                        unbalanced.set(true);
                    }
                    Thread.onSpinWait();
                }
            });
            for (int i = random.nextInt(8); i > 0; i--) {
                pause(random.nextInt(15));
                senders.get(random.nextInt(senders.size())).interrupt();
            }
            long start = System.nanoTime();
            dispatcher.close();
            long closing = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertThat(closing).as("ms to close, seed %d", seed).isLessThan(3_000);
            everySenderEnds(senders);
            over.set(true);
            auditor.join();
            assertThat(unbalanced).as("books out of balance, seed %d", seed).isFalse();
            everyLeadHasAState();
            assertThat(threads.leftAfter(5_000).stream()
                            .map(thread -> thread + " at " + List.of(thread.getStackTrace())))
                    .as("threads left, seed %d", seed)
                    .isEmpty();
            return accepted.values().stream().mapToInt(AtomicInteger::get).sum();
        }

        private void everySenderEnds(List<Thread> senders) throws InterruptedException {
            for (Thread sender : senders) {
                sender.join(10_000);
                if (sender.isAlive()) {
                    throw new AssertionError("a sender hangs, seed " + seed + ": " + List.of(sender.getStackTrace())
                            + " " + dispatcher.stats());
                }
            }
        }

        private void everyLeadHasAState() {
            assertThat(reports).as("reports of send, seed %d", seed).hasSize(sends.get());
            assertThat(reports)
                    .allSatisfy(report -> assertThat(report.outcomes()).containsOnlyKeys("a", "b"));
            assertThat(futures).as("futures, seed %d", seed).allMatch(CompletableFuture::isDone);
            assertThat(accepted)
                    .as("every delivery taken has ended as often, seed %d", seed)
                    .allSatisfy((delivery, times) -> assertThat(ends(delivery)).isGreaterThanOrEqualTo(times.get()));
            dispatcher.stats().lanes().forEach((name, books) -> {
                assertThat(books.waiting() + books.inFlight())
                        .as("%s, seed %d", name, seed)
                        .isZero();
                assertThat(books.balanced()).isTrue();
            });
        }

        private void send(Random own) {
            for (int i = 0; i < 60; i++) {
                int what = own.nextInt(10);
                if (what < 4) {
                    sends.incrementAndGet();
                    reports.add(dispatcher.send(Leads.numbered(next(own))));
                } else if (what < 9) {
                    CompletableFuture<DispatchReport> future = dispatcher.sendAsync(Leads.numbered(next(own)));
                    futures.add(future);
                    if (own.nextInt(3) == 0) {
                        future.cancel(true);
                    }
                } else {
                    sendMany(own);
                }
            }
        }

        private void sendMany(Random own) {
            List<io.leaddispatch.Lead> leads = new ArrayList<>();
            for (int i = own.nextInt(40); i >= 0; i--) {
                leads.add(Leads.numbered(next(own)));
            }
            try {
                var summary = dispatcher.sendAll(leads, SendProgress.NONE);
                assertThat(summary.finished()).isEqualTo(leads.size());
            } catch (InterruptedException e) {
                // as it was meant
            }
        }

        /** Now and then one that may be under way already. */
        private int next(Random own) {
            int n = nextLead.getAndIncrement();
            return own.nextInt(10) == 0 ? Math.max(0, n - own.nextInt(5)) : n;
        }

        private Thread thread(Runnable task) {
            Thread thread = new Thread(task, "round-" + seed);
            thread.setDaemon(true);
            thread.start();
            return thread;
        }

        private void pause(int millis) throws InterruptedException {
            boolean unused = never.await(millis, TimeUnit.MILLISECONDS);
        }

        @Override
        public void accepted(LeadId lead, String destination) {
            count(accepted, lead, destination);
        }

        @Override
        public void finished(LeadId lead, String destination, DispatchReport.Outcome outcome) {
            count(finished, lead, destination);
        }

        private int ends(String delivery) {
            AtomicInteger times = finished.get(delivery);
            return times == null ? 0 : times.get();
        }

        private static void count(Map<String, AtomicInteger> what, LeadId lead, String destination) {
            what.computeIfAbsent(destination + " " + lead, key -> new AtomicInteger())
                    .incrementAndGet();
        }
    }
}
