package io.leaddispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Category;
import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LaneOptions;
import io.leaddispatch.LaneStats;
import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.ProblemType;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lanes, gates and the memory queue together, on time that stands still and calls that run when the test says so. */
class EngineTest {
    private static final Problem AWAY = new ProblemType("test.away", Category.TRANSIENT, "away", "wait").problem();
    private static final Problem BROKEN =
            new ProblemType("test.broken", Category.CONFIG, "broken", "mend it").problem();
    private static final DeliveryResult DONE = DeliveryResult.delivered(Confirmation.CREATED);

    private final ManualTime time = new ManualTime();
    private final StepPool pool = new StepPool();
    private final List<LeadBatch> calls = new ArrayList<>();
    private Limits limits = Limits.ONE_BY_ONE;
    private boolean brokenLimits;
    private Function<LeadBatch, List<DeliveryResult>> answers = batch -> DeliveryResult.all(batch, DONE);
    private Function<Lead, String> serialKey = lead -> lead.id().value();
    private Function<Lead, String> batchKey = lead -> "";
    private LaneOptions options = LaneOptions.DEFAULT;
    private Engine engine;
    private Lanes lanes;
    private Intake intake;

    @AfterEach
    void theBooksBalance() {
        assertThat(stats().balanced()).isTrue();
        assertThat(calls).allSatisfy(call -> {
            assertThat(call.size()).isBetween(1, limits.batch());
            Set<String> keys = new HashSet<>();
            assertThat(call.leads()).allMatch(lead -> keys.add(serialKey.apply(lead)));
        });
    }

    @Test
    void aLoneLeadGoesAtOnce() throws Exception {
        var report = send(1);
        pool.runAll();
        assertThat(outcome(report)).isEqualTo(new Outcome.Delivered(Confirmation.CREATED, null, List.of(), 1));
        assertThat(stats().delivered()).isEqualTo(1);
    }

    @Test
    void whatWaitsWhileCallsAreInFlightGoesTogether() throws Exception {
        limits = limits.withBatch(10).withConcurrency(1);
        send(1);
        for (int i = 2; i <= 15; i++) {
            send(i);
        }
        pool.runAll();
        assertThat(sizes()).containsExactly(1, 10, 4);
    }

    @Test
    void concurrencyIsKept() throws Exception {
        limits = limits.withConcurrency(3);
        for (int i = 0; i < 10; i++) {
            send(i);
        }
        assertThat(pool.waiting()).isEqualTo(3);
        assertThat(stats().inFlight()).isEqualTo(3);
        assertThat(stats().waiting()).isEqualTo(7);
        pool.runAll();
        assertThat(stats().delivered()).isEqualTo(10);
    }

    @Test
    void leadsWithOneKeyAreNeverInOneCallNorInTwoAtOnce() throws Exception {
        limits = limits.withBatch(10).withConcurrency(2);
        serialKey = lead -> "same";
        for (int i = 0; i < 4; i++) {
            send(i);
        }
        assertThat(pool.waiting()).isEqualTo(1);
        pool.runAll();
        assertThat(sizes()).containsExactly(1, 1, 1, 1);
    }

    @Test
    void onlyLeadsWithOneBatchKeyShareACall() throws Exception {
        limits = limits.withBatch(10).withConcurrency(1);
        batchKey = lead -> lead.id().value().endsWith("0") ? "ten" : "other";
        for (int i = 1; i <= 21; i++) {
            send(i);
        }
        pool.runAll();
        assertThat(calls)
                .allSatisfy(
                        call -> assertThat(call.leads().stream().map(batchKey).distinct())
                                .hasSize(1));
        assertThat(stats().delivered()).isEqualTo(21);
    }

    @Test
    void aRetryComesAfterItsBackoffAndCostsAnAttempt() throws Exception {
        answers = failing(2, new DeliveryResult.Retry(AWAY, null));
        var report = send(1);
        pool.runAll();
        assertThat(report).isNotDone();
        assertThat(stats().waiting()).isEqualTo(1);
        assertThat(engine.queue().waiting("a")).isEqualTo(1);
        passAndRun(Duration.ofSeconds(2));
        assertThat(((Outcome.Delivered) outcome(report)).attempts()).isEqualTo(3);
    }

    @Test
    void attemptsEndInUndelivered() throws Exception {
        answers = batch -> DeliveryResult.all(batch, new DeliveryResult.Retry(AWAY, null));
        var report = send(1);
        passAndRun(Duration.ofSeconds(29));
        assertThat(outcome(report)).isEqualTo(new Outcome.Undelivered(AWAY, 5, false));
        assertThat(calls).hasSize(5);
    }

    @Test
    void patienceEndsWhatIsDeferred() throws Exception {
        answers = batch -> DeliveryResult.all(
                batch,
                new DeliveryResult.Retry(AWAY, ManualTime.START.plusSeconds(29).plusMillis(990)));
        var report = send(1);
        pool.runAll();
        limits = limits.withConcurrency(1);
        passAndRun(Duration.ofSeconds(31));
        assertThat(report).isDone();
        assertThat(stats().waiting()).isZero();
        assertThat(engine.queue().waiting("a")).isZero();
    }

    @Test
    void patienceEndsWhatHasNotBegun() throws Exception {
        limits = limits.withConcurrency(1).withCallTimeout(Duration.ofDays(1));
        send(1); // stays in flight
        var second = send(2);
        time.pass(Duration.ofSeconds(31));
        var outcome = (Outcome.Undelivered) outcome(second);
        assertThat(outcome.problem().code()).isEqualTo("lane.patience-ended");
        assertThat(outcome.attempts()).isZero();
        assertThat(outcome.mayExist()).isFalse();
        pool.runAll();
    }

    @Test
    void aThrottledDestinationRestsAndLosesNoAttempt() throws Exception {
        limits = limits.withConcurrency(1);
        answers = failing(1, new DeliveryResult.Pause(AWAY, ManualTime.START.plusSeconds(7)));
        var first = send(1);
        var second = send(2);
        pool.runAll();
        assertThat(calls).hasSize(1);
        assertThat(stats().pausedUntil()).isEqualTo(ManualTime.START.plusSeconds(7));
        passAndRun(Duration.ofMillis(6_999));
        assertThat(calls).hasSize(1);
        passAndRun(Duration.ofMillis(1));
        assertThat(((Outcome.Delivered) outcome(first)).attempts()).isEqualTo(1);
        assertThat(outcome(second)).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void aPauseBeyondPatienceAnswersAtOnce() throws Exception {
        answers = failing(1, new DeliveryResult.Pause(AWAY, ManualTime.START.plusSeconds(60)));
        var first = send(1);
        pool.runAll();
        assertThat(outcome(first)).isEqualTo(new Outcome.Undelivered(AWAY, 0, false));
        assertThat(outcome(send(2))).isEqualTo(new Outcome.Undelivered(AWAY, 0, false));
        assertThat(calls).hasSize(1);
    }

    @Test
    void aHeldDestinationIsProbedWithOneLeadAtAGrowingInterval() throws Exception {
        answers = failing(2, new DeliveryResult.Pause(BROKEN, null));
        send(1);
        pool.runAll();
        time.pass(Duration.ofSeconds(59));
        assertThat(outcome(send(2))).isEqualTo(new Outcome.Undelivered(BROKEN, 0, false));
        time.pass(Duration.ofSeconds(1));
        var probe = send(3);
        assertThat(outcome(send(4))).isEqualTo(new Outcome.Undelivered(BROKEN, 0, false));
        pool.runAll();
        assertThat(outcome(probe)).isEqualTo(new Outcome.Undelivered(BROKEN, 0, false));
        time.pass(Duration.ofSeconds(119));
        assertThat(outcome(send(5))).isInstanceOf(Outcome.Undelivered.class);
        time.pass(Duration.ofSeconds(1));
        var good = send(6);
        pool.runAll();
        assertThat(outcome(good)).isInstanceOf(Outcome.Delivered.class);
        assertThat(stats().pausedWhy()).isNull();
        assertThat(calls).hasSize(3);
    }

    @Test
    void aLaneWhoseCallsAllFailPausesAndProbes() throws Exception {
        limits = limits.withConcurrency(8);
        answers = failing(5, new DeliveryResult.Retry(AWAY, null));
        List<CompletableFuture<DispatchReport>> reports = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            reports.add(send(i));
        }
        pool.run(5);
        assertThat(stats().pausedWhy()).isEqualTo(AWAY);
        passAndRun(Duration.ofSeconds(5));
        assertThat(reports).allSatisfy(r -> assertThat(outcome(r)).isInstanceOf(Outcome.Delivered.class));
        assertThat(stats().pausedWhy()).isNull();
    }

    @Test
    void aCallRefusedAsAWholeGoesAgainInSuspectHalves() throws Exception {
        limits = limits.withBatch(8).withConcurrency(1);
        answers = batch -> batch.leads().stream().anyMatch(l -> l.id().value().equals("lead-5")) && batch.size() > 1
                ? DeliveryResult.all(batch, new DeliveryResult.NotExecuted(AWAY))
                : DeliveryResult.all(batch, DONE);
        sendAll(8);
        assertThat(sizes()).containsExactly(8, 4, 4, 2, 2, 1, 1);
        assertThat(calls.stream().map(LeadBatch::suspect)).containsExactly(false, true, true, true, true, true, true);
        assertThat(stats().delivered()).isEqualTo(8);
    }

    @Test
    void whatShrankGoesAgainAsItIs() throws Exception {
        limits = limits.withBatch(8).withConcurrency(1);
        answers = batch -> {
            List<DeliveryResult> results = new ArrayList<>(DeliveryResult.all(batch, DONE));
            for (int i = 3; i < batch.size(); i++) {
                results.set(i, new DeliveryResult.NotExecuted(AWAY));
            }
            return results;
        };
        sendAll(8);
        assertThat(sizes()).containsExactly(8, 5, 2);
        assertThat(calls).noneMatch(LeadBatch::suspect);
    }

    @Test
    void aLoneLeadThatIsNeverExecutedEnds() throws Exception {
        answers = batch -> DeliveryResult.all(batch, new DeliveryResult.NotExecuted(AWAY));
        var report = send(1);
        passAndRun(Duration.ofSeconds(29));
        assertThat(outcome(report)).isInstanceOf(Outcome.Undelivered.class);
        assertThat(calls).hasSize(6);
    }

    @Test
    void theRateHoldsInEveryWindow() throws Exception {
        limits = limits.withConcurrency(10).withRate(5, Duration.ofSeconds(20));
        for (int i = 0; i < 12; i++) {
            send(i);
        }
        pool.runAll();
        assertThat(calls).hasSize(5);
        passAndRun(Duration.ofMillis(19_999));
        assertThat(calls).hasSize(5);
        passAndRun(Duration.ofMillis(1));
        assertThat(calls).hasSize(10);
    }

    @Test
    void misbehaviourIsAnsweredInItsPlace() throws Exception {
        answers = batch -> {
            throw new IllegalStateException("CANARY");
        };
        var report = send(1);
        pool.runAll();
        var undelivered = (Outcome.Undelivered) outcome(report);
        assertThat(undelivered.problem().code()).isEqualTo("lane.destination-threw");
        assertThat(undelivered.problem().cause())
                .contains("IllegalStateException")
                .doesNotContain("CANARY");
        assertThat(undelivered.mayExist()).isTrue();
        answers = batch -> List.of();
        var wrong = send(2);
        pool.runAll();
        assertThat(((Outcome.Undelivered) outcome(wrong)).problem().code()).isEqualTo("lane.wrong-answer");
        answers = batch -> Collections.nCopies(1, null);
        var hollow = send(3);
        pool.runAll();
        assertThat(((Outcome.Undelivered) outcome(hollow)).problem().code()).isEqualTo("lane.wrong-answer");
    }

    @Test
    void misbehaviourIsRepeatedWhereThatIsSafe() throws Exception {
        limits = limits.whereRepeatIsSafe();
        answers = batch -> {
            if (calls.size() == 1) {
                throw new IllegalStateException("once");
            }
            return DeliveryResult.all(batch, DONE);
        };
        var report = send(1);
        passAndRun(Duration.ofSeconds(1));
        assertThat(((Outcome.Delivered) outcome(report)).attempts()).isEqualTo(2);
    }

    @Test
    void aLeadThatIsHereAlreadyIsJoined() throws Exception {
        var first = send(1);
        var second = send(1);
        pool.runAll();
        assertThat(outcome(first)).isEqualTo(outcome(second)).isInstanceOf(Outcome.Delivered.class);
        assertThat(calls).hasSize(1);
        assertThat(stats().taken()).isEqualTo(1);
    }

    @Test
    void cancellingWithdrawsWhatHasNotStarted() throws Exception {
        limits = limits.withConcurrency(1);
        var running = send(1);
        var waiting = send(2);
        running.cancel(true);
        waiting.cancel(true);
        pool.runAll();
        assertThat(calls).hasSize(1);
        assertThat(stats().handedBack()).isEqualTo(1);
        assertThat(stats().delivered()).isEqualTo(1);
        assertThat(outcome(sendAndRun(2))).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void aFullLaneSaysSo() throws Exception {
        limits = limits.withConcurrency(1);
        for (int i = 0; i < 100; i++) {
            send(i);
        }
        var refused = (Outcome.Undelivered) outcome(send(100));
        assertThat(refused.problem().code()).isEqualTo("lane.full");
        assertThat(stats().undelivered()).isEqualTo(1);
        pool.runAll();
        assertThat(stats().delivered()).isEqualTo(100);
    }

    @Test
    void aPoolThatIsClosedGivesTheLeadsBack() throws Exception {
        pool.closed = true;
        var report = (Outcome.Undelivered) outcome(send(1));
        assertThat(report.problem().code()).isEqualTo("dispatcher.closed");
        assertThat(report.mayExist()).isFalse();
        assertThat(calls).isEmpty();
    }

    @Test
    void limitsThatThrowAreTakenAsTheyWere() throws Exception {
        limits = limits.withConcurrency(2);
        send(1);
        brokenLimits = true;
        send(2);
        send(3);
        assertThat(pool.waiting()).isEqualTo(2);
        pool.runAll();
        assertThat(stats().delivered()).isEqualTo(3);
    }

    @Test
    void aCorkedLaneSendsFullCallsOnly() throws Exception {
        limits = limits.withBatch(10);
        open().cork();
        for (int i = 0; i < 25; i++) {
            intake.start(lead(i), false, false, report -> {});
        }
        pool.runAll();
        assertThat(sizes()).containsExactly(10, 10);
        intake.start(lead(99), true, false, report -> {});
        pool.runAll();
        assertThat(sizes()).containsExactly(10, 10, 6);
        lanes.uncork();
    }

    private Function<LeadBatch, List<DeliveryResult>> failing(int times, DeliveryResult result) {
        return batch -> DeliveryResult.all(batch, calls.size() <= times ? result : DONE);
    }

    private void sendAll(int n) throws Exception {
        open().cork();
        for (int i = 1; i <= n; i++) {
            intake.start(lead(i), false, false, report -> {});
        }
        lanes.uncork();
        pool.runAll();
    }

    private CompletableFuture<DispatchReport> sendAndRun(int n) throws Exception {
        var report = send(n);
        pool.runAll();
        return report;
    }

    private CompletableFuture<DispatchReport> send(int n) throws Exception {
        open();
        return new ReportFuture(caller -> intake.start(lead(n), true, false, caller));
    }

    private Lanes open() {
        if (engine == null) {
            engine = new Engine(time, new Random(42), new MemoryQueue(time, 100), new Events(List.of()), pool, 100);
            lanes = new Lanes(engine, Map.of("a", new TestDestination()), Map.of("a", options));
            intake = new Intake(engine, new Planner(lanes.byName(), List.of(), List.of()), Duration.ofSeconds(30));
        }
        return lanes;
    }

    private void passAndRun(Duration total) {
        pool.runAll();
        Duration step = Duration.ofMillis(1).multipliedBy(Math.max(1, total.toMillis() / 2_000));
        for (Duration passed = Duration.ZERO; passed.compareTo(total) < 0; passed = passed.plus(step)) {
            Duration left = total.minus(passed);
            time.pass(left.compareTo(step) < 0 ? left : step);
            pool.runAll();
        }
    }

    private LaneStats stats() {
        return open().stats().get("a");
    }

    private List<Integer> sizes() {
        return calls.stream().map(LeadBatch::size).toList();
    }

    private static Outcome outcome(CompletableFuture<DispatchReport> report) {
        assertThat(report).isDone();
        return report.join().at("a");
    }

    private static Lead lead(int n) {
        return Lead.builder().id("lead-" + n).email("ada@example.com").build();
    }

    private final class TestDestination implements LeadDestination {
        @Override
        public List<DeliveryResult> deliver(LeadBatch batch) {
            calls.add(batch);
            return answers.apply(batch);
        }

        @Override
        public Limits limits() {
            if (brokenLimits) {
                throw new IllegalStateException("limits");
            }
            return limits;
        }

        @Override
        public String serialKey(Lead lead) {
            return serialKey.apply(lead);
        }

        @Override
        public String batchKey(Lead lead) {
            return batchKey.apply(lead);
        }
    }
}
