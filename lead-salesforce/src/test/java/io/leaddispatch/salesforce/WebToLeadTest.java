package io.leaddispatch.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.config.LeadConfig;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.MovableClock;
import io.leaddispatch.testkit.salesforce.SalesforceSimulator;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebToLeadTest {
    private final SalesforceSimulator org = SalesforceSimulator.start();

    @AfterEach
    void stop() {
        org.close();
    }

    private LeadDispatcher dispatcher(Map<String, Object> settings) {
        return LeadDispatcher.builder()
                .to("crm", "salesforce", settings)
                .insecureLoopback(true)
                .patience(Duration.ofSeconds(20))
                .build();
    }

    private Outcome send(Map<String, Object> settings, Lead lead) {
        try (LeadDispatcher dispatcher = dispatcher(settings)) {
            return dispatcher.send(lead).at("crm");
        }
    }

    @Test
    void aFormIsTakenAndNobodySaysThatALeadWasMade() {
        Lead lead = Leads.ada().toBuilder().country("GB").build();
        Outcome.Delivered delivered = (Outcome.Delivered) send(Given.webConfig(org), lead);
        assertThat(delivered.confirmation()).isEqualTo(Confirmation.ACCEPTED);
        assertThat(delivered.recordId()).isNull();
        assertThat(org.webLeads())
                .containsExactly(Map.ofEntries(
                        Map.entry("oid", List.of("00Do0000000ZHog")),
                        Map.entry("encoding", List.of("UTF-8")),
                        Map.entry("first_name", List.of("Ada-7f3a1c")),
                        Map.entry("last_name", List.of("Lovelace-7f3a1c")),
                        Map.entry("email", List.of("ada-7f3a1c@example.com")),
                        Map.entry("phone", List.of("+44-555-7731991")),
                        Map.entry("company", List.of("Analytical-7f3a1c Ltd")),
                        Map.entry("title", List.of("Countess-7f3a1c")),
                        Map.entry("country", List.of("GB")),
                        Map.entry("lead_source", List.of("AzureMarketplace-INS|contoso.backup")),
                        Map.entry("description", List.of("wrote-7f3a1c the first program\n\nLead id: lead-ada"))));
        assertThat(org.requests().get(0).target())
                .isEqualTo("/servlet/servlet.WebToLead?encoding=UTF-8&orgId=00Do0000000ZHog");
    }

    @Test
    void textsLeaveTheLatinAlphabetUnhurt() {
        send(Given.webConfig(org), Leads.unicode());
        assertThat(org.webLeads().get(0))
                .containsEntry("first_name", List.of("小明-51ab77 😀"))
                .containsEntry("company", List.of("Ünïcödé-51ab77 & Söhne GmbH, Łódź; שלום"));
    }

    @Test
    void theMarketplacesDocumentIsWebToLead() {
        String document =
                "{\"$schema\":\"https://product-ingestion.azureedge.net/schema/customer-leads/2022-03-01-preview3\","
                        + "\"product\":\"product/a0c6484f-b4fb-4129-ac6b-35f2b5628089\",\"leadDestination\":\"salesforce\","
                        + "\"salesforceLeadConfiguration\":{\"objectIdentifier\":\"00Do0000000ZHog\"}}";
        LeadConfig config =
                LeadConfig.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), Path.of("."));
        assertThat(config.warnings()).isEmpty();
        try (LeadDispatcher dispatcher = LeadDispatcher.builder().config(config).build()) {
            assertThat(dispatcher.preview(Leads.ada()).get("salesforce"))
                    .startsWith(
                            "POST https://webto.salesforce.com/servlet/servlet.WebToLead?encoding=UTF-8&orgId=00Do0000000ZHog")
                    .contains("\nlast_name=Lovelace-7f3a1c\n");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "true, Delivered, ",
        "' TRUE ', Delivered, ",
        "true Exception:common.exception.SalesforceGenericException, Undelivered, salesforce.web-refused",
        "true exception, Undelivered, salesforce.web-refused",
        "false, Undelivered, salesforce.web-unclear",
        "'', Undelivered, salesforce.web-unclear",
    })
    void isProcessedIsReadToTheLetter(String value, String outcome, String code) {
        org.isProcessed(value);
        Outcome result = send(Given.webConfig(org), Leads.ada());
        assertThat(result.getClass().getSimpleName()).isEqualTo(outcome);
        if (result instanceof Outcome.Undelivered undelivered) {
            assertThat(undelivered.problem().code()).isEqualTo(code);
            assertThat(undelivered.mayExist()).isEqualTo(code.endsWith("unclear"));
        }
        assertThat(org.forms()).hasSize(1);
    }

    @Test
    void aWrongOrganizationHoldsTheDestination() {
        Map<String, Object> settings = Given.webConfig(org);
        settings.put("objectIdentifier", "00D000000000001");
        Outcome.Undelivered undelivered = (Outcome.Undelivered) send(settings, Leads.ada());
        assertThat(undelivered.problem().vendorCode()).isEqualTo("common.exception.SalesforceGenericException");
        assertThat(undelivered.attempts()).isZero();
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource({
        "201, Unknown, salesforce.web-unclear",
        "302, Pause, salesforce.web-address",
        "404, Pause, salesforce.web-address",
        "408, Retry, salesforce.busy",
        "429, Pause, salesforce.throttled",
        "500, Unknown, salesforce.server-error",
        "502, Unknown, salesforce.server-error",
        "503, Retry, salesforce.busy",
    })
    void statuses(int status, String kind, String code) {
        WebAnswers answers = new WebAnswers(MovableClock.at("2026-01-01T00:00:00Z"));
        DeliveryResult result = answers.read(Answers.of(status, ""), List.of());
        assertThat(Answers.kind(result)).isEqualTo(kind);
        assertThat(Answers.code(result)).isEqualTo(code);
    }

    @Test
    void ofSeveralHeadersTheRefusalCounts() {
        WebAnswers answers = new WebAnswers(MovableClock.at("2026-01-01T00:00:00Z"));
        assertThat(Answers.code(answers.read(
                        Answers.of(200, "", "Is-Processed", "true", "Is-Processed", "true Exception:x"), List.of())))
                .isEqualTo("salesforce.web-refused");
    }

    @Test
    void aLostAnswerIsNotRepeated() {
        org.loseAnswers(1);
        Outcome.Undelivered undelivered = (Outcome.Undelivered) send(Given.webConfig(org), Leads.ada());
        assertThat(undelivered.problem().code()).isEqualTo("salesforce.no-answer");
        assertThat(undelivered.mayExist()).isTrue();
        assertThat(org.webLeads()).hasSize(1);
    }

    @Test
    void whatCertainlyDidNotArriveIsRepeated() {
        org.answerInstead(Answer.of(503));
        assertThat(send(Given.webConfig(org), Leads.ada())).isInstanceOf(Outcome.Delivered.class);
        assertThat(org.webLeads()).hasSize(1);
    }

    @Test
    void aServerThatIsAwayIsUnreachable() {
        Map<String, Object> settings = Given.webConfig(org);
        org.close();
        Outcome.Undelivered undelivered = (Outcome.Undelivered) send(settings, Leads.ada());
        assertThat(undelivered.problem().code()).isEqualTo("salesforce.unreachable");
        assertThat(undelivered.mayExist()).isFalse();
    }

    @Test
    void aLeadThatDoesNotFitIsRejectedUnsent() {
        Lead lead =
                Leads.ada().toBuilder().email("x".repeat(90) + "@example.com").build();
        Outcome.Rejected rejected = (Outcome.Rejected) send(Given.webConfig(org), lead);
        assertThat(rejected.problem().code()).isEqualTo("salesforce.too-long");
        assertThat(rejected.problem().cause()).contains("email: 102 characters, 80 allowed");
        assertThat(org.forms()).isEmpty();
    }

    @Test
    void theStatsKnowHowMuchOfTheDayIsUsed() {
        Map<String, Object> settings = Given.webConfig(org);
        settings.put("dailyLimit", 5);
        try (LeadDispatcher dispatcher = dispatcher(settings)) {
            Leads.numbered(0, 3).forEach(dispatcher::send);
            assertThat(dispatcher.stats().gauges().get("crm"))
                    .isEqualTo(Map.of("web-leads-24h", 3L, "web-leads-limit", 5L));
        }
    }

    @Test
    void theDayIsCountedAndTheMarksAreToldOnce() {
        MovableClock clock = MovableClock.at("2026-01-01T00:00:00Z");
        DayCount day = new DayCount(10);
        List<DayCount.Mark> marks = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            marks.add(day.add(clock.instant()));
        }
        assertThat(marks)
                .startsWith(DayCount.Mark.NONE)
                .containsSubsequence(DayCount.Mark.NEAR, DayCount.Mark.NONE, DayCount.Mark.REACHED, DayCount.Mark.NONE);
        assertThat(marks.stream().filter(mark -> mark != DayCount.Mark.NONE)).hasSize(2);
        assertThat(day.total(clock.instant())).isEqualTo(12);
        clock.pass(Duration.ofHours(24).plusMinutes(1));
        assertThat(day.total(clock.instant())).isZero();
        assertThat(day.add(clock.instant())).isEqualTo(DayCount.Mark.NONE);
        for (int i = 0; i < 7; i++) {
            marks.add(day.add(clock.instant()));
        }
        assertThat(marks.get(marks.size() - 1)).isEqualTo(DayCount.Mark.NEAR);
    }

    @Test
    void aDayThatHoversAboutAMarkIsToldOnce() {
        MovableClock clock = MovableClock.at("2026-01-01T00:00:00Z");
        DayCount day = new DayCount(10);
        List<DayCount.Mark> marks = new ArrayList<>();
        for (int leads : new int[] {2, 6, 2}) { // 8, then 6 of them are left and two come again
            for (int i = 0; i < leads; i++) {
                marks.add(day.add(clock.instant()));
            }
            clock.pass(Duration.ofHours(12).plusMinutes(1));
        }
        assertThat(marks.stream().filter(mark -> mark != DayCount.Mark.NONE)).containsExactly(DayCount.Mark.NEAR);
    }

    @Test
    void verifyNamesWhatNobodyCanSee() throws Exception {
        try (LeadDispatcher dispatcher = dispatcher(Given.webConfig(org))) {
            Verification verification = dispatcher.verify("crm", new Verification.Probe(Leads.ada()));
            assertThat(verification.passed()).isTrue();
            assertThat(verification.steps().stream().map(Verification.Step::what))
                    .startsWith("reach the servlet's host", "post the test lead")
                    .contains(
                            "cannot be seen from here: reCAPTCHA",
                            "cannot be seen from here: the Lead Source picklist",
                            "cannot be seen from here: the country list",
                            "cannot be seen from here: duplicate rules");
            assertThat(verification.steps()).allMatch(step -> step.advice() != null);
            assertThat(org.webLeads()).hasSize(1);
            org.isProcessed("true Exception:x");
            assertThat(dispatcher
                            .verify("crm", new Verification.Probe(Leads.ada()))
                            .passed())
                    .isFalse();
        }
    }

    @Test
    void verifyPostsNothingWithoutATestLead() throws Exception {
        try (LeadDispatcher dispatcher = dispatcher(Given.webConfig(org))) {
            assertThat(dispatcher.verify("crm", new Verification.Probe(null)).passed())
                    .isTrue();
            org.close();
            assertThat(dispatcher.verify("crm", new Verification.Probe(null)).passed())
                    .isFalse();
        }
        assertThat(org.forms()).isEmpty();
    }

    @Test
    void aCaptchaDropsLeadsWithoutAWord() {
        org.requireCaptcha();
        assertThat(send(Given.webConfig(org), Leads.ada())).isInstanceOf(Outcome.Delivered.class);
        assertThat(org.webLeads()).isEmpty();
    }

    @Test
    void configurationFaultsComeTogether() {
        Map<String, Object> settings = Given.webConfig(org);
        settings.put("objectIdentifier", "Acme Inc");
        settings.put("webToLeadUrl", "http://crm.example/servlet?x=1");
        settings.put("fields", Map.of("Description", "{description}", "compnay", "{company}", "title", "{nothing}"));
        assertThatThrownBy(() -> dispatcher(settings))
                .isInstanceOfSatisfying(
                        LeadConfigurationException.class,
                        e -> assertThat(e.faults())
                                .extracting(LeadConfigurationException.Fault::path)
                                .contains(
                                        "destinations.crm.settings.objectIdentifier",
                                        "destinations.crm.settings.webToLeadUrl",
                                        "destinations.crm.settings.fields.title"));
    }

    /** Everything that a configuration can say of a form, on its way to the servlet. */
    @Test
    void everySettingOfAFormArrives() {
        Map<String, Object> settings = Given.webConfig(org);
        settings.put("orgIdInUrl", false);
        settings.put("debugEmail", "ops@example.com");
        settings.put("multiSelectFields", List.of("00N370000060fw7"));
        settings.put(
                "fields",
                Map.of(
                        "00N370000060fw7", "red; green",
                        "00N370000060fw8", "{attr.campaign}",
                        "Campaign_ID", "7015g0000000001",
                        "recordType", "0125g0000000001"));
        assertThat(send(settings, Leads.ada())).isInstanceOf(Outcome.Delivered.class);
        assertThat(org.webLeads().get(0))
                .containsEntry("debug", List.of("1"))
                .containsEntry("debugEmail", List.of("ops@example.com"))
                .containsEntry("00N370000060fw7", List.of("red", "green"))
                .containsEntry("00N370000060fw8", List.of("spring-7f3a1c"))
                .containsEntry("Campaign_ID", List.of("7015g0000000001"))
                .containsEntry("recordType", List.of("0125g0000000001"));
        assertThat(org.requests().get(0).target()).isEqualTo("/servlet/servlet.WebToLead?encoding=UTF-8");
    }

    @Test
    void aSandboxHasAServletOfItsOwn() {
        Map<String, Object> settings =
                Map.of("mode", "web-to-lead", "objectIdentifier", "00Do0000000ZHog", "environment", "sandbox");
        try (LeadDispatcher dispatcher = dispatcher(settings)) {
            assertThat(dispatcher.preview(Leads.ada()).get("crm"))
                    .startsWith("POST https://test.salesforce.com/servlet/servlet.WebToLead?encoding=UTF-8&orgId=");
        }
    }

    @Test
    void withoutAModeTheOrganizationDecides() {
        assertThatThrownBy(() -> dispatcher(Map.of("loginUrl", "https://acme.my.salesforce.com")))
                .hasMessageContaining("settings.mode: is missing");
        assertThatThrownBy(() -> dispatcher(Map.of("mode", "web-to-lead")))
                .hasMessageContaining("objectIdentifier: is missing (needed because mode is web-to-lead)");
    }
}
