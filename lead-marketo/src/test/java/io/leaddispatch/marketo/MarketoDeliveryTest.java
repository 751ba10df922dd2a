package io.leaddispatch.marketo;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LaneOptions;
import io.leaddispatch.LaneStats;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.marketo.MarketoSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The destination behind a dispatcher, against the simulator. */
class MarketoDeliveryTest {
    private final MarketoSimulator marketo = MarketoSimulator.start();

    @AfterEach
    void stop() {
        marketo.close();
    }

    private LeadDispatcher dispatcher(Map<String, Object> settings) {
        return LeadDispatcher.builder()
                .insecureLoopback(true)
                .patience(Duration.ofSeconds(50))
                .to("crm", "marketo", settings)
                .lane("crm", LaneOptions.DEFAULT.withDelays(Duration.ofMillis(1), Duration.ofMillis(5)))
                .build();
    }

    private Map<String, Object> settings(String mode) {
        return Given.settings(marketo.uri(), mode);
    }

    @Test
    void aLeadFillsOutTheForm() {
        try (LeadDispatcher dispatcher = dispatcher(settings("form"))) {
            assertThat(dispatcher.send(Leads.ada()).at("crm"))
                    .isEqualTo(new Outcome.Delivered(Confirmation.CREATED, "1", List.of(), 1));
        }
        assertThat(marketo.people())
                .containsExactly(Map.of(
                        "email", "ada-7f3a1c@example.com",
                        "firstName", "Ada-7f3a1c",
                        "lastName", "Lovelace-7f3a1c",
                        "phone", "+44-555-7731991",
                        "company", "Analytical-7f3a1c Ltd",
                        "country", "GB",
                        "title", "Countess-7f3a1c",
                        "leadSource", "AzureMarketplace-INS|contoso.backup"));
        assertThat(marketo.submissions()).isOne();
    }

    @Test
    void aSecondLeadOfThePersonUpdatesItButForTheCompany() {
        try (LeadDispatcher dispatcher = dispatcher(settings("leads"))) {
            dispatcher.send(Leads.ada());
            Lead later = Leads.ada().toBuilder()
                    .id("later")
                    .title("Engineer")
                    .company("New Ltd")
                    .build();
            List<String> notes = List.of("company: left out, Marketo does not change it for a person whom it knows");
            assertThat(dispatcher.send(later).at("crm"))
                    .isEqualTo(new Outcome.Delivered(Confirmation.UPDATED, "1", notes, 2));
            Lead last = later.toBuilder().id("last").build();
            assertThat(dispatcher.send(last).at("crm"))
                    .isEqualTo(new Outcome.Delivered(Confirmation.UPDATED, "1", notes, 1));
        }
        assertThat(marketo.people())
                .singleElement()
                .asString()
                .contains("Engineer", "Analytical-7f3a1c Ltd")
                .doesNotContain("New Ltd");
    }

    @Test
    void tenThousandLeadsAreThirtyFourCalls() throws Exception {
        try (LeadDispatcher dispatcher = dispatcher(settings("leads"))) {
            SendSummary summary = dispatcher.sendAll(Leads.numbered(0, 10_000), SendProgress.NONE);
            assertThat(summary.isSettled()).isTrue();
        }
        assertThat(marketo.calls()).isEqualTo(34);
        assertThat(marketo.size()).isEqualTo(10_000);
        assertThat(marketo.tokenRequests()).isOne();
    }

    @Test
    void everyOutcomeIsExactAmidExpiredTokensBurstsOfRefusalsAndSkippedRecords() throws Exception {
        Set<String> bad = bad(10_000, 300);
        Map<String, Object> settings = settings("leads");
        settings.put("fields", Map.of("numberOfEmployees", "{attr.employees}"));
        settings.put("window", "1s");
        settings.put("callsPerWindow", 100);
        marketo.takes(Duration.ofMillis(5));
        Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
        SendProgress progress = new SendProgress() {
            @Override
            public void finished(DispatchReport report) {
                outcomes.put(report.leadId().value(), report.at("crm"));
                switch (outcomes.size()) {
                    case 1_500, 6_000 -> marketo.expireTokens();
                    case 3_000 -> marketo.failNext("606", 2);
                    case 7_500 -> marketo.failNext("615", 3);
                    default -> {
                        // an ordinary lead
                    }
                }
            }
        };
        Stream<Lead> leads = IntStream.range(0, 10_000)
                .mapToObj(n -> Leads.numbered(n).toBuilder()
                        .attribute("employees", bad.contains("lead-" + n) ? "14.1" : "14")
                        .build());
        LaneStats books;
        try (LeadDispatcher dispatcher = dispatcher(settings)) {
            dispatcher.sendAll(leads, progress);
            books = dispatcher.stats().lanes().get("crm");
        }
        assertThat(outcomes).hasSize(10_000);
        outcomes.forEach((id, outcome) -> {
            if (bad.contains(id)) {
                assertThat(outcome).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
                    assertThat(rejected.problem().vendorCode()).isEqualTo("1003");
                    assertThat(rejected.problem().cause()).contains("numberOfEmployees");
                });
            } else {
                assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.Delivered.class,
                                delivered ->
                                        assertThat(delivered.confirmation()).isEqualTo(Confirmation.CREATED));
            }
        });
        Set<Object> stored =
                marketo.people().stream().map(person -> person.get("email")).collect(Collectors.toSet());
        assertThat(marketo.size()).isEqualTo(9_700);
        assertThat(stored).hasSize(9_700);
        assertThat(bad).noneMatch(id -> stored.contains(id.replace("lead-", "e1e1e1-") + "@example.com"));
        assertThat(books.balanced()).isTrue();
        assertThat(marketo.calls()).isEqualTo(34 + 5);
        assertThat(marketo.tokenRequests()).isEqualTo(3);
    }

    private static Set<String> bad(int of, int number) {
        Random random = new Random(3);
        Set<String> bad = new HashSet<>();
        while (bad.size() < number) {
            bad.add("lead-" + random.nextInt(of));
        }
        return bad;
    }

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

    @ParameterizedTest(name = "the skip says why: {0}")
    @ValueSource(booleans = {true, false})
    void aFormThatLacksAFieldLosesNoLeadWithoutAWord(boolean saysWhy) {
        marketo.form(7, "email", "firstName", "lastName", "phone", "company", "country", "leadSource")
                .skipsSayWhy(saysWhy);
        Map<String, Object> settings = settings("form");
        settings.put("formId", "7");
        try (LeadDispatcher dispatcher = dispatcher(settings)) {
            assertThat(dispatcher.send(Leads.ada()).at("crm"))
                    .isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
                        assertThat(rejected.problem().code()).isEqualTo("marketo.form-skipped");
                        assertThat(rejected.problem().cause()).contains("title").doesNotContain("7f3a1c");
                        assertThat(rejected.problem().remedy()).contains("Add it to the form", "formFields");
                    });
        }
        assertThat(marketo.submissions()).isZero();
    }

    @Test
    void aFormWhoseFieldsAreListedGetsNoOthers() {
        marketo.form(7, "email", "firstName", "leadSource", "unsubscribed", "doNotCall");
        Map<String, Object> settings = settings("form");
        settings.put("formId", "7");
        settings.put("formFields", List.of("email", "firstName", "leadSource", "unsubscribed", "doNotCall"));
        try (LeadDispatcher dispatcher = dispatcher(settings)) {
            Outcome.Delivered outcome =
                    (Outcome.Delivered) dispatcher.send(Leads.ada()).at("crm");
            assertThat(outcome.notes()).hasSize(5).allMatch(note -> note.contains("left out"));
        }
        assertThat(marketo.people().get(0)).containsOnlyKeys("email", "firstName", "leadSource");
    }

    @Test
    void aDoNotContactLeadIsMarkedAsSuch() {
        try (LeadDispatcher dispatcher = dispatcher(settings("leads"))) {
            dispatcher.send(
                    Leads.ada().toBuilder().source("SPZA-DNC|contoso.app").build());
        }
        assertThat(marketo.people().get(0)).containsEntry("unsubscribed", true).containsEntry("doNotCall", true);
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
