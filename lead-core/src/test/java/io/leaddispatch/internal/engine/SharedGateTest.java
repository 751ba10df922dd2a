package io.leaddispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Category;
import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.ProblemType;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two destinations at one instance of a vendor: what they share, and what must stay each one's own. */
class SharedGateTest {
    private static final Problem BROKEN =
            new ProblemType("test.broken", Category.CONFIG, "broken", "mend it").problem();
    private static final Problem AWAY = new ProblemType("test.away", Category.TRANSIENT, "away", "wait").problem();
    private static final Problem BUSY = new ProblemType("test.busy", Category.THROTTLED, "busy", "wait").problem();
    private static final DeliveryResult DONE = DeliveryResult.delivered(Confirmation.CREATED);

    private final ManualTime time = new ManualTime();
    private final StepPool pool = new StepPool();
    private final Map<String, Function<Lead, DeliveryResult>> answers = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private Function<Lead, String> serialKey = lead -> lead.contact().email();
    private final Engine engine =
            new Engine(time, new Random(42), new MemoryQueue(time, 100), new Events(List.of()), pool, 100);
    private final Lanes lanes =
            new Lanes(engine, new TreeMap<>(Map.of("a", new Place("a"), "b", new Place("b"))), Map.of());
    private final Intake intake =
            new Intake(engine, new Planner(lanes.byName(), List.of(), List.of()), Duration.ofSeconds(30));

    @AfterEach
    void theBooksBalance() {
        assertThat(lanes.stats().values()).allMatch(stats -> stats.balanced());
    }

    @Test
    void aHoldOfOneDoesNotStopTheOther() {
        answers.put("a", lead -> new DeliveryResult.Pause(BROKEN, null));
        var report = send(1);
        run();
        assertThat(outcome(report, "a")).isEqualTo(new Outcome.Undelivered(BROKEN, 0, false));
        assertThat(outcome(report, "b")).isInstanceOf(Outcome.Delivered.class);
        var next = send(2);
        run();
        assertThat(outcome(next, "a")).isEqualTo(new Outcome.Undelivered(BROKEN, 0, false));
        assertThat(outcome(next, "b")).isInstanceOf(Outcome.Delivered.class);
        assertThat(lanes.stats().get("a").pausedWhy()).isEqualTo(BROKEN);
        assertThat(lanes.stats().get("b").pausedWhy()).isNull();
    }

    @Test
    void callsOfOneThatAllFailDoNotPauseTheOther() {
        answers.put("a", lead -> new DeliveryResult.Retry(AWAY, null));
        for (int i = 0; i < Breaker.FAILURES_TO_PAUSE; i++) {
            send(i);
            run();
        }
        assertThat(lanes.stats().get("a").pausedWhy()).isEqualTo(AWAY);
        assertThat(lanes.stats().get("b").pausedWhy()).isNull();
        assertThat(lanes.stats().get("b").delivered()).isEqualTo(Breaker.FAILURES_TO_PAUSE);
    }

    @Test
    void aTimeThatTheVendorNamesIsKeptByBoth() {
        var until = time.clock().instant().plusSeconds(5);
        answers.put("a", lead -> new DeliveryResult.Pause(BUSY, until));
        send(1);
        pool.run(1);
        answers.clear();
        send(2);
        assertThat(lanes.stats().get("a").pausedWhy()).isEqualTo(BUSY);
        assertThat(lanes.stats().get("b").pausedWhy()).isEqualTo(BUSY);
        pool.runAll();
        int before = calls.size();
        time.pass(Duration.ofSeconds(6));
        run();
        assertThat(calls.size()).isGreaterThan(before);
        assertThat(lanes.stats().values()).allMatch(stats -> stats.delivered() == 2);
    }

    @Test
    void leadsWithOneKeyAreNotInCallsOfBothAtOnce() {
        var report = send(1);
        assertThat(pool.waiting()).isEqualTo(1);
        pool.run(1);
        time.pass(Duration.ofMillis(1));
        assertThat(pool.waiting()).isEqualTo(1);
        pool.runAll();
        assertThat(outcome(report, "a")).isInstanceOf(Outcome.Delivered.class);
        assertThat(outcome(report, "b")).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void aLeadsOwnIdKeepsItFromNoOtherDestination() {
        serialKey = lead -> lead.id().value();
        send(1);
        assertThat(pool.waiting()).isEqualTo(2);
        pool.runAll();
    }

    /** Calls, and the wake-ups that follow from them at once. */
    private void run() {
        pool.runAll();
        time.pass(Duration.ofMillis(1));
        pool.runAll();
    }

    private static Outcome outcome(CompletableFuture<DispatchReport> report, String destination) {
        assertThat(report).isDone();
        return report.join().at(destination);
    }

    private CompletableFuture<DispatchReport> send(int n) {
        Lead lead = Lead.builder().id("lead-" + n).email("ada@example.com").build();
        return new ReportFuture(caller -> intake.start(lead, true, false, caller));
    }

    private final class Place implements LeadDestination {
        private final String name;

        Place(String name) {
            this.name = name;
        }

        @Override
        public List<DeliveryResult> deliver(LeadBatch batch) {
            calls.add(name);
            return batch.leads().stream()
                    .map(answers.getOrDefault(name, lead -> DONE))
                    .toList();
        }

        @Override
        public Limits limits() {
            return Limits.ONE_BY_ONE.withConcurrency(4).withGate("instance");
        }

        @Override
        public String serialKey(Lead lead) {
            return serialKey.apply(lead);
        }
    }
}
