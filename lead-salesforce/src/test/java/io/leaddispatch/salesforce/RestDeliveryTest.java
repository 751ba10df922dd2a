package io.leaddispatch.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.salesforce.OrgField;
import io.leaddispatch.testkit.salesforce.OrgLead;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What mode rest writes, and how it asks. */
class RestDeliveryTest extends WithOrg {
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
