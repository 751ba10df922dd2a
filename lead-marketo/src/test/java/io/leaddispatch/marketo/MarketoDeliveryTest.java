package io.leaddispatch.marketo;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LaneStats;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import io.leaddispatch.testkit.Leads;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of leads, one and many, amid trouble. */
class MarketoDeliveryTest extends WithDispatcher {
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
}
