package io.leaddispatch.salesforce;

import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.spi.FieldMapping;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names that a Web-to-Lead form may have, as generated forms have them. Salesforce drops a field with another name,
 * or with another case, without a word.
 */
final class WebFields {
    static final Map<String, Integer> LENGTHS = Map.ofEntries(
            Map.entry("first_name", 40),
            Map.entry("last_name", 80),
            Map.entry("company", 255),
            Map.entry("title", 128),
            Map.entry("email", 80),
            Map.entry("phone", 40),
            Map.entry("mobile", 40),
            Map.entry("fax", 40),
            Map.entry("URL", 255),
            Map.entry("street", 255),
            Map.entry("city", 40),
            Map.entry("state", 80),
            Map.entry("zip", 20),
            Map.entry("country", 80),
            Map.entry("description", 32_000),
            Map.entry("lead_source", 40),
            Map.entry("industry", 40));

    private static final Set<String> OTHERS = Set.of(
            "salutation",
            "country_code",
            "state_code",
            "rating",
            "revenue",
            "employees",
            "Campaign_ID",
            "member_status",
            "emailOptOut",
            "faxOptOut",
            "doNotCall",
            "recordType");
    private static final Set<String> CONTROLS = Set.of(
            "oid", "orgid", "encoding", "returl", "debug", "debugemail", "captcha_settings", "g-recaptcha-response");
    private static final Pattern CUSTOM = Pattern.compile("00N[0-9A-Za-z]{12}");
    private static final Map<String, String> KNOWN = List.of(LENGTHS.keySet(), OTHERS).stream()
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableMap(name -> name.toLowerCase(java.util.Locale.ROOT), name -> name));

    private WebFields() {}

    /** What is wrong with these names, by setting. */
    static List<Fault> faults(Set<String> names) {
        return names.stream()
                .map(name -> {
                    String fault = fault(name);
                    return fault == null ? null : new Fault(FieldMapping.FIELDS.key() + "." + name, fault);
                })
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    private static @Nullable String fault(String name) {
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        if (CONTROLS.contains(lower)) {
            return "is no field of a lead but one that controls the form: it has a setting of its own or is not wanted";
        }
        String known = KNOWN.get(lower);
        if (known == null) {
            return CUSTOM.matcher(name).matches()
                    ? null
                    : "is no field of a Web-to-Lead form: Salesforce would drop it without a word. Custom fields are named"
                            + " by their id of 15 characters, 00N..., as in the generated form";
        }
        return known.equals(name) ? null : "is spelled " + known + " in a form, where case counts";
    }
}
