package io.leaddispatch.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.salesforce.OrgFault;
import io.leaddispatch.testkit.salesforce.OrgField;
import io.leaddispatch.testkit.salesforce.SalesforceSimulator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an org refuses, what it cannot do now, and answers that are lost. */
class RestRefusalTest extends WithOrg {
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
}
