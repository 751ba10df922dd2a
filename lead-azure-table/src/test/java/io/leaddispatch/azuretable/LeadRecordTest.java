package io.leaddispatch.azuretable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.Lead;
import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.azuretable.LeadRecord.Row;
import io.leaddispatch.spi.OnTooLong;
import io.leaddispatch.testkit.Leads;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the emulator lets pass and the service does not is checked here. */
class LeadRecordTest {
    private static final Lead LEAD = Lead.builder().id("x").phone("12345").build();

    private static Row row(Map<String, Object> fields, OnTooLong rule) {
        return LeadRecord.of(fields, rule).of(LEAD);
    }

    @Test
    void absentValuesAreLeftOut() {
        assertThat(row(Map.of(), OnTooLong.CUT).columns()).containsOnlyKeys("CustomerInfo");
    }

    @Test
    void mappedFieldsComeOnTopAndNullTakesOneAway() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("Score", 7);
        fields.put("Ratio", new BigDecimal("0.5"));
        fields.put("Big", 5_000_000_000L);
        fields.put("Hot", true);
        fields.put("Campaign", "{attr.campaign}");
        fields.put("CustomerInfo", null);
        fields.put("LeadSource", "{leadSource}");
        Map<String, Object> columns =
                LeadRecord.of(fields, OnTooLong.CUT).of(Leads.ada()).columns();
        assertThat(columns)
                .containsEntry("Score", 7)
                .containsEntry("Ratio", 0.5)
                .containsEntry("Big", 5_000_000_000L)
                .containsEntry("Hot", true)
                .containsEntry("Campaign", "spring-7f3a1c")
                .containsEntry("LeadSource", "AzureMarketplace-INS|contoso.backup")
                .doesNotContainKey("CustomerInfo");
    }

    @Test
    void aTextIsCutAtTheLimitAndNeverThroughACharacter() {
        String emoji = "x" + "😀".repeat(16_384);
        Row row = row(Map.of("Long", emoji), OnTooLong.CUT);
        assertThat((String) row.columns().get("Long")).hasSize(32_767).endsWith("😀");
        assertThat(row.notes()).containsExactly("Long: 32769 -> 32767 characters");
        assertThat(row.fault()).isNull();
        assertThat(row(Map.of("Long", emoji), OnTooLong.REJECT).fault())
                .contains("Long: 32769 characters, 32768 allowed");
    }

    @Test
    void aRowOfMoreThanAMebibyteIsAFault() {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < 16; i++) {
            fields.put("F" + i, "x".repeat(31_000));
        }
        assertThat(row(fields, OnTooLong.CUT).fault()).isNull();
        fields.put("F16", "x".repeat(31_000));
        assertThat(row(fields, OnTooLong.CUT).fault()).contains("bytes, 1,000,000 are allowed");
    }

    @Test
    void sizesAreThoseOfUtf8InJson() {
        long plain = row(Map.of("T", ""), OnTooLong.CUT).jsonBytes();
        assertThat(row(Map.of("T", "a\"\n😀é"), OnTooLong.CUT).jsonBytes() - plain)
                .isGreaterThanOrEqualTo("a\\\"\\n😀é".getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "with-dash, is no name of a column",
        "1st, is no name of a column",
        "RowKey, is a column of the service's own",
        "timestamp, is a column of the service's own",
        "description, differs from Description only in case",
        "customerInfo, differs from CustomerInfo only in case",
    })
    void columnsThatATableCannotHaveAreFoundAtTheStart(String name, String fault) {
        assertThatThrownBy(() -> row(Map.of(name, "x"), OnTooLong.CUT))
                .isInstanceOf(LeadConfigurationException.class)
                .hasMessageContaining("fields." + name + ": " + fault);
    }

    @Test
    void moreColumnsThanARowHasRoomForAreFoundAtTheStart() {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < 245; i++) {
            fields.put("F" + i, 1);
        }
        assertThat(row(fields, OnTooLong.CUT).columns()).hasSize(246);
        fields.put("F245", 1);
        assertThatThrownBy(() -> row(fields, OnTooLong.CUT)).hasMessageContaining("252 columns");
    }
}
