package io.leaddispatch.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.leaddispatch.Lead;
import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldMappingTest {
    private static final Lead FULL = Lead.builder()
            .id("lead-1")
            .email("ada@example.com")
            .firstName("Ada")
            .lastName("Lovelace")
            .phone("+44 1")
            .country("UK")
            .company("Engines")
            .title("Countess")
            .source("AzureMarketplace-INS|contoso.offer")
            .offerTitle("The Offer")
            .description("Please call")
            .createdAt(Instant.parse("2026-01-02T03:04:05Z"))
            .attribute("utm.campaign", "spring")
            .build();
    private static final Lead SPARSE = Lead.builder().id("lead-2").phone("1").build();

    private static Object one(Object value, Lead lead) {
        return FieldMapping.of(Map.of(), Map.of("F", value)).of(lead).get("F");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    {email},           ada@example.com
                    {firstName},       Ada
                    {lastName},        Lovelace
                    {phone},           +44 1
                    {country},         UK
                    {company},         Engines
                    {title},           Countess
                    {source},          AzureMarketplace
                    {action},          INS
                    {offer},           contoso.offer
                    {offerTitle},      The Offer
                    {leadSource},      AzureMarketplace-INS|contoso.offer
                    {description},     Please call
                    {leadId},          lead-1
                    {createdAt},       2026-01-02T03:04:05Z
                    {attr.utm.campaign}, spring
                    """)
    void eachPlaceholderStandsForItsPartOfTheLead(String template, String value) {
        assertThat(one(template, FULL)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{email}",
                "{source}",
                "{action}",
                "{offer}",
                "{leadSource}",
                "{createdAt}",
                "{attr.x}",
                "from {company} in {country}"
            })
    void aFieldStaysAwayWhenTheLeadHasNothingItNames(String template) {
        assertThat(FieldMapping.of(Map.of(), Map.of("F", template)).of(SPARSE)).isEmpty();
    }

    @Test
    void onePlaceholderThatIsThereKeepsTheWholeText() {
        assertThat(one("{firstName} {phone}!", SPARSE)).isEqualTo(" 1!");
    }

    @Test
    void aTextWithoutPlaceholdersANumberAndABooleanAreSentAsTheyAre() {
        assertThat(one("Web", SPARSE)).isEqualTo("Web");
        assertThat(one(8, SPARSE)).isEqualTo(8);
        assertThat(one(true, SPARSE)).isEqualTo(true);
        assertThat(one("", SPARSE)).isEqualTo("");
    }

    @Test
    void oneFieldIsGivenByItsName() {
        FieldMapping mapping = FieldMapping.of(Map.of("Mail", "{email}", "Rank", 3, "Phone", "{phone}"), Map.of());
        Lead lead = Lead.builder().email("a@example.com").build();
        assertThat(mapping.of(lead, "Mail")).isEqualTo("a@example.com");
        assertThat(mapping.of(lead, "Rank")).isEqualTo(3);
        assertThat(mapping.of(lead, "Phone")).isNull();
        assertThat(mapping.of(lead, "mail")).isNull();
    }

    @Test
    void aDoubledBraceIsABrace() {
        assertThat(one("{{\"lead\":\"{leadId}\"}}", FULL)).isEqualTo("{\"lead\":\"lead-1\"}");
        assertThat(one("a } b", FULL)).isEqualTo("a } b");
    }

    @Test
    void theOperatorsMapIsMergedOverTheDefaultAndNullRemoves() {
        Map<String, Object> standard = new LinkedHashMap<>();
        standard.put("Email", "{email}");
        standard.put("Phone", "{phone}");
        standard.put("LeadSource", "{leadSource}");
        Map<String, Object> given = new HashMap<>();
        given.put("Phone", null);
        given.put("LeadSource", "Marketplace");
        given.put("Campaign__c", "{attr.utm.campaign}");
        FieldMapping mapping = FieldMapping.of(standard, given);
        assertThat(mapping.of(FULL))
                .containsExactly(
                        entry("Email", "ada@example.com"),
                        entry("LeadSource", "Marketplace"),
                        entry("Campaign__c", "spring"));
        assertThat(mapping.names()).containsExactly("Email", "LeadSource", "Campaign__c");
        assertThat(mapping).hasToString("FieldMapping[Email, LeadSource, Campaign__c]");
    }

    @Test
    void allFaultsAreNamedAtOnceByFieldNeverByValue() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("A", "to {emial}");
        given.put("B", "{email");
        given.put("C", "{s3cret}");
        given.put("D", "{attr.}");
        given.put("E", new Object());
        given.put(" ", "x");
        assertThatThrownBy(() -> FieldMapping.of(Map.of("G", "{email}"), given))
                .isInstanceOfSatisfying(
                        LeadConfigurationException.class,
                        e -> assertThat(e.faults())
                                .extracting(Fault::path)
                                .containsExactly(
                                        "fields.A", "fields.B", "fields.C", "fields.D", "fields.E", "fields. "))
                .hasMessageContaining("fields.A: has an unknown placeholder at character 4; did you mean {email}?")
                .hasMessageContaining("fields.B: has a { without its }")
                .hasMessageContaining(
                        "fields.C: has an unknown placeholder at character 1. Known are email, firstName,")
                .hasMessageContaining("fields.E: is neither text nor number nor true or false")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void theSettingTakesAMapWithNulls() {
        Map<String, Object> raw = new HashMap<>();
        raw.put("Phone", null);
        assertThat(FieldMapping.FIELDS.read(raw)).containsKey("Phone");
        assertThat(FieldMapping.FIELDS.standard()).isEmpty();
    }
}
