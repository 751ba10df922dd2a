package io.leaddispatch.marketo;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.SendProgress;
import io.leaddispatch.testkit.Leads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rate, the day's calls and the calls at once, as the server sees them. */
class MarketoRatesTest extends WithDispatcher {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void theRateThatTheServerSeesNeverPassesTheWindow(long seed) throws Exception {
        Random random = new Random(seed);
        Duration window = Duration.ofMillis(200 + random.nextInt(300));
        int calls = 8 + random.nextInt(8);
        int concurrency = 2 + random.nextInt(3);
        Map<String, Object> form = settings("form");
        Map<String, Object> leads = settings("leads");
        for (Map<String, Object> each : List.of(form, leads)) {
            each.put("callsPerWindow", calls);
            each.put("window", window.toMillis() + "ms");
            each.put("concurrency", concurrency);
        }
        leads.put("munchkinId", "284-rpr-133"); // the same instance, however it is written
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .insecureLoopback(true)
                .patience(Duration.ofSeconds(50))
                .to("form", "marketo", form)
                .to("leads", "marketo", leads)
                .build()) {
            inBursts(random, 48, n -> dispatcher.send(Leads.numbered(n)));
            assertThat(dispatcher.stats().lanes().values()).allMatch(books -> books.delivered() == 48);
        }
        assertThat(marketo.people().stream().map(person -> person.get("email"))) // nobody twice, though both write them
                .containsExactlyInAnyOrderElementsOf(Leads.numbered(0, 48).stream()
                        .map(lead -> lead.contact().email())
                        .toList());
        assertThat(marketo.submissions()).isEqualTo(48);
        assertThat(marketo.calls()).isGreaterThan(48);
        assertThat(marketo.mostCallsIn(window)).isLessThanOrEqualTo(calls);
        assertThat(marketo.mostAtOnce()).isLessThanOrEqualTo(concurrency);
    }

    /** Each lead in a thread of its own; the next burst begins when so many of this one have ended. */
    private void inBursts(Random random, int leads, IntConsumer send) throws InterruptedException {
        List<Thread> senders = new ArrayList<>();
        while (senders.size() < leads) {
            int burst = Math.min(1 + random.nextInt(16), leads - senders.size());
            CountDownLatch start = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(random.nextInt(burst + 1));
            marketo.takes(Duration.ofMillis(random.nextInt(12)));
            for (int i = 0; i < burst; i++) {
                int lead = senders.size();
                Thread sender = new Thread(() -> {
                    await(start);
                    send.accept(lead);
                    ended.countDown();
                });
                senders.add(sender);
                sender.start();
            }
            start.countDown();
            ended.await();
        }
        for (Thread sender : senders) {
            sender.join();
        }
    }

    private static void await(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theDailyQuotaPausesTheInstanceUntilTheReset() {
        Instant reset = DailyCalls.resetAfter(Instant.now());
        marketo.dailyQuota(2);
        try (LeadDispatcher dispatcher = dispatcher(settings("form"))) {
            for (int i = 0; i < 2; i++) {
                assertThat(dispatcher.send(Leads.numbered(i)).isSettled()).isTrue();
            }
            for (int i = 2; i < 4; i++) { // the last is not even tried
                assertThat(dispatcher.send(Leads.numbered(i)).at("crm"))
                        .isInstanceOfSatisfying(Outcome.Undelivered.class, undelivered -> {
                            assertThat(undelivered.problem().code()).isEqualTo("marketo.daily-quota");
                            assertThat(undelivered.problem().vendorCode()).isEqualTo("607");
                        });
            }
            assertThat(dispatcher.stats().lanes().get("crm").pausedUntil())
                    .isBetween(
                            reset.minusSeconds(1),
                            DailyCalls.resetAfter(Instant.now()).plusSeconds(1));
        }
        assertThat(marketo.calls()).isEqualTo(3);
        assertThat(marketo.size()).isEqualTo(2);
    }

    @Test
    void tooManyAtOnceLowersTheConcurrency() throws Exception {
        marketo.failNext("615", 4).takes(Duration.ofMillis(100)); // long enough to meet, if they could
        Map<String, Object> settings = settings("form");
        settings.put("concurrency", 4);
        try (LeadDispatcher dispatcher = dispatcher(settings)) {
            assertThat(dispatcher
                            .sendAll(Leads.numbered(0, 6), SendProgress.NONE)
                            .isSettled())
                    .isTrue();
        }
        assertThat(marketo.size()).isEqualTo(6);
        List<Integer> afterwards = marketo.atOnce().subList(4, 10);
        assertThat(afterwards).startsWith(1);
        assertThat(afterwards.subList(1, 3)).allMatch(calls -> calls <= 2);
    }

    @Test
    void equalAddressesAreNeverUnderWayTwice() throws Exception {
        marketo.takes(Duration.ofMillis(200)); // long enough to meet on a busy machine, if they could
        List<Lead> leads = IntStream.range(0, 6)
                .mapToObj(n -> Leads.ada().toBuilder()
                        .id("lead-" + n)
                        .email(n % 2 == 0 ? "ada-7f3a1c@example.com" : "ADA-7f3a1c@example.com")
                        .build())
                .toList();
        Map<String, Object> settings = new HashMap<>(settings("form"));
        try (LeadDispatcher dispatcher = dispatcher(settings)) {
            assertThat(dispatcher.sendAll(leads, SendProgress.NONE).isSettled()).isTrue();
        }
        assertThat(marketo.size()).isOne();
    }

    @Test
    void theDailyCapIsSharedByTheDestinationsOfAnInstance() {
        Map<String, Object> form = settings("form");
        Map<String, Object> leads = settings("leads");
        String other = marketo.uri().getHost().equals("localhost") ? "127.0.0.1" : "localhost";
        leads.put("baseUrl", "http://" + other + ":" + marketo.uri().getPort()); // one instance by two ways
        form.put("dailyCalls", 2);
        leads.put("dailyCalls", 2);
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .insecureLoopback(true)
                .to("form", "marketo", form)
                .to("leads", "marketo", leads)
                .build()) {
            assertThat(dispatcher.send(Leads.numbered(1)).isSettled()).isTrue();
            DispatchReport second = dispatcher.send(Leads.numbered(2));
            assertThat(second.outcomes().values())
                    .allSatisfy(outcome -> assertThat(
                                    ((Outcome.Undelivered) outcome).problem().code())
                            .isEqualTo("marketo.daily-cap"));
        }
        assertThat(marketo.calls()).isEqualTo(2);
        assertThat(marketo.tokenRequests()).isEqualTo(2);
    }
}
