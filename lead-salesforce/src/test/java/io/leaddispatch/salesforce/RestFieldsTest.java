package io.leaddispatch.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.salesforce.OrgField;
import io.leaddispatch.testkit.salesforce.SalesforceSimulator;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fields of the org: asked for once, missing, too short, and those that cannot be read now. */
class RestFieldsTest extends WithOrg {
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
}
