package io.leaddispatch.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Category;
import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.DispatcherBuilder;
import io.leaddispatch.LaneOptions;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.LeadId;
import io.leaddispatch.Problem;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.spi.Limits;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine on a durable queue: several dispatchers on one database stand for several processes. */
abstract class DispatchingTests {
    private static final Problem DOWN = new Problem("test.down", Category.TRANSIENT, "down", "wait", null, List.of());
    private static final Problem NO_ROLE = new Problem("test.role", Category.AUTH, "no role", "grant", null, List.of());
    private static final Problem BAD = new Problem("test.bad", Category.INVALID_LEAD, "bad", "mend", null, List.of());
    private static final DeliveryResult GOOD = DeliveryResult.delivered(Confirmation.CREATED);
    private static final Duration LONG = Duration.ofSeconds(50);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> arrived = new ConcurrentLinkedQueue<>();
    private String url;
    private LeadOutbox watch;

    abstract String newUrl();

    @BeforeEach
    void open() {
        url = newUrl();
        watch = Given.outbox(url);
        opened.add(watch);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    /** A destination that takes many leads and answers each as told. */
    private class Scripted implements LeadDestination {
        final Function<Lead, DeliveryResult> answer;
        Limits limits = Limits.ONE_BY_ONE.withBatch(50).whereRepeatIsSafe();
        Function<Lead, String> key = lead -> lead.id().value();

        Scripted(Function<Lead, DeliveryResult> answer) {
            this.answer = answer;
        }

        @Override
        public List<DeliveryResult> deliver(LeadBatch batch) {
            List<DeliveryResult> results = new ArrayList<>();
            for (Lead lead : batch.leads()) {
                DeliveryResult result = answer.apply(lead);
                if (result instanceof DeliveryResult.Delivered) {
                    arrived.add(lead.id().value());
                }
                results.add(result);
            }
            return results;
        }

        @Override
        public Limits limits() {
            return limits;
        }

        @Override
        public String serialKey(Lead lead) {
            return key.apply(lead);
        }
    }

    private LeadDispatcher dispatcher(LeadDestination destination, Object... settings) {
        return build(LeadDispatcher.builder().to("crm", destination).patience(LONG), settings);
    }

    private LeadDispatcher build(DispatcherBuilder builder, Object... settings) {
        LeadDispatcher dispatcher = builder.closeWithin(Duration.ofSeconds(5))
                .queue(Given.outbox(url, settings).queue())
                .build();
        opened.add(0, dispatcher);
        return dispatcher;
    }

    static void until(BooleanSupplier condition) throws InterruptedException {
        until(condition, LONG);
    }

    static void until(BooleanSupplier condition, Duration atMost) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    private LeadHistory history(String lead) {
        return watch.history(LeadId.of(lead)).get(0);
    }

    private boolean isAt(String lead, LeadHistory.State state) {
        List<LeadHistory> all = watch.history(LeadId.of(lead));
        return !all.isEmpty() && all.get(0).state() == state;
    }

    @Test
    void sendStoresDeliversAndReports() {
        DispatchReport report = dispatcher(new Scripted(lead -> GOOD)).send(Given.lead("a"));
        assertThat(report.at("crm")).isInstanceOf(Outcome.Delivered.class);
        assertThat(history("a").state()).isEqualTo(LeadHistory.State.DELIVERED);
    }

    @Test
    void aLeadIsSentOnceHoweverOftenItIsGiven() throws Exception {
        LeadDispatcher one = dispatcher(new Scripted(lead -> GOOD));
        LeadDispatcher two = dispatcher(new Scripted(lead -> GOOD));
        for (LeadDispatcher each : List.of(one, two, one)) {
            assertThat(each.send(Given.lead("a")).at("crm")).isInstanceOf(Outcome.Delivered.class);
        }
        assertThat(one.enqueue(Given.lead("a")).at("crm")).isInstanceOf(Outcome.Delivered.class);
        assertThat(arrived).containsExactly("a");
    }

    @Test
    void anOutageOutlastsPatienceAndAllAttemptsAndTheLeadGoesOn() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        AtomicBoolean down = new AtomicBoolean(true);
        LeadDispatcher dispatcher = build(LeadDispatcher.builder()
                .to("crm", new Scripted(lead -> {
                    tries.incrementAndGet();
                    return down.get() ? new DeliveryResult.Retry(DOWN, null) : GOOD;
                }))
                .lane("crm", LaneOptions.DEFAULT.withDelays(Duration.ofMillis(10), Duration.ofMillis(40)))
                .patience(Duration.ofSeconds(1)));
        Outcome.Pending pending =
                (Outcome.Pending) dispatcher.send(Given.lead("a")).at("crm");
        assertThat(pending.problem()).isEqualTo(DOWN);
        assertThat(pending.attempts()).isPositive();
        until(() -> tries.get() > 3 * LaneOptions.DEFAULT.attempts());
        down.set(false);
        until(() -> isAt("a", LeadHistory.State.DELIVERED));
        assertThat(history("a").failures()).isNotEmpty();
    }

    @Test
    void aCallerHearsOfARetryThatSucceeds() {
        AtomicInteger tries = new AtomicInteger();
        LeadDispatcher dispatcher = dispatcher(
                new Scripted(lead -> tries.incrementAndGet() < 3 ? new DeliveryResult.Retry(DOWN, null) : GOOD));
        Outcome.Delivered delivered =
                (Outcome.Delivered) dispatcher.send(Given.lead("a")).at("crm");
        assertThat(delivered.attempts()).isEqualTo(3);
        assertThat(dispatcher.stats().lanes().get("crm").balanced()).isTrue();
    }

    @Test
    void whatAnotherProcessStoresIsFetched() throws Exception {
        LeadDispatcher dispatcher = dispatcher(new Scripted(lead -> GOOD));
        for (int i = 0; i < 300; i++) {
            watch.enqueue(dispatcher.plan(Given.lead("l" + i)));
        }
        until(() -> watch.stats().destinations().get("crm").done() == 300);
        assertThat(arrived).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void enqueueReturnsOnceStored() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        LeadDispatcher dispatcher = dispatcher(new Scripted(lead -> {
            await(gate);
            return GOOD;
        }));
        DispatchReport report = dispatcher.enqueue(Given.lead("a"));
        assertThat(report.at("crm")).isEqualTo(new Outcome.Pending(null, 0));
        assertThat(watch.history(LeadId.of("a"))).hasSize(1);
        gate.countDown();
        until(() -> isAt("a", LeadHistory.State.DELIVERED));
    }

    @Test
    void aFullLaneStoresTheLeadAndItsSenderStillHearsOfIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        LeadDispatcher dispatcher = build(LeadDispatcher.builder()
                .to("crm", new Scripted(lead -> {
                    begun.countDown();
                    await(goOn);
                    return GOOD;
                }))
                .queueCapacity(1)
                .patience(LONG));
        var first = dispatcher.sendAsync(Given.lead("a"));
        await(begun);
        var second = dispatcher.sendAsync(Given.lead("b"));
        assertThat(second).isNotDone();
        assertThat(watch.history(LeadId.of("b"))).isNotEmpty();
        goOn.countDown();
        assertThat(first.join().at("crm")).isInstanceOf(Outcome.Delivered.class);
        assertThat(second.join().at("crm")).isInstanceOf(Outcome.Delivered.class);
        assertThat(arrived).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aSenderHearsWhatAnotherProcessDidWithItsLead() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        DeliveryResult made = new DeliveryResult.Delivered(Confirmation.CREATED, "rec-1", List.of("title: cut"));
        LeadDispatcher other = dispatcher(new Scripted(lead -> {
            begun.countDown();
            await(goOn);
            return lead.id().value().equals("bad") ? new DeliveryResult.Rejected(BAD) : made;
        }));
        var ignored = other.sendAsync(Given.lead("good"));
        var unheard = other.sendAsync(Given.lead("bad"));
        await(begun);
        LeadDispatcher dispatcher = dispatcher(new Scripted(lead -> GOOD));
        var good = dispatcher.sendAsync(Given.lead("good"));
        var bad = dispatcher.sendAsync(Given.lead("bad"));
        assertThat(List.of(good, bad, ignored, unheard)).noneMatch(each -> each.isDone());
        goOn.countDown();
        assertThat(good.join().at("crm"))
                .isEqualTo(new Outcome.Delivered(Confirmation.CREATED, "rec-1", List.of("title: cut"), 1));
        assertThat(bad.join().at("crm")).isEqualTo(new Outcome.Rejected(BAD, 1));
        assertThat(arrived).containsExactly("good");
        assertThat(dispatcher.stats().lanes().get("crm").balanced()).isTrue();
    }

    @Test
    void whenPatienceEndsDuringACallTheLeadIsPendingAndGoesOn() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        LeadDispatcher dispatcher = build(LeadDispatcher.builder()
                .to("crm", new Scripted(lead -> {
                    await(goOn);
                    return GOOD;
                }))
                .patience(Duration.ofMillis(300)));
        assertThat(dispatcher.send(Given.lead("a")).at("crm")).isEqualTo(new Outcome.Pending(null, 0));
        goOn.countDown();
        until(() -> isAt("a", LeadHistory.State.DELIVERED));
        assertThat(arrived).containsExactly("a");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aHeldDestinationBurnsNoAttempts() throws Exception {
        AtomicBoolean held = new AtomicBoolean(true);
        AtomicInteger calls = new AtomicInteger();
        LeadDispatcher dispatcher = build(LeadDispatcher.builder()
                .to("crm", new Scripted(lead -> {
                    calls.incrementAndGet();
                    return held.get() ? new DeliveryResult.Pause(NO_ROLE, null) : GOOD;
                }))
                .lane("crm", LaneOptions.DEFAULT.withHoldProbe(Duration.ofMillis(100)))
                .patience(LONG));
        Outcome outcome = dispatcher.send(Given.lead("a")).at("crm");
        assertThat(outcome).isInstanceOf(Outcome.Pending.class);
        for (int i = 0; i < 20; i++) {
            watch.enqueue(dispatcher.plan(Given.lead("l" + i)));
        }
        until(() -> calls.get() > 3);
        assertThat(history("a").attempts()).isZero();
        assertThat(watch.stats().pauses()).isNotNull();
        held.set(false);
        until(() -> watch.stats().destinations().get("crm").done() == 21);
        assertThat(watch.deadLetters().list(DeadLetterQuery.ALL, 10, 0)).isEmpty();
    }

    @Test
    void aRefusedLeadIsADeadLetterThatCanBeReplayed() throws Exception {
        AtomicBoolean mended = new AtomicBoolean();
        LeadDispatcher dispatcher =
                dispatcher(new Scripted(lead -> mended.get() ? GOOD : new DeliveryResult.Rejected(BAD)));
        assertThat(dispatcher.send(Given.lead("a")).at("crm")).isEqualTo(new Outcome.Rejected(BAD, 1));
        assertThat(dispatcher.send(Given.lead("a")).at("crm")).isEqualTo(new Outcome.Rejected(BAD, 1));
        mended.set(true);
        watch.deadLetters().replay(DeadLetterQuery.ALL.withCode("test.bad"), 100);
        until(() -> isAt("a", LeadHistory.State.DELIVERED));
    }

    @Test
    void aPauseHoldsForAllProcesses() throws Exception {
        AtomicInteger otherCalls = new AtomicInteger();
        LeadDispatcher one = dispatcher(new Scripted(
                lead -> new DeliveryResult.Pause(DOWN, Instant.now().plusSeconds(600))));
        LeadDispatcher two = dispatcher(new Scripted(lead -> {
            otherCalls.incrementAndGet();
            return GOOD;
        }));
        assertThat(one.send(Given.lead("a")).at("crm")).isInstanceOf(Outcome.Pending.class);
        until(() -> two.stats().lanes().get("crm").pausedUntil() != null);
        int before = otherCalls.get();
        assertThat(two.stats().lanes().get("crm").pausedWhy().code()).isEqualTo("lane.paused-elsewhere");
        assertThat(two.send(Given.lead("b")).at("crm")).isInstanceOf(Outcome.Pending.class);
        assertThat(otherCalls.get()).isEqualTo(before);
    }

    @Test
    void processesShareTheRate() throws Exception {
        Duration window = Duration.ofSeconds(2);
        ConcurrentLinkedQueue<Long> calls = new ConcurrentLinkedQueue<>();
        List<LeadDispatcher> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Scripted counted = new Scripted(lead -> {
                calls.add(System.nanoTime());
                return GOOD;
            });
            counted.limits =
                    Limits.ONE_BY_ONE.whereRepeatIsSafe().withRate(5, window).withGate("marketo:1");
            all.add(dispatcher(counted));
        }
        for (int i = 0; i < 21; i++) {
            watch.enqueue(all.get(0).plan(Given.lead("l" + i)));
        }
        until(() -> all.stream()
                .map(each -> each.stats().lanes().get("crm").pausedWhy())
                .anyMatch(why -> why != null && why.code().equals("lane.shared-rate")));
        until(() -> watch.stats().destinations().get("crm").done() == 21);
        List<Long> times = calls.stream().sorted().toList();
        for (int i = 5; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 5)).isGreaterThanOrEqualTo(window.toNanos());
        }
        assertThat(times).hasSize(21);
    }

    @Test
    void processesKeepLeadsOfOneKeyApart() throws Exception {
        Set<String> busy = ConcurrentHashMap.newKeySet();
        AtomicInteger clashes = new AtomicInteger();
        List<LeadDispatcher> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Scripted keyed = new Scripted(lead -> GOOD) {
                @Override
                public List<DeliveryResult> deliver(LeadBatch batch) {
                    List<String> keys = batch.leads().stream().map(key).toList();
                    keys.forEach(k -> clashes.addAndGet(busy.add(k) ? 0 : 1));
                    List<DeliveryResult> results = super.deliver(batch);
                    keys.forEach(busy::remove);
                    return results;
                }
            };
            keyed.key = lead -> "key" + lead.id().value().hashCode() % 7;
            all.add(dispatcher(keyed));
        }
        for (int i = 0; i < 60; i++) {
            all.get(i % 3).enqueue(Given.lead("l" + i));
        }
        List<Outcome> sent = IntStream.range(0, 9)
                .mapToObj(i -> all.get(i % 3).sendAsync(Given.lead("s" + i)))
                .map(future -> future.join().at("crm"))
                .toList();
        assertThat(sent).allMatch(outcome -> outcome instanceof Outcome.Delivered);
        until(() -> watch.stats().destinations().get("crm").done() == 69);
        assertThat(clashes).hasValue(0);
        assertThat(arrived).hasSize(69).doesNotHaveDuplicates();
    }

    @Test
    void aLongCallKeepsItsLeases() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        LeadDispatcher slow = dispatcher(
                new Scripted(lead -> {
                    begun.countDown();
                    await(end);
                    return GOOD;
                }),
                "lease",
                "3s");
        slow.enqueue(Given.lead("a"));
        await(begun);
        dispatcher(new Scripted(lead -> GOOD), "lease", "3s");
        long first = watch.history(LeadId.of("a")).get(0).dueAt().toEpochMilli();
        until(() -> history("a").dueAt().toEpochMilli() > first + 3_000);
        end.countDown();
        until(() -> isAt("a", LeadHistory.State.DELIVERED));
        assertThat(arrived).containsExactly("a");
    }

    @Test
    void whatADeadProcessMayHaveSentIsNotSentAgainWhereRepeatsAreNotRecognised() throws Exception {
        Claim claim = Given.stored(watch, "a", "crm");
        watch.queue().begin(List.of(claim));
        watch.queue().renew(List.of(claim), Duration.ofMillis(1));
        Scripted unsafe = new Scripted(lead -> GOOD);
        unsafe.limits = Limits.ONE_BY_ONE;
        dispatcher(unsafe);
        until(() -> isAt("a", LeadHistory.State.DEAD));
        assertThat(history("a").problem().code()).isEqualTo("lane.sender-died");
        assertThat(history("a").mayExist()).isTrue();
        assertThat(arrived).isEmpty();
    }

    @Test
    void whatADeadProcessHeldIsSentWhereItWasNotBegunOrRepeatsAreRecognised() throws Exception {
        Claim begun = Given.stored(watch, "a", "crm");
        watch.queue().begin(List.of(begun));
        Claim waiting = Given.stored(watch, "b", "other");
        watch.queue().renew(List.of(begun, waiting), Duration.ofMillis(1));
        Scripted unsafe = new Scripted(lead -> GOOD);
        unsafe.limits = Limits.ONE_BY_ONE;
        build(LeadDispatcher.builder().to("crm", new Scripted(lead -> GOOD)).to("other", unsafe));
        until(() -> arrived.size() == 2);
        assertThat(arrived).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void closingGivesBackWhatWaitsAndAnotherProcessDeliversIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Scripted slow = new Scripted(lead -> {
            begun.countDown();
            await(end);
            return GOOD;
        });
        slow.limits = Limits.ONE_BY_ONE.withConcurrency(1).whereRepeatIsSafe();
        LeadDispatcher first = dispatcher(slow);
        for (int i = 0; i < 10; i++) {
            first.sendAsync(Given.lead("l" + i));
        }
        await(begun);
        Thread closing = new Thread(first::close);
        closing.start();
        until(() -> watch.stats().destinations().get("crm").waiting() == 9);
        end.countDown();
        closing.join();
        assertThat(watch.stats().destinations().get("crm").done()).isEqualTo(1);
        dispatcher(new Scripted(lead -> GOOD));
        until(() -> watch.stats().destinations().get("crm").done() == 10);
        assertThat(arrived).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void manyLeadsGoOutInFullCalls() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Scripted counted = new Scripted(lead -> GOOD) {
            @Override
            public List<DeliveryResult> deliver(LeadBatch batch) {
                calls.incrementAndGet();
                return super.deliver(batch);
            }
        };
        LeadDispatcher dispatcher = dispatcher(counted);
        SendSummary summary = dispatcher.sendAll(
                IntStream.range(0, 2_000).mapToObj(i -> Given.lead("l" + i)).toList(), SendProgress.NONE);
        assertThat(summary.destinations().get("crm").delivered()).isEqualTo(2_000);
        assertThat(calls.get()).isLessThan(80);
        assertThat(watch.stats().destinations().get("crm").done()).isEqualTo(2_000);
    }

    @Test
    void aDatabaseThatIsAwayIsToldAndNothingIsLost() throws Exception {
        LeadDispatcher dispatcher = dispatcher(new Scripted(lead -> GOOD));
        assertThat(dispatcher.send(Given.lead("a")).at("crm")).isInstanceOf(Outcome.Delivered.class);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("alter table lead_outbox rename to away");
            Outcome.Undelivered undelivered =
                    (Outcome.Undelivered) dispatcher.send(Given.lead("b")).at("crm");
            assertThat(undelivered.problem().code()).isEqualTo("queue.failed");
            statement.execute("alter table away rename to lead_outbox");
        }
        assertThat(dispatcher.send(Given.lead("b")).at("crm")).isInstanceOf(Outcome.Delivered.class);
        assertThat(dispatcher.stats().lanes().get("crm").balanced()).isTrue();
    }

    private Connection connect() throws Exception {
        java.util.Properties login = new java.util.Properties();
        login.setProperty("user", "postgres");
        login.setProperty("busy_timeout", "20000");
        return DriverManager.getConnection(url, login);
    }

    @Test
    void aPlanNamesDestinationsKeysAndReasons() {
        LeadDispatcher dispatcher = dispatcher(new Scripted(lead -> GOOD));
        assertThat(dispatcher.plan(Given.lead("a")).serialKeys()).isEqualTo(Map.of("crm", "a"));
        Lead student = Lead.builder().id("s").email("x@mit.edu").build();
        assertThat(dispatcher.plan(student).serialKeys()).isEmpty();
        assertThat(dispatcher.plan(student).suppressed()).containsKey("crm");
        assertThat(dispatcher.plan(student).isUnrouted()).isFalse();
        assertThat(dispatcher.plan(student)).hasToString("DeliveryPlan[s to []]");
    }
}
