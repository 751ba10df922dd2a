package io.leaddispatch.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Lead;
import io.leaddispatch.testkit.Leads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadRecordTest {
    @Test
    void everyFieldHasItsColumn() {
        assertThat(row(Leads.ada()).columns())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "subject", "AzureMarketplace-INS|contoso.backup",
                        "firstname", "Ada-7f3a1c",
                        "lastname", "Lovelace-7f3a1c",
                        "companyname", "Analytical-7f3a1c Ltd",
                        "jobtitle", "Countess-7f3a1c",
                        "emailaddress1", "ada-7f3a1c@example.com",
                        "telephone1", "+44-555-7731991",
                        "address1_country", "GB",
                        "leadsourcecode", 8,
                        "description", "AzureMarketplace-INS|contoso.backup\nwrote-7f3a1c the first program"));
        assertThat(row(Leads.ada()).notes()).isEmpty();
    }

    @Test
    void whatALeadDoesNotHaveIsLeftOut() {
        assertThat(row(Leads.sparse()).columns())
                .isEqualTo(Map.of(
                        "subject", "Lead",
                        "lastname", "sparse-91c0de",
                        "emailaddress1", "sparse-91c0de@example.net",
                        "leadsourcecode", 8));
    }

    @Test
    void aLastNameIsAlwaysThere() {
        Lead phoneOnly = Lead.builder().phone("1").company("Contoso").build();
        assertThat(row(phoneOnly).columns()).containsEntry("lastname", "Contoso");
        assertThat(row(Lead.builder().phone("1").build()).columns()).containsEntry("lastname", "Unknown");
    }

    @Test
    void doNotContactSetsTheFlagsWhateverTheMappingSays() {
        Lead lead = Leads.ada().toBuilder().source("SPZA-DNC|contoso.app").build();
        Map<String, Object> columns = record(
                        Map.of("fields", Map.of("donotemail", false), "moreDoNotContact", "donotfax"))
                .of(lead)
                .columns();
        assertThat(columns)
                .containsEntry("donotemail", true)
                .containsEntry("donotphone", true)
                .containsEntry("donotbulkemail", true)
                .containsEntry("donotfax", true);
        assertThat(row(Leads.ada()).columns()).doesNotContainKeys("donotemail", "donotphone", "donotbulkemail");
    }

    @Test
    void theLeadSourceCodeFollowsTheSourceWhereAskedFor() {
        LeadRecord record = record(Map.of("leadSourceCodes", Map.of("azuremarketplace", 100_000_001)));
        assertThat(record.of(Leads.ada()).columns()).containsEntry("leadsourcecode", 100_000_001);
        assertThat(record.of(Leads.grace()).columns()).containsEntry("leadsourcecode", 8);
        Map<String, Object> without = new HashMap<>();
        without.put("leadsourcecode", null);
        assertThat(record(Map.of("fields", without)).of(Leads.ada()).columns()).doesNotContainKey("leadsourcecode");
    }

    @Test
    void theWholeSourceGoesIntoAColumnOfChoice() {
        LeadRecord record = record(Map.of(
                "fields",
                Map.of("new_marketplacesource", "{leadSource}"),
                "columnLengths",
                Map.of("new_marketplacesource", 10)));
        LeadRow row = record.of(Leads.ada());
        assertThat(row.columns()).containsEntry("new_marketplacesource", "AzureMarke");
        assertThat((String) row.columns().get("description"))
                .startsWith("AzureMarketplace-INS|contoso.backup\n")
                .contains("new_marketplacesource: AzureMarketplace-INS|contoso.backup");
    }

    @ParameterizedTest
    @CsvSource({"25, 50", "26, 50"})
    void aCutNeverSplitsACharacter(int emoji, int length) {
        Lead lead = Leads.ada().toBuilder().lastName("😀".repeat(emoji)).build();
        assertThat(row(lead).columns()).containsEntry("lastname", "😀".repeat(length / 2));
        Lead odd = Leads.ada().toBuilder().lastName("x" + "😀".repeat(emoji)).build();
        assertThat(row(odd).columns()).containsEntry("lastname", "x" + "😀".repeat(24));
    }

    @Test
    void whatIsCutStandsWholeInTheDescription() {
        String name = "n".repeat(51);
        LeadRow row = row(Leads.ada().toBuilder().lastName(name).build());
        assertThat(row.columns()).containsEntry("lastname", "n".repeat(50));
        assertThat((String) row.columns().get("description")).contains("\nlastname: " + name + "\n");
        assertThat(row.notes()).containsExactly("lastname: 51 -> 50 characters");
    }

    @Test
    void anAddressTooLongMovesAsAWhole() {
        String email = "a".repeat(100) + "@example.com";
        LeadRow row =
                row(Leads.ada().toBuilder().email(email).phone("5".repeat(60)).build());
        assertThat(row.columns()).doesNotContainKeys("emailaddress1", "telephone1");
        assertThat((String) row.columns().get("description")).contains("emailaddress1: " + email, "telephone1: 555");
        assertThat(row.notes())
                .containsExactly(
                        "emailaddress1: 112 characters, 100 allowed: moved to description",
                        "telephone1: 60 characters, 50 allowed: moved to description");
        assertThat(row.tooLong()).isEmpty();
    }

    @Test
    void aDescriptionTooLongIsCutWithAMark() {
        LeadRow row = row(Leads.ada().toBuilder().description("d".repeat(3_000)).build());
        assertThat((String) row.columns().get("description")).hasSize(2_000).endsWith("d…");
        assertThat(row.notes()).containsExactly("description: 3036 -> 2000 characters");
    }

    @Test
    void rejectMeansThatNothingIsCut() {
        LeadRecord record = record(Map.of("onTooLong", "reject"));
        LeadRow row = record.of(Leads.ada().toBuilder()
                .lastName("n".repeat(51))
                .email("a".repeat(100) + "@example.com")
                .description("d".repeat(3_000))
                .build());
        assertThat(row.tooLong())
                .containsExactlyInAnyOrder(
                        "lastname: 51 characters, 50 allowed",
                        "emailaddress1: 112 characters, 100 allowed",
                        "description: 3036 characters, 2000 allowed");
    }

    @Test
    void aDescriptionOfTheOperatorsIsTakenAsItIs() {
        LeadRecord record = record(Map.of("fields", Map.of("description", "from {offerTitle}")));
        LeadRow row = record.of(Leads.ada().toBuilder()
                .lastName("n".repeat(51))
                .email("a".repeat(100) + "@example.com")
                .build());
        assertThat(row.columns()).containsEntry("description", "from Contoso Backup");
        assertThat(row.tooLong()).containsExactly("emailaddress1: 112 characters, 100 allowed");
        Map<String, Object> none = new HashMap<>();
        none.put("description", null);
        assertThat(record(Map.of("fields", none)).of(Leads.ada()).columns()).doesNotContainKey("description");
    }

    @Test
    void theLongestLeadFits() {
        LeadRow row = row(Leads.longest());
        row.columns().forEach((column, value) -> {
            if (value instanceof String text) {
                assertThat(text.length()).as(column).isLessThanOrEqualTo(LeadColumns.LENGTHS.get(column));
            }
        });
    }

    @Test
    void idsAreThoseOfVersionFive() {
        assertThat(LeadGuid.named(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "python.org"))
                .isEqualTo(UUID.fromString("886313e1-3b8a-5372-9b90-0c9aee199e5d"));
        assertThat(LeadGuid.of(Leads.ada().id()).version()).isEqualTo(5);
        assertThat(LeadGuid.of(Leads.ada().id()))
                .isEqualTo(LeadGuid.of(Leads.ada().id()));
    }

    private static LeadRow row(Lead lead) {
        return record(Map.of()).of(lead);
    }

    private static LeadRecord record(Map<String, ?> settings) {
        List<io.leaddispatch.LeadConfigurationException.Fault> faults = new ArrayList<>();
        LeadRecord record = Mapping.of(new Opened(settings), faults);
        assertThat(faults).isEmpty();
        return record;
    }
}
