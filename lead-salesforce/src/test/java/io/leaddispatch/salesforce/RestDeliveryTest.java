package io.leaddispatch.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.salesforce.OrgFault;
import io.leaddispatch.testkit.salesforce.OrgField;
import io.leaddispatch.testkit.salesforce.OrgLead;
import io.leaddispatch.testkit.salesforce.SalesforceSimulator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mode rest behind a dispatcher, against the simulated org. */
class RestDeliveryTest {
    private final SalesforceSimulator org = SalesforceSimulator.start();
    private final Map<String, Object> settings = Given.restConfig(org);

    @AfterEach
    void stop() {
        org.close();
    }

    private LeadDispatcher dispatcher() {
        return LeadDispatcher.builder()
                .to("crm", "salesforce", settings)
                .insecureLoopback(true)
                .patience(Duration.ofSeconds(20))
                .build();
    }

    private Outcome send(Lead lead) {
        try (LeadDispatcher dispatcher = dispatcher()) {
            return dispatcher.send(lead).at("crm");
        }
    }

    private static String problem(Outcome outcome) {
        return outcome instanceof Outcome.Undelivered undelivered
                ? undelivered.problem().code()
                : ((Outcome.Rejected) outcome).problem().code();
    }

    @Test
    void aLeadIsCreatedAndItsIdTold() {
        Outcome.Delivered delivered = (Outcome.Delivered) send(Leads.ada());
        OrgLead stored = org.leads().get(0);
        assertThat(delivered).isEqualTo(new Outcome.Delivered(Confirmation.CREATED, stored.id(), List.of(), 1));
        assertThat(stored.id()).matches("00Q[0-9A-Za-z]{15}");
        assertThat(stored.fields())
                .isEqualTo(Map.ofEntries(
                        Map.entry("FirstName", "Ada-7f3a1c"),
                        Map.entry("LastName", "Lovelace-7f3a1c"),
                        Map.entry("Email", "ada-7f3a1c@example.com"),
                        Map.entry("Phone", "+44-555-7731991"),
                        Map.entry("Company", "Analytical-7f3a1c Ltd"),
                        Map.entry("Title", "Countess-7f3a1c"),
                        Map.entry("Country", "GB"),
                        Map.entry("LeadSource", "AzureMarketplace-INS|contoso.backup"),
                        Map.entry("Description", "wrote-7f3a1c the first program"),
                        Map.entry("Marketplace_Lead_Id__c", "lead-ada")));
    }

    @Test
    void theSameLeadAgainChangesItsRecord() {
        send(Leads.ada());
        Outcome.Delivered again = (Outcome.Delivered) send(Leads.ada());
        assertThat(again.confirmation()).isEqualTo(Confirmation.UPDATED);
        assertThat(again.recordId()).isEqualTo(org.leads().get(0).id());
        assertThat(org.leads()).hasSize(1);
    }

    @Test
    void idsThatDifferInCaseOnlyAreTwoLeads() {
        send(Leads.ada().toBuilder().id("lead-x").build());
        send(Leads.ada().toBuilder().id("LEAD-X").build());
        assertThat(org.leads()).hasSize(2);
    }

    @Test
    void aSparseLeadGetsWhatSalesforceItselfWouldPutThere() {
        assertThat(send(Leads.sparse())).isInstanceOf(Outcome.Delivered.class);
        assertThat(org.leads().get(0).fields())
                .containsEntry("LastName", "[not provided]")
                .containsEntry("Company", "[not provided]")
                .doesNotContainKey("Title");
    }

    @Test
    void theOrgsOwnLengthsCount() {
        Lead lead = Leads.ada().toBuilder()
                .source("AzureMarketplace-INS|contoso.backup-and-restore-for-everybody")
                .build();
        Outcome.Delivered delivered = (Outcome.Delivered) send(lead);
        assertThat(delivered.notes()).containsExactly("LeadSource: 61 -> 40 characters");
        assertThat(org.leads().get(0).get("Description").toString())
                .endsWith("\nLeadSource: AzureMarketplace-INS|contoso.backup-and-restore-for-everybody");
        assertThat(org.writes()).isEqualTo(1);
    }

    @Test
    void withoutDescribeALengthIsLearnedFromTheRefusal() {
        settings.put("describe", false);
        Lead lead = Leads.ada().toBuilder()
                .source("AzureMarketplace-INS|contoso.backup-and-restore-for-everybody")
                .build();
        try (LeadDispatcher dispatcher = dispatcher()) {
            Outcome.Delivered first = (Outcome.Delivered) dispatcher.send(lead).at("crm");
            assertThat(first.notes()).containsExactly("LeadSource: 61 -> 40 characters");
            assertThat(first.attempts()).isEqualTo(1);
            dispatcher.send(lead.toBuilder().id("two").build());
        }
        assertThat(org.writes()).isEqualTo(3); // refused, cut, and the second lead at once right
        assertThat(org.requests()).noneMatch(request -> request.target().endsWith("/describe"));
    }

    @Test
    void aMissingFieldHoldsTheDestinationAndIsNamed() {
        org.withoutField("Title").field(OrgField.of("Phone", "phone", 40).asReadOnly());
        Outcome.Undelivered undelivered = (Outcome.Undelivered) send(Leads.ada());
        assertThat(undelivered.problem().code()).isEqualTo("salesforce.mapping");
        assertThat(undelivered.problem().cause()).contains("Phone is read-only for this user, Title is missing");
        assertThat(org.writes()).isZero();
    }

    @Test
    void aMissingExternalIdHoldsTheDestination() {
        settings.put("externalIdField", "Other__c");
        assertThat(problem(send(Leads.ada()))).isEqualTo("salesforce.external-id");
        settings.put("describe", false);
        assertThat(problem(send(Leads.ada()))).isEqualTo("salesforce.external-id");
    }

    /** An id with a capital is sent as 64 hex digits; cut, two leads could get one key. */
    @ParameterizedTest(name = "describe {0}")
    @CsvSource({"true, 0", "false, 4"})
    void aKeyLongerThanItsFieldHoldsTheDestinationAtOnce(boolean describe, int writes) throws Exception {
        org.field(OrgField.externalId(SalesforceSimulator.EXTERNAL_ID, 36));
        settings.put("describe", describe);
        try (LeadDispatcher dispatcher = dispatcher()) {
            var futures = Leads.numbered(0, 40).stream()
                    .map(lead -> lead.toBuilder().id("LEAD-" + lead.id()).build())
                    .map(dispatcher::sendAsync)
                    .toList();
            for (var future : futures) {
                Outcome.Undelivered outcome = (Outcome.Undelivered) future.get().at("crm");
                assertThat(outcome.problem().code()).isEqualTo("salesforce.external-id");
                assertThat(outcome.mayExist()).isFalse();
            }
        }
        assertThat(org.writes()).isLessThanOrEqualTo(writes);
    }

    @Test
    void aKeyThatFitsGoesBesideOneThatDoesNot() throws Exception {
        org.field(OrgField.externalId(SalesforceSimulator.EXTERNAL_ID, 36));
        List<Lead> leads =
                List.of(Leads.ada(), Leads.grace().toBuilder().id("GRACE").build());
        var results = Given.rest(org)
                .open(Clock.systemUTC())
                .deliver(new LeadBatch(leads, Instant.now().plusSeconds(30), false));
        assertThat(results.stream().map(Answers::kind)).containsExactly("Delivered", "Pause");
        assertThat(Results.problem(results.get(1)).cause())
                .endsWith("Marketplace_Lead_Id__c takes 36 characters and the key has 64");
        assertThat(org.leads()).hasSize(1);
    }

    @Test
    void aKeyFieldThatIsMadeLongerIsSeen() throws Exception {
        org.field(OrgField.externalId(SalesforceSimulator.EXTERNAL_ID, 36));
        LeadDestination destination = Given.rest(org).open(Clock.systemUTC());
        LeadBatch batch = new LeadBatch(
                List.of(Leads.ada().toBuilder().id("ADA").build()),
                Instant.now().plusSeconds(30),
                false);
        assertThat(Answers.kind(destination.deliver(batch).get(0))).isEqualTo("Pause");
        org.field(OrgField.externalId(SalesforceSimulator.EXTERNAL_ID, 128));
        assertThat(Answers.kind(destination.deliver(batch).get(0))).isEqualTo("Delivered");
    }

    @Test
    void aFieldThatDisappearsIsAskedForAgain() {
        try (LeadDispatcher dispatcher = dispatcher()) {
            dispatcher.send(Leads.ada());
            org.withoutField("Title");
            Outcome outcome = dispatcher.send(Leads.grace()).at("crm");
            assertThat(problem(outcome)).isEqualTo("salesforce.mapping");
        }
    }

    @Test
    void customFieldsGetWhatTheMappingSays() {
        org.field(OrgField.of("Campaign__c", "string", 80)).field(OrgField.of("Received__c", "datetime", 0));
        settings.put("fields", Map.of("Campaign__c", "{attr.campaign}", "Received__c", "{createdAt}", "Rating", "Hot"));
        send(Leads.ada());
        assertThat(org.leads().get(0).fields())
                .containsEntry("Campaign__c", "spring-7f3a1c")
                .containsEntry("Received__c", "2026-02-03T04:05:06.000Z")
                .containsEntry("Rating", "Hot");
    }

    @Test
    void oneBadRecordHurtsNoOther() throws Exception {
        org.rule(values -> values.path("LastName").asText().equals("Last-e1e1e1-3")
                ? OrgFault.of("FIELD_CUSTOM_VALIDATION_EXCEPTION", "no threes", "LastName")
                : null);
        try (LeadDispatcher dispatcher = dispatcher()) {
            var futures =
                    Leads.numbered(0, 6).stream().map(dispatcher::sendAsync).toList();
            for (int i = 0; i < futures.size(); i++) {
                DispatchReport report = futures.get(i).get();
                if (i == 3) {
                    Outcome.Rejected rejected = (Outcome.Rejected) report.at("crm");
                    assertThat(rejected.problem().vendorCode()).isEqualTo("FIELD_CUSTOM_VALIDATION_EXCEPTION");
                    assertThat(rejected.problem().cause()).contains("LastName");
                } else {
                    assertThat(report.at("crm")).isInstanceOf(Outcome.Delivered.class);
                }
            }
        }
        assertThat(org.leads()).hasSize(5);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"reject, Rejected", "delivered, Delivered"})
    void aDuplicateRuleIsTheOperatorsChoice(String rule, String outcome) {
        send(Leads.ada());
        String first = org.leads().get(0).id();
        org.rule(values -> OrgFault.duplicateOf(first));
        settings.put("onDuplicateRule", rule);
        Outcome result = send(Leads.grace());
        assertThat(result.getClass().getSimpleName()).isEqualTo(outcome);
        if (result instanceof Outcome.Rejected rejected) {
            assertThat(rejected.problem().code()).isEqualTo("salesforce.duplicate");
            assertThat(rejected.problem().records()).containsExactly("Lead " + first);
        } else {
            assertThat(((Outcome.Delivered) result).recordId()).isEqualTo(first);
        }
    }

    @Test
    void aConvertedLeadIsThere() {
        send(Leads.ada());
        org.convert(org.leads().get(0).id());
        Outcome.Delivered again = (Outcome.Delivered) send(Leads.ada());
        assertThat(again.confirmation()).isEqualTo(Confirmation.ALREADY_PRESENT);
        assertThat(again.notes()).containsExactly("found and left as it is: CANNOT_UPDATE_CONVERTED_LEAD");
    }

    @Test
    void aRestrictedPicklistRejectsTheLead() {
        org.field(OrgField.restricted("LeadSource", "Marketplace"));
        assertThat(problem(send(Leads.ada()))).isEqualTo("salesforce.picklist");
        settings.put("leadSource", "fixed");
        settings.put("leadSourceValue", "Marketplace");
        assertThat(send(Leads.ada())).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void aRequiredFieldOfTheOrgsOwnIsNamed() {
        org.field(OrgField.of("Budget__c", "currency", 0).asRequired());
        Outcome.Rejected rejected = (Outcome.Rejected) send(Leads.ada());
        assertThat(rejected.problem().code()).isEqualTo("salesforce.required-field");
        assertThat(rejected.problem().cause()).endsWith("Budget__c");
    }

    @Test
    void whoIsNotToBeContactedIsFlaggedWhereTheOrgHasTheBox() throws Exception {
        org.withoutField("HasOptedOutOfEmail");
        Outcome.Delivered delivered = (Outcome.Delivered)
                send(Leads.ada().toBuilder().source("SPZA-DNC|contoso.app").build());
        assertThat(delivered.notes()).containsExactly("HasOptedOutOfEmail: not set (missing or read-only)");
        try (LeadDispatcher dispatcher = dispatcher()) {
            assertThat(dispatcher.verify("crm", new Verification.Probe(null)).steps())
                    .extracting(Verification.Step::advice)
                    .contains("HasOptedOutOfEmail is missing or read-only: leads of action DNC go without it");
        }
        assertThat(org.leads().get(0).fields())
                .containsEntry("DoNotCall", true)
                .doesNotContainKey("HasOptedOutOfEmail");
    }

    @Test
    void headersGoOutAsAsked() {
        settings.put("assignmentRule", "false");
        settings.put("duplicateAllowSave", true);
        settings.put("apiVersion", "58.0");
        send(Leads.ada());
        ReceivedRequest write = org.requests().get(2);
        assertThat(write.method() + " " + write.target())
                .isEqualTo("PATCH /services/data/v58.0/composite/sobjects/Lead/Marketplace_Lead_Id__c");
        assertThat(write.header("Sforce-Auto-Assign")).isEqualTo("false");
        assertThat(write.header("Sforce-Duplicate-Rule-Header")).isEqualTo("allowSave=true");
        assertThat(write.header("Content-Type")).isEqualTo("application/json; charset=UTF-8");
    }

    @Test
    void aRetiredVersionHoldsTheDestination() {
        org.retireVersionsBefore(63);
        Outcome.Undelivered undelivered = (Outcome.Undelivered) send(Leads.ada());
        assertThat(undelivered.problem().code()).isEqualTo("salesforce.api-version");
        settings.put("apiVersion", "63.0");
        assertThat(send(Leads.ada())).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void aVersionToComeHoldsTheDestination() {
        settings.put("apiVersion", "99.0");
        assertThat(problem(send(Leads.ada()))).isEqualTo("salesforce.api-version");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({", 0055g0000000002AAA", "true, 0055g0000000002AAA", "False, "})
    void assignmentRulesRunUnlessTheyAreSwitchedOff(String rule, String owner) {
        org.assignTo("0055g0000000002AAA");
        if (rule != null) {
            settings.put("assignmentRule", rule);
        }
        send(Leads.ada());
        assertThat(org.leads().get(0).get("OwnerId")).isEqualTo(owner);
    }

    @Test
    void allowSavePassesRulesThatAlertAndNoOthers() {
        send(Leads.ada());
        String first = org.leads().get(0).id();
        org.rule(values -> OrgFault.alertOf(first));
        assertThat(problem(send(Leads.grace()))).isEqualTo("salesforce.duplicate");
        settings.put("duplicateAllowSave", true);
        assertThat(send(Leads.grace())).isInstanceOf(Outcome.Delivered.class);
        org.rule(values -> OrgFault.duplicateOf(first));
        assertThat(problem(send(Leads.numbered(1)))).isEqualTo("salesforce.duplicate");
    }

    /** An external id that is not unique can stand at two records: neither is changed. */
    @Test
    void aKeyAtSeveralRecordsIsThere() {
        org.field(OrgField.externalId(SalesforceSimulator.EXTERNAL_ID, 128).notUnique());
        settings.put("operation", "create");
        settings.put("fields", Map.of(SalesforceSimulator.EXTERNAL_ID, "{leadId}"));
        send(Leads.ada());
        send(Leads.ada());
        assertThat(org.leads()).hasSize(2);
        settings.remove("fields");
        settings.put("operation", "upsert");
        Outcome.Delivered again = (Outcome.Delivered) send(Leads.ada());
        assertThat(again.confirmation()).isEqualTo(Confirmation.ALREADY_PRESENT);
        assertThat(again.notes()).containsExactly("found and left as it is: DUPLICATE_EXTERNAL_ID");
    }

    @Test
    void theQuotaPausesAndStandsInTheStats() {
        try (LeadDispatcher dispatcher = dispatcher()) {
            dispatcher.send(Leads.ada());
            assertThat(dispatcher.stats().gauges().get("crm"))
                    .isEqualTo(Map.of("api-usage", 2L, "api-limit", 15_000_000L));
            org.quota(2);
            Outcome.Undelivered undelivered =
                    (Outcome.Undelivered) dispatcher.send(Leads.grace()).at("crm");
            assertThat(undelivered.problem().code()).isEqualTo("salesforce.quota");
            assertThat(undelivered.attempts()).isZero();
            assertThat(dispatcher.stats().lanes().get("crm").pausedUntil()).isNotNull();
        }
    }

    @Test
    void aBusyOrgIsTriedAgain() {
        org.answerInstead(Answer.of(503)).answerInstead(Answer.json(500, "[{\"errorCode\":\"UNKNOWN_EXCEPTION\"}]"));
        Outcome.Delivered delivered = (Outcome.Delivered) send(Leads.ada());
        assertThat(delivered.attempts()).isEqualTo(3);
        assertThat(org.leads()).hasSize(1);
    }

    @Test
    void aMisroutedDestinationIsHeldAfterTwoTries() {
        for (int i = 0; i < 3; i++) {
            org.answerInstead(Answer.of(420));
        }
        assertThat(problem(send(Leads.ada()))).isEqualTo("salesforce.wrong-host");
        assertThat(org.writes()).isEqualTo(3);
    }

    /** Reading the fields writes nothing, so it is tried again whatever the operation. */
    @ParameterizedTest(name = "{0} {1}, {2}")
    @CsvSource({
        "500, , create",
        "502, , create",
        "504, , upsert",
        "408, , create",
        "500, UNKNOWN_EXCEPTION, create",
        "500, JSON_PARSER_ERROR, upsert",
    })
    void fieldsThatCannotBeReadNowAreReadLater(int status, String code, String operation) {
        settings.put("operation", operation);
        org.answerReadInstead(code == null ? Answer.of(status) : Answer.json(status, error(code)));
        Outcome outcome = send(Leads.ada());
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Delivered.class,
                        delivered -> assertThat(delivered.attempts()).isEqualTo(2));
        assertThat(org.writes()).isEqualTo(1);
    }

    private static String error(String code) {
        return "[{\"errorCode\":\"" + code + "\",\"message\":\"m\"}]";
    }

    @Test
    void fieldsThatCannotBeReadForLongLeaveNoDoubtThatNothingWasWritten() {
        for (int i = 0; i < 5; i++) {
            org.answerReadInstead(Answer.of(500));
        }
        Outcome.Undelivered undelivered = (Outcome.Undelivered) send(Leads.ada());
        assertThat(undelivered.mayExist()).isFalse();
        assertThat(undelivered.problem().code()).isEqualTo("salesforce.busy");
        assertThat(undelivered.problem().vendorCode()).isEqualTo("HTTP 500");
        assertThat(org.writes()).isZero();
    }

    @Test
    void aRefusalToTellTheFieldsIsNoVerdictOnALead() {
        org.answerReadInstead(Answer.json(400, error("JSON_PARSER_ERROR")));
        assertThat(problem(send(Leads.ada()))).isEqualTo("salesforce.refused-call");
    }

    @Test
    void aHostThatServesNoOrgIsFoundByTheFirstReads() {
        for (int i = 0; i < 3; i++) {
            org.answerReadInstead(Answer.of(420));
        }
        assertThat(problem(send(Leads.ada()))).isEqualTo("salesforce.wrong-host");
        assertThat(org.writes()).isZero();
    }

    @Test
    void anAnswerAfterTheStoringIsLostAndUpsertMakesNoDouble() {
        org.loseAnswers(1);
        Outcome.Delivered delivered = (Outcome.Delivered) send(Leads.ada());
        assertThat(delivered.confirmation()).isEqualTo(Confirmation.UPDATED);
        assertThat(delivered.attempts()).isEqualTo(2);
        assertThat(org.leads()).hasSize(1);
        assertThat(org.writes()).isEqualTo(2);
    }

    @Test
    void anAnswerAfterTheStoringIsLostAndCreateSaysThatItDoesNotKnow() {
        settings.put("operation", "create");
        org.loseAnswers(1);
        Outcome.Undelivered undelivered = (Outcome.Undelivered) send(Leads.ada());
        assertThat(undelivered.problem().code()).isEqualTo("salesforce.no-answer");
        assertThat(undelivered.mayExist()).isTrue();
        assertThat(undelivered.attempts()).isEqualTo(1);
        assertThat(org.leads()).hasSize(1);
        assertThat(org.writes()).isEqualTo(1);
    }

    @Test
    void createRepeatsWhatCertainlyWasNotWritten() {
        settings.put("operation", "create");
        org.answerInstead(Answer.of(503));
        Outcome.Delivered delivered = (Outcome.Delivered) send(Leads.ada());
        assertThat(delivered.confirmation()).isEqualTo(Confirmation.CREATED);
        assertThat(org.leads()).hasSize(1);
        assertThat(org.leads().get(0).fields()).doesNotContainKey("Marketplace_Lead_Id__c");
        assertThat(org.requests().get(2).method() + " " + org.requests().get(2).target())
                .isEqualTo("POST /services/data/v62.0/composite/sobjects");
    }

    @Test
    void aLeadThatDoesNotFitIsRejectedAndTheOthersGo() {
        Lead tooLong =
                Leads.ada().toBuilder().email("x".repeat(90) + "@example.com").build();
        assertThat(problem(send(tooLong))).isEqualTo("salesforce.too-long");
        assertThat(org.writes()).isZero();
    }

    @Test
    void aPreviewShowsTheRequestWithoutTheToken() {
        try (LeadDispatcher dispatcher = dispatcher()) {
            assertThat(dispatcher.preview(Leads.ada()).get("crm"))
                    .startsWith("PATCH /services/data/v62.0/composite/sobjects/Lead/Marketplace_Lead_Id__c\n"
                            + "Authorization: Bearer ***\n")
                    .contains("\"Marketplace_Lead_Id__c\":\"lead-ada\"");
        }
        assertThat(org.requests()).isEmpty();
    }
}
