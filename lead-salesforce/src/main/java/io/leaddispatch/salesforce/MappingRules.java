package io.leaddispatch.salesforce;

import io.leaddispatch.Lead;
import io.leaddispatch.LeadSource;
import io.leaddispatch.salesforce.SalesforceSettings.CountryRule;
import io.leaddispatch.salesforce.SalesforceSettings.LeadSourceRule;
import io.leaddispatch.spi.Settings;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of lead source and country before they are sent. Pure.
 *
 * @param leadSource the rule for the lead source
 * @param value the fixed value, or the one for what the table does not name; null for none
 * @param table from source to value, ignoring case
 * @param country the rule for the country
 * @param leadId whether the description ends with the lead's id
 */
record MappingRules(
        LeadSourceRule leadSource,
        @Nullable String value,
        Map<String, String> table,
        CountryRule country,
        boolean leadId) {

    static MappingRules from(Settings settings, boolean leadIdStandard) {
        Map<String, String> table = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Map<String, Object> given = settings.find(SalesforceSettings.LEAD_SOURCE_TABLE);
        if (given != null) {
            given.forEach((from, to) -> table.put(from, String.valueOf(to)));
        }
        Boolean leadId = settings.find(SalesforceSettings.LEAD_ID_IN_DESCRIPTION);
        return new MappingRules(
                settings.get(SalesforceSettings.LEAD_SOURCE),
                settings.find(SalesforceSettings.LEAD_SOURCE_VALUE),
                table,
                settings.get(SalesforceSettings.COUNTRY),
                leadId == null ? leadIdStandard : leadId);
    }

    /** The lead source to send in place of the mapped one, or null to send none. */
    @Nullable String leadSourceOf(Lead lead, @Nullable String mapped) {
        return switch (leadSource) {
            case AS_IS -> mapped;
            case FIXED -> value;
            case TABLE -> fromTable(lead.source());
            case OMIT -> null;
        };
    }

    /** The longest key that fits decides: the whole text, then source and action, then the source alone. */
    private @Nullable String fromTable(LeadSource source) {
        String first = Objects.toString(source.source(), "");
        return Stream.of(source.format(), first + "-" + Objects.toString(source.action(), ""), first)
                .map(table::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(value);
    }

    /** The country to send in place of the mapped one, or null to send none. */
    @Nullable String countryOf(String mapped) {
        if (country == CountryRule.AS_IS || country == CountryRule.OMIT) {
            return country == CountryRule.OMIT ? null : mapped;
        }
        String code = Countries.code(mapped);
        if (country == CountryRule.CODE) {
            return code;
        }
        return code == null ? mapped : Countries.name(code);
    }

    boolean sendsCountryCode() {
        return country == CountryRule.CODE;
    }

    @Override
    public String toString() {
        return "MappingRules[" + leadSource.name().toLowerCase(Locale.ROOT) + "]";
    }
}
