package io.leaddispatch.salesforce;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadId;
import io.leaddispatch.salesforce.SalesforceSettings.CountryRule;
import io.leaddispatch.salesforce.SalesforceSettings.LeadSourceRule;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.OnTooLong;
import io.leaddispatch.testkit.Leads;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadRecordTest {
    private static final String SOURCE = "AzureMarketplace-INS|contoso.backup-and-restore-for-everybody";

    private static LeadRecord web(
            LeadSourceRule source, String value, CountryRule country, boolean id, OnTooLong rule) {
        Map<String, String> table = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        table.put("AzureMarketplace-ins", "Azure");
        table.put("SPZA", "AppSource");
        return new LeadRecord(
                FieldMapping.of(FieldNames.WEB.standard(), Map.of()),
                FieldNames.WEB,
                new MappingRules(source, value, table, country, id),
                LeadFields.ofLengths(WebFields.LENGTHS),
                Map.of("lead_source", 40),
                Map.of(),
                rule);
    }

    private static LeadRecord asIs() {
        return web(LeadSourceRule.AS_IS, null, CountryRule.AS_IS, false, OnTooLong.CUT);
    }

    private static Lead.Builder lead() {
        return Lead.builder()
                .id("one")
                .email("ada@example.com")
                .description("Wants a demo")
                .source(SOURCE);
    }

    @Test
    void whatIsCutStandsWholeInTheDescriptionAndInANote() {
        LeadRecord.Draft draft = asIs().of(lead().build());
        assertThat(draft.fields())
                .containsEntry("lead_source", SOURCE.substring(0, 40))
                .containsEntry("description", "Wants a demo\n\nlead_source: " + SOURCE);
        assertThat(draft.notes()).containsExactly("lead_source: " + SOURCE.length() + " -> 40 characters");
        assertThat(draft.tooLong()).isEmpty();
    }

    @Test
    void whatFitsIsLeftAlone() {
        LeadRecord.Draft draft = asIs().of(lead().source("SPZA-PLT|contoso.app").build());
        assertThat(draft.fields())
                .containsEntry("lead_source", "SPZA-PLT|contoso.app")
                .containsEntry("description", "Wants a demo");
        assertThat(draft.notes()).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}: {2} becomes {3}")
    @CsvSource({
        "FIXED, Marketplace, SPZA-PLT|contoso.app, Marketplace",
        "TABLE, , AzureMarketplace-INS|contoso.app, Azure",
        "TABLE, , SPZA-PLT|contoso.app, AppSource",
        "TABLE, Other, AzurePortal-Create|contoso.app, Other",
        "TABLE, , AzurePortal-Create|contoso.app, ",
        "OMIT, , SPZA-PLT|contoso.app, ",
    })
    void leadSourcesThatAreNotSentAreKept(LeadSourceRule rule, String value, String given, String sent) {
        LeadRecord.Draft draft = web(rule, value, CountryRule.AS_IS, false, OnTooLong.CUT)
                .of(lead().source(given).build());
        assertThat(draft.fields().get("lead_source")).isEqualTo(sent);
        assertThat(draft.fields().get("description")).isEqualTo("Wants a demo\n\nlead_source: " + given);
        assertThat(draft.notes()).containsExactly("lead_source: " + (sent == null ? "left out" : "replaced"));
    }

    @Test
    void aLeadSourceThatIsReplacedByItselfIsNot() {
        LeadRecord.Draft draft = web(
                        LeadSourceRule.FIXED, "SPZA-PLT|contoso.app", CountryRule.AS_IS, false, OnTooLong.CUT)
                .of(lead().source("SPZA-PLT|contoso.app").build());
        assertThat(draft.notes()).isEmpty();
        assertThat(draft.fields()).containsEntry("description", "Wants a demo");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "AS_IS, USA, USA, , ",
        "NAME, USA, United States, , country: USA",
        "NAME, Germany, Germany, , ",
        "NAME, Atlantis, Atlantis, , ",
        "CODE, USA, , US, country: USA",
        "CODE, DE, , DE, ",
        "CODE, united kingdom, , GB, country: united kingdom",
        "CODE, Atlantis, , , country: Atlantis",
        "OMIT, USA, , , country: USA",
    })
    void countries(CountryRule rule, String given, String country, String code, String kept) {
        LeadRecord.Draft draft = web(LeadSourceRule.AS_IS, null, rule, false, OnTooLong.CUT)
                .of(lead().source("SPZA-PLT|contoso.app").country(given).build());
        assertThat(draft.fields().get("country")).isEqualTo(country);
        assertThat(draft.fields().get("country_code")).isEqualTo(code);
        assertThat(draft.fields().get("description"))
                .isEqualTo(kept == null ? "Wants a demo" : "Wants a demo\n\n" + kept);
        String note = country == null && code == null ? "left out" : "replaced";
        assertThat(draft.notes()).isEqualTo(kept == null ? List.of() : List.of("country: " + note));
    }

    @Test
    void theIdEndsTheDescriptionAlsoOfALongLead() {
        LeadRecord record = web(LeadSourceRule.AS_IS, null, CountryRule.AS_IS, true, OnTooLong.CUT);
        assertThat(record.of(Lead.builder().id("x1").phone("1").build())
                        .fields()
                        .get("description"))
                .isEqualTo("Lead id: x1");
        LeadRecord.Draft longest = record.of(Leads.longest());
        String description = (String) longest.fields().get("description");
        assertThat(description.length()).isLessThanOrEqualTo(32_000).isGreaterThan(31_990);
        assertThat(description).endsWith("\nLead id: lead-longest").contains("title: T-c4c4c4");
        assertThat(longest.notes()).hasSize(5).anyMatch(note -> note.startsWith("description: 30008 -> "));
    }

    /** A description that has no room for what was cut elsewhere keeps the id, and says what is lost. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "255, 'description: 12 -> 0 characters', 'description: original values 313 -> 242 characters'",
        "30, 'description: 12 -> 0 characters', 'description: original values 313 -> 17 characters'",
    })
    void originalsThatDoNotFitAreNoted(int length, String first, String second) {
        LeadRecord record = new LeadRecord(
                FieldMapping.of(FieldNames.WEB.standard(), Map.of()),
                FieldNames.WEB,
                new MappingRules(LeadSourceRule.AS_IS, null, Map.of(), CountryRule.AS_IS, true),
                LeadFields.ofLengths(Map.of("company", 40, "description", length)),
                Map.of(),
                Map.of(),
                OnTooLong.CUT);
        LeadRecord.Draft draft =
                record.of(lead().source("").company("c".repeat(304)).build());
        String description = (String) draft.fields().get("description");
        assertThat(description).hasSize(length).endsWith("c\nLead id: one");
        assertThat(draft.notes()).containsExactly("company: 304 -> 40 characters", first, second);
    }

    @Test
    void rejectCutsNothing() {
        LeadRecord.Draft draft = web(LeadSourceRule.AS_IS, null, CountryRule.AS_IS, false, OnTooLong.REJECT)
                .of(lead().build());
        assertThat(draft.tooLong()).containsExactly("lead_source: " + SOURCE.length() + " characters, 40 allowed");
    }

    @Test
    void anAddressIsNeverCut() {
        LeadRecord.Draft draft =
                asIs().of(lead().email("x".repeat(90) + "@example.com").build());
        assertThat(draft.tooLong()).containsExactly("email: 102 characters, 80 allowed");
    }

    @Test
    void aCustomerWhoIsNotToBeContactedIsFlagged() {
        Lead lead = lead().source("SPZA-DNC|contoso.app").build();
        assertThat(asIs().of(lead).fields()).containsEntry("doNotCall", true).containsEntry("emailOptOut", true);
        assertThat(RecordedAnswersTest.record(Map.of(), LeadFields.STANDARD)
                        .of(lead)
                        .fields())
                .containsEntry("DoNotCall", true)
                .containsEntry("HasOptedOutOfEmail", true);
        assertThat(asIs().of(lead().build()).fields()).doesNotContainKey("doNotCall");
    }

    @Test
    void aRemovedDescriptionStaysAway() {
        Map<String, Object> without = new HashMap<>();
        without.put("Description", null);
        LeadRecord.Draft draft = RecordedAnswersTest.record(without, LeadFields.STANDARD)
                .of(lead().company("c".repeat(300)).build());
        assertThat(draft.fields()).doesNotContainKey("Description");
        assertThat(draft.notes()).containsExactly("Company: 300 -> 255 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "boolean, true, true",
        "boolean, No, false",
        "boolean, maybe, maybe",
        "int, 42, 42",
        "currency, 34.66, 34.66",
        "double, many, many",
        "date, 2020-08-30, 2020-08-30",
        "date, 2020-08-30T23:30:00-02:00, 2020-08-31",
        "date, soon, soon",
        "datetime, 2020-08-30, 2020-08-30T00:00:00.000Z",
        "datetime, 2020-08-30T07:49:48.1234+02:00, 2020-08-30T05:49:48.123Z",
        "datetime, soon, soon",
        "string, 42, 42",
    })
    void valuesAreSpelledAsTheTypeWants(String type, String given, String spelled) {
        assertThat(FieldValue.of(type, given).toString()).isEqualTo(spelled);
    }

    @Test
    void keysThatDifferInCaseOnlyStayDifferent() {
        assertThat(LeadKey.of(LeadId.of("lead-1"))).isEqualTo("lead-1");
        assertThat(LeadKey.of(LeadId.of("Lead-1")))
                .isEqualTo("807612e002fc44dc6fc18f9f754ab36304aca1e34022ff87d2aea159c27b575d")
                .isNotEqualTo(LeadKey.of(LeadId.of("LEAD-1")));
    }

    @Test
    void aFormIsEncodedAndItsBoxesAreChecked() {
        WebForm form = new WebForm("00Do0000000ZHog", Set.of("00N000000000001"), "ops@example.com");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("company", "Söhne & Co + 100%");
        fields.put("description", "a\nb");
        fields.put("doNotCall", true);
        fields.put("emailOptOut", false);
        fields.put("employees", 12);
        fields.put("00N000000000001", "red; green;");
        assertThat(new String(form.body(fields), US_ASCII))
                .isEqualTo("oid=00Do0000000ZHog&encoding=UTF-8&debug=1&debugEmail=ops%40example.com"
                        + "&company=S%C3%B6hne+%26+Co+%2B+100%25&description=a%0Ab&doNotCall=1&employees=12"
                        + "&00N000000000001=red&00N000000000001=green");
    }

    @Test
    void namesOfFieldsAreChecked() {
        assertThat(WebFields.faults(Set.of(
                                "Description", "retURL", "00N370000060fw7", "compnay", "url", "Campaign_ID", "URL"))
                        .stream()
                        .map(fault -> fault.path() + " " + fault.what())
                        .sorted()
                        .toList())
                .satisfiesExactly(
                        fault -> assertThat(fault).startsWith("fields.Description is spelled description"),
                        fault -> assertThat(fault).startsWith("fields.compnay is no field of a Web-to-Lead form"),
                        fault -> assertThat(fault).startsWith("fields.retURL is no field of a lead"),
                        fault -> assertThat(fault).startsWith("fields.url is spelled URL"));
    }

    @Test
    void describedFlagsAreSetWhereTheyExist() {
        LeadFields described = LeadFields.parse(
                parse("{\"fields\":[{\"name\":\"DoNotCall\",\"type\":\"boolean\","
                        + "\"createable\":true,\"updateable\":true},{\"name\":\"HasOptedOutOfEmail\",\"type\":\"boolean\","
                        + "\"createable\":false,\"updateable\":false},{\"name\":\"Email\",\"type\":\"email\",\"length\":80,"
                        + "\"createable\":true,\"updateable\":true}]}"),
                true);
        Lead lead = lead().source("SPZA-DNC|contoso.app").build();
        assertThat(RecordedAnswersTest.record(Map.of(), described).of(lead).fields())
                .containsEntry("DoNotCall", true)
                .doesNotContainKey("HasOptedOutOfEmail");
        assertThat(RecordedAnswersTest.record(Map.of(), described).of(lead).notes())
                .containsExactly("HasOptedOutOfEmail: not set (missing or read-only)");
        assertThat(RecordedAnswersTest.record(Map.of(), described)
                        .of(lead().build())
                        .notes())
                .isEmpty();
        assertThat(RecordedAnswersTest.record(Map.of(), LeadFields.STANDARD)
                        .of(lead)
                        .notes())
                .isEmpty();
        assertThat(LeadFields.parse(parse("{\"fields\":[]}"), true)).isNull();
        assertThat(LeadFields.parse(null, true)).isNull();
    }

    private static JsonNode parse(String json) {
        return Json.tree(Answers.of(200, json));
    }

    @Test
    void fieldsAreFoundInAnyCaseAlsoAfterALengthIsLearned() {
        LeadFields fields = LeadFields.STANDARD.withLength("leadsource", 40);
        assertThat(fields.find("LEADSOURCE").length()).isEqualTo(40);
        assertThat(fields.find("company").length()).isEqualTo(255);
    }

    @ParameterizedTest(name = "upsert {0}: {1}")
    @CsvSource({"true, false", "false, true"})
    void aFieldOfNewRecordsAloneIsEnoughForCreate(boolean upsert, boolean writable) {
        LeadFields fields = LeadFields.parse(
                parse("{\"fields\":[{\"name\":\"Title\",\"createable\":true,\"updateable\":false}]}"), upsert);
        assertThat(fields.find("Title").writable()).isEqualTo(writable);
    }

    @Test
    void adviceNamesWhatWillHappen() {
        LeadFields fields = LeadFields.parse(
                parse("{\"fields\":[{\"name\":\"LeadSource\",\"type\":\"picklist\",\"length\":40,"
                        + "\"restrictedPicklist\":true,\"createable\":true,\"updateable\":true},{\"name\":\"Key__c\",\"length\":20,"
                        + "\"externalId\":true,\"unique\":false,\"createable\":true,\"updateable\":true}]}"),
                true);
        assertThat(new FieldAdvice("crm", known -> RecordedAnswersTest.record(Map.of(), known, List.of()), "Key__c")
                        .of(fields))
                .satisfiesExactly(
                        one -> assertThat(one).contains("LeadSource is a restricted picklist"),
                        one -> assertThat(one).contains("LeadSource takes 40 characters"),
                        one -> assertThat(one).contains("Key__c is not unique"),
                        one -> assertThat(one).contains("Key__c takes 20 characters"));
        assertThat(List.of(
                        fields.fault(Set.of("LeadSource"), "Key__c") == null,
                        fields.fault(Set.of("LeadSource"), null) == null,
                        fields.fault(Set.of("LeadSource"), "Other__c") == null,
                        fields.fault(Set.of("Title"), null) == null))
                .containsExactly(true, true, false, false);
    }
}
