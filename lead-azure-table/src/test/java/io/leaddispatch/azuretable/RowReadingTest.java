package io.leaddispatch.azuretable;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.data.tables.models.TableEntity;
import io.leaddispatch.Action;
import io.leaddispatch.Lead;
import io.leaddispatch.Source;
import io.leaddispatch.spi.OnTooLong;
import io.leaddispatch.testkit.Leads;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows as this library writes them, and as the marketplace was seen to write them. */
class RowReadingTest {
    private static final String ADA = "{\"FirstName\":\"Ada\",\"LastName\":\"Lovelace\",\"Email\":\"ada@example.com\","
            + "\"Phone\":\"1234567890\",\"Country\":\"US\",\"Company\":\"Analytical\",\"Title\":\"Countess\"}";

    private static StoredLead read(Map<String, Object> columns) {
        return RowReading.of(new TableEntity("9:2F28:2F2018", "0a1b2c").setProperties(columns));
    }

    private static Lead lead(Map<String, Object> columns) {
        return ((StoredLead.Read) read(columns)).lead();
    }

    private static Map<String, Object> marketplace() {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("ActionCode", "INS");
        columns.put("CreatedTime", "9/28/2018 6:24:18 PM");
        columns.put("CustomerInfo", ADA);
        columns.put("Description", "Campaigns: ");
        columns.put("LeadSource", "AzureMarketplace");
        columns.put("OfferDisplayName", "Contoso Backup");
        columns.put("ProductId", "contoso.backup");
        return columns;
    }

    @Test
    void aRowOfTheMarketplaceIsALead() {
        Lead lead = lead(marketplace());
        assertThat(lead.contact().email()).isEqualTo("ada@example.com");
        assertThat(lead.contact().title()).isEqualTo("Countess");
        assertThat(lead.source().format()).isEqualTo("AzureMarketplace-INS|contoso.backup");
        assertThat(lead.offerTitle()).isEqualTo("Contoso Backup");
        assertThat(lead.description()).isNull();
        assertThat(lead.createdAt()).isNull();
        assertThat(lead.attributes()).containsEntry("createdTime", "9/28/2018 6:24:18 PM");
    }

    @Test
    void itsIdIsMadeOfItsKeysAndStays() {
        assertThat(lead(marketplace()).id().value()).matches("row-[0-9a-f]{32}");
        assertThat(lead(marketplace()).id())
                .isEqualTo(lead(Map.of("CustomerInfo", ADA)).id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"customerinfo", "CUSTOMERINFO", "customerInfo"})
    void namesCountInAnyCase(String name) {
        Map<String, Object> columns = Map.of(name, ADA.toLowerCase(), "leadSOURCE", "SPZA", "actioncode", "DNC");
        Lead lead = lead(columns);
        assertThat(lead.contact().firstName()).isEqualTo("ada");
        assertThat(lead.doNotContact()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"SPZA-PLT|contoso.app", "AppSource (SPZA)-PLT|contoso.app"})
    void aCombinedSourceIsTakenApart(String source) {
        Lead lead = lead(Map.of("CustomerInfo", ADA, "LeadSource", source));
        assertThat(lead.source().source()).isEqualTo(Source.of("SPZA"));
        assertThat(lead.source().action()).isEqualTo(Action.of("PLT"));
        assertThat(lead.source().offer().text()).isEqualTo("contoso.app");
    }

    /** A column takes 32,768 characters, a lead's description 32,000. */
    @Test
    void aDescriptionThatNoLeadHasRoomForIsCutAndTheColumnIsNot() {
        Map<String, Object> columns = marketplace();
        columns.put("Description", "x".repeat(31_999) + "\uD83D\uDE00".repeat(300));
        StoredLead row = read(columns);
        assertThat(((StoredLead.Read) row).lead().description()).isEqualTo("x".repeat(31_999));
        assertThat(row.columns().get("Description")).hasSize(32_599);
    }

    @Test
    void columnsOfOtherTypesAndUnknownOnesAreKept() {
        Map<String, Object> columns = new LinkedHashMap<>(marketplace());
        columns.put("CreatedTime", OffsetDateTime.parse("2026-02-03T05:05:06+01:00"));
        columns.put("ProductId", 42L);
        columns.put("PublisherDisplayName", "Contoso");
        columns.put("Handled", true);
        columns.put("Bytes", new byte[] {1, (byte) 0xff});
        columns.put("Blank", " ");
        columns.put("odata.type", "x");
        columns.put("CreatedTime@odata.type", "Edm.DateTime");
        StoredLead row = read(columns);
        Lead lead = ((StoredLead.Read) row).lead();
        assertThat(lead.createdAt()).hasToString("2026-02-03T04:05:06Z");
        assertThat(lead.source().offer().text()).isEqualTo("42");
        assertThat(lead.attributes())
                .containsOnly(
                        Map.entry("PublisherDisplayName", "Contoso"),
                        Map.entry("Handled", "true"),
                        Map.entry("Bytes", "01ff"));
        assertThat(row.columns()).containsKey("Blank").doesNotContainKeys("odata.type", "CreatedTime@odata.type");
    }

    @Test
    void aPersonInColumnsOfItsOwnIsFoundWhereThereIsNoCustomerInfo() {
        assertThat(lead(Map.of("Email", "ada@example.com", "LastName", "Lovelace"))
                        .contact()
                        .lastName())
                .isEqualTo("Lovelace");
        assertThat(lead(Map.of("CustomerInfo", ADA, "Email", "other@example.com"))
                        .attributes())
                .containsEntry("Email", "other@example.com");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{broken, lead.",
                "[], lead.",
                "{\"Email\":\"no-address\"}, lead.email-invalid",
                "{}, lead.empty",
                "``, lead.empty",
            })
    void whatIsNoLeadIsGivenAsItIsWithTheReason(String person, String code) {
        StoredLead row = read(Map.of("CustomerInfo", person, "LeadSource", "SPZA"));
        assertThat(row).isInstanceOfSatisfying(StoredLead.Unreadable.class, unreadable -> {
            assertThat(unreadable.problems()).isNotEmpty();
            assertThat(unreadable.columns()).containsEntry("CustomerInfo", person);
            assertThat(unreadable.toString()).contains("9:2F28:2F2018/0a1b2c").doesNotContain("no-address");
        });
        if (code.length() > 5) {
            assertThat(((StoredLead.Unreadable) row).problems().get(0).code()).isEqualTo(code);
        }
    }

    @Test
    void whatThisLibraryWroteComesBackEqual() {
        LeadRecord record = LeadRecord.of(Map.of(), OnTooLong.CUT);
        List<Lead> leads =
                new java.util.ArrayList<>(Leads.generate(20261124).limit(500).toList());
        leads.addAll(List.of(Leads.ada(), Leads.grace(), Leads.sparse(), Leads.unicode(), Leads.longest()));
        for (Lead lead : leads) {
            var row = record.of(lead);
            StoredLead read = RowReading.of(new TableEntity(row.partition(), row.key()).setProperties(row.columns()));
            Lead.Builder expected = lead.toBuilder();
            lead.attributes().keySet().forEach(name -> expected.attribute(name, null));
            assertThat(read)
                    .isInstanceOfSatisfying(
                            StoredLead.Read.class,
                            same -> assertThat(same.lead()).isEqualTo(expected.build()));
            assertThat(read.toString())
                    .doesNotContain(Leads.personalValues(lead).toArray(String[]::new));
        }
    }
}
