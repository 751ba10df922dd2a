package io.leaddispatch.marketo;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.OnTooLong;
import io.leaddispatch.testkit.Leads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadRecordTest {
    private static LeadRecord records(Map<String, Object> more, OnTooLong rule, Set<String> has) {
        FieldMapping mapping = FieldMapping.of(LeadRecord.REST_FIELDS, more);
        return new LeadRecord(
                mapping,
                "email",
                rule,
                has.isEmpty() ? name -> true : has::contains,
                List.of("unsubscribed", "doNotCall"));
    }

    private static LeadRecord records(Map<String, Object> more) {
        return records(more, OnTooLong.REJECT, Set.of());
    }

    private static String code(LeadRecord.Fields fields) {
        Problem problem = fields.problem();
        return problem == null ? "none" : problem.code();
    }

    @Test
    void theMarketplacesFieldsHaveTheirRestNames() {
        assertThat(records(Map.of()).of(Leads.ada()).fields())
                .containsExactly(
                        Map.entry("email", "ada-7f3a1c@example.com"),
                        Map.entry("firstName", "Ada-7f3a1c"),
                        Map.entry("lastName", "Lovelace-7f3a1c"),
                        Map.entry("phone", "+44-555-7731991"),
                        Map.entry("company", "Analytical-7f3a1c Ltd"),
                        Map.entry("country", "GB"),
                        Map.entry("title", "Countess-7f3a1c"),
                        Map.entry("leadSource", "AzureMarketplace-INS|contoso.backup"));
    }

    @Test
    void whatALeadDoesNotHaveIsNotSent() {
        assertThat(records(Map.of("city", "")).of(Leads.sparse()).fields()).containsOnlyKeys("email");
    }

    @Test
    void theLeadSourceGoesToAFieldOfChoice() {
        Map<String, Object> fields = new HashMap<>(Map.of("sourceSystemName", "{leadSource}"));
        fields.put("leadSource", null);
        assertThat(records(fields).of(Leads.ada()).fields())
                .containsEntry("sourceSystemName", "AzureMarketplace-INS|contoso.backup")
                .doesNotContainKey("leadSource");
    }

    @Test
    void customFieldsKeepTheirExactName() {
        assertThat(records(Map.of("mkto_Custom__c", "{attr.campaign}"))
                        .of(Leads.ada())
                        .fields())
                .containsEntry("mkto_Custom__c", "spring-7f3a1c");
    }

    @Test
    void aDoNotContactLeadHasItsFlagsWhateverIsMapped() {
        Lead lead = Leads.ada().toBuilder().source("SPZA-DNC").build();
        assertThat(records(Map.of("unsubscribed", false)).of(lead).fields())
                .containsEntry("unsubscribed", true)
                .containsEntry("doNotCall", true);
    }

    @ParameterizedTest(name = "{0} of {1} is sent as {2}")
    @CsvSource({
        "numberOfEmployees, 14, 14, Integer",
        "numberOfEmployees, 14.1, 14.1, String",
        "leadScore, -3, -3, Integer",
        "annualRevenue, 1.5, 1.5, Double",
        "annualRevenue, much, much, String",
        "doNotCall, TRUE, true, Boolean",
        "doNotCall, yes, yes, String",
        "city, 14, 14, String"
    })
    void textsBecomeWhatTheFieldIs(String field, String given, String value, String type) {
        Object sent = records(Map.of(field, given)).of(Leads.ada()).fields().get(field);
        assertThat(sent).hasToString(value);
        assertThat(sent.getClass().getSimpleName()).isEqualTo(type);
    }

    @Test
    void aLongValueRejectsTheLeadByTheFieldsName() {
        LeadRecord.Fields fields = records(Map.of()).of(Leads.longest());
        assertThat(code(fields)).isEqualTo("marketo.too-long");
        assertThat(fields.problem().cause())
                .contains("firstName: 998 characters, 255 allowed", "company", "title")
                .doesNotContain("c4c4c4");
    }

    @Test
    void aLongValueIsCutWhereThatIsAskedFor() {
        LeadRecord.Fields fields = records(Map.of(), OnTooLong.CUT, Set.of()).of(Leads.longest());
        assertThat(code(fields)).isEqualTo("none");
        assertThat(fields.fields().get("company").toString()).hasSize(255);
        assertThat(fields.notes()).contains("company: 998 -> 255 characters");
    }

    @Test
    void anAddressIsNeverCut() {
        Lead lead = Lead.builder().email("a".repeat(250) + "@example.com").build();
        assertThat(code(records(Map.of(), OnTooLong.CUT, Set.of()).of(lead))).isEqualTo("marketo.too-long");
    }

    @Test
    void longTextsAreBoundedByBytes() {
        Lead lead = Leads.longest(); // 15,000 characters of four bytes each
        Map<String, Object> note = Map.of("mktoPersonNotes", "{description}");
        assertThat(records(note).of(lead).problem().cause()).contains("mktoPersonNotes: 60008 bytes, 30000 allowed");
        LeadRecord.Fields cut = records(note, OnTooLong.CUT, Set.of()).of(lead);
        String text = (String) cut.fields().get("mktoPersonNotes");
        assertThat(text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                .isBetween(29_900, 30_000);
        assertThat(Character.isHighSurrogate(text.charAt(text.length() - 1))).isFalse();
        assertThat(cut.notes()).anyMatch(n -> n.startsWith("mktoPersonNotes: 30008 -> "));
    }

    @Test
    void addressesAreAsciiAndThere() {
        assertThat(code(records(Map.of())
                        .of(Lead.builder().email("zoë@example.com").build())))
                .isEqualTo("marketo.email-not-ascii");
        assertThat(code(records(Map.of()).of(Lead.builder().phone("1").build())))
                .isEqualTo("marketo.no-key");
    }

    @Test
    void onlyFieldsOfTheFormAreSent() {
        LeadRecord records = records(Map.of(), OnTooLong.REJECT, Set.of("email", "lastName", "doNotCall"));
        LeadRecord.Fields fields = records.of(Leads.ada());
        assertThat(fields.fields()).containsOnlyKeys("email", "lastName");
        assertThat(fields.notes()).contains("title: left out, the form does not have it");
        assertThat(records.leftOut())
                .containsExactly("firstName", "phone", "company", "country", "title", "leadSource");
        assertThat(records.names()).containsExactly("email", "lastName", "unsubscribed", "doNotCall");
    }

    @Test
    void theSerialKeyIsTheLookupValueInLowerCase() {
        LeadRecord records = records(Map.of());
        assertThat(records.serialKey(Lead.builder().email("Ada@Example.com").build()))
                .isEqualTo("email ada@example.com");
        assertThat(records.serialKey(Lead.builder().id("x").phone("1").build())).isEqualTo("no email x");
    }

    @Test
    void aLeadWhoseIdIsItsAddressStillExcludesOthersOfThatAddress() {
        LeadRecord records = records(Map.of());
        String address = "ada@example.com";
        String key = records.serialKey(Lead.builder().id(address).email(address).build());
        assertThat(key)
                .isNotEqualTo(address)
                .isEqualTo(records.serialKey(Lead.builder().email(address).build()));
    }
}
