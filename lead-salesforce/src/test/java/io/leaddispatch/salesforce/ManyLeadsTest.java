package io.leaddispatch.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.salesforce.OrgFault;
import io.leaddispatch.testkit.salesforce.OrgField;
import io.leaddispatch.testkit.salesforce.OrgLead;
import io.leaddispatch.testkit.salesforce.SalesforceSimulator;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 10,000 leads: 50 calls, exact outcomes, and a session that ends in the middle. */
class ManyLeadsTest {
    private static final int LEADS = 10_000;
    private static final int BAD = 300;
    private static final String MARK = "bad";

    @ParameterizedTest(name = "concurrency {0}")
    @CsvSource({"1, 51", "4, 54"})
    void tenThousandLeadsAreFiftyCallsWithExactOutcomesAndOneLogInMore(int concurrency, int most) throws Exception {
        Set<Integer> bad =
                new Random(4711).ints(0, LEADS).distinct().limit(BAD).boxed().collect(Collectors.toSet());
        Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
        try (SalesforceSimulator org = SalesforceSimulator.start()) {
            org.expireSessionsAfter(26); // the describe, and half of the writes
            org.field(OrgField.restricted("Rating", "Hot", "Cold"));
            org.rule(values -> values.path("Title").asText().equals(MARK)
                    ? OrgFault.of("FIELD_CUSTOM_VALIDATION_EXCEPTION", "no", "Title")
                    : null);
            Map<String, Object> settings = Given.restConfig(org);
            settings.put("fields", Map.of("Rating", "{attr.rating}"));
            settings.put("concurrency", concurrency);
            SendSummary summary;
            try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                    .to("crm", "salesforce", settings)
                    .insecureLoopback(true)
                    .patience(Duration.ofMinutes(1))
                    .build()) {
                Stream<Lead> leads = IntStream.range(0, LEADS).mapToObj(n -> lead(n, bad.contains(n)));
                summary = dispatcher.sendAll(leads, collecting(outcomes));
                assertThat(dispatcher.stats().lanes().get("crm").calls()).isEqualTo(50);
            }
            assertThat(org.writes()).isEqualTo(50);
            assertThat(org.logins()).isEqualTo(2);
            // where several calls are under way more than one may meet the end of the session; each is repeated once
            assertThat(org.requests().stream()
                            .filter(request -> request.method().equals("PATCH")))
                    .hasSizeBetween(51, most);
            assertThat(org.leads()).hasSize(LEADS - BAD);
            Map<String, String> ids = org.leads().stream()
                    .collect(Collectors.toMap(
                            lead -> String.valueOf(lead.get(SalesforceSimulator.EXTERNAL_ID)), OrgLead::id));
            for (int n = 0; n < LEADS; n++) {
                exact(outcomes.get("lead-" + n), n, bad.contains(n), ids);
            }
            SendSummary.Counts counts = summary.destinations().get("crm");
            assertThat(counts.delivered()).isEqualTo(LEADS - BAD);
            assertThat(counts.rejected()).isEqualTo(BAD);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"upsert, 3, 202, 400, 0", "create, 2, 2, 200, 200"})
    void oneLostAnswerOfTwoLeavesNoDouble(String operation, int least, int most, int delivered, int unknown)
            throws Exception {
        Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
        try (SalesforceSimulator org = SalesforceSimulator.start()) {
            org.loseAnswers(1);
            Map<String, Object> settings = Given.restConfig(org);
            settings.put("operation", operation);
            try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                    .to("crm", "salesforce", settings)
                    .insecureLoopback(true)
                    .patience(Duration.ofMinutes(1))
                    .build()) {
                dispatcher.sendAll(Leads.numbered(0, 400).stream(), collecting(outcomes));
            }
            assertThat(org.leads()).hasSize(400); // stored once each, though 200 answers were lost
            assertThat(org.writes())
                    .isBetween(least, most); // each lead waits for a time of its own before it goes again
        }
        assertThat(outcomes.values().stream().filter(Outcome.Delivered.class::isInstance))
                .hasSize(delivered);
        assertThat(outcomes.values().stream()
                        .filter(outcome -> outcome instanceof Outcome.Undelivered undelivered
                                && undelivered.mayExist()
                                && undelivered.problem().code().equals("salesforce.no-answer")))
                .hasSize(unknown);
    }

    /** Three ways to be bad, by turns. */
    private static Lead lead(int n, boolean bad) {
        Lead.Builder lead = Leads.numbered(n).toBuilder();
        if (bad) {
            switch (n % 3) {
                case 0 -> lead.title(MARK);
                case 1 -> lead.email("no-domain-" + n + "@localhost");
                default -> lead.attribute("rating", "lukewarm");
            }
        }
        return lead.build();
    }

    private static void exact(Outcome outcome, int n, boolean bad, Map<String, String> ids) {
        if (!bad) {
            assertThat(outcome)
                    .as("lead %s", n)
                    .isInstanceOfSatisfying(
                            Outcome.Delivered.class,
                            delivered -> assertThat(delivered.recordId()).isEqualTo(ids.get("lead-" + n)));
            return;
        }
        String code = switch (n % 3) {
            case 0 -> "FIELD_CUSTOM_VALIDATION_EXCEPTION";
            case 1 -> "INVALID_EMAIL_ADDRESS";
            default -> "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST";
        };
        assertThat(outcome)
                .as("lead %s", n)
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.problem().vendorCode()).isEqualTo(code));
    }

    private static SendProgress collecting(Map<String, Outcome> outcomes) {
        return new SendProgress() {
            @Override
            public void finished(DispatchReport report) {
                outcomes.put(report.leadId().value(), report.at("crm"));
            }
        };
    }
}
