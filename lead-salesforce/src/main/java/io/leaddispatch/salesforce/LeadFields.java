package io.leaddispatch.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leaddispatch.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the org's Lead object can take: as the org describes it, or as a fresh org has it. Immutable. */
final class LeadFields {
    /**
     * One field.
     *
     * @param name as the API spells it
     * @param type the API's word: string, picklist, boolean, datetime and so on
     * @param length most UTF-16 units of its text; 0 where it has no text
     * @param writable whether this user may set it, in new records and by upsert in old ones
     * @param restricted whether the picklist takes its own values only
     * @param key whether it is an external id
     * @param unique whether no two records may have the same value
     */
    record Field(
            String name, String type, int length, boolean writable, boolean restricted, boolean key, boolean unique) {}

    /** Lengths of a recorded org (API 42.0), for when nobody asks; Lead Source is tried at full length. */
    private static final Map<String, Integer> STANDARD_LENGTHS = Map.ofEntries(
            Map.entry("FirstName", 40),
            Map.entry("LastName", 80),
            Map.entry("Company", 255),
            Map.entry("Title", 128),
            Map.entry("Email", 80),
            Map.entry("Phone", 40),
            Map.entry("MobilePhone", 40),
            Map.entry("Fax", 40),
            Map.entry("Website", 255),
            Map.entry("Street", 255),
            Map.entry("City", 40),
            Map.entry("State", 80),
            Map.entry("PostalCode", 20),
            Map.entry("Country", 80),
            Map.entry("Description", 32_000),
            Map.entry("LeadSource", 255),
            Map.entry("Industry", 40),
            Map.entry("Status", 40),
            Map.entry("Salutation", 40),
            Map.entry("Rating", 40));

    /** The fields of an org that was not asked. */
    static final LeadFields STANDARD = ofLengths(STANDARD_LENGTHS);

    private final Map<String, Field> byName;
    private final boolean described;

    private LeadFields(Map<String, Field> byName, boolean described) {
        this.byName = Collections.unmodifiableMap(byName);
        this.described = described;
    }

    /** Texts of these lengths, and nothing known of other fields. */
    static LeadFields ofLengths(Map<String, Integer> lengths) {
        Map<String, Field> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        lengths.forEach((name, length) -> fields.put(name, text(name, length)));
        return new LeadFields(fields, false);
    }

    private static Field text(String name, int length) {
        return new Field(name, "string", length, true, false, false, false);
    }

    /**
     * From the answer to {@code /sobjects/Lead/describe}; null if that is none.
     *
     * @param upsert whether old records are changed too
     */
    static @Nullable LeadFields parse(@Nullable JsonNode describe, boolean upsert) {
        JsonNode list = describe == null ? null : describe.get("fields");
        if (list == null || !list.isArray() || list.isEmpty()) {
            return null;
        }
        Map<String, Field> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (JsonNode field : list) {
            String name = field.path("name").asText();
            fields.put(
                    name,
                    new Field(
                            name,
                            field.path("type").asText("string"),
                            field.path("length").asInt(),
                            field.path("createable").asBoolean()
                                    && (!upsert || field.path("updateable").asBoolean()),
                            field.path("restrictedPicklist").asBoolean(),
                            field.path("externalId").asBoolean(),
                            field.path("unique").asBoolean()));
        }
        return new LeadFields(fields, true);
    }

    /** The field of that name, ignoring case, or null. */
    @Nullable Field find(String name) {
        return byName.get(name);
    }

    /** Whether the org itself said so. */
    boolean described() {
        return described;
    }

    /** These fields, one of them shorter, as an answer taught. */
    LeadFields withLength(String name, int length) {
        Map<String, Field> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.putAll(byName);
        Field old = byName.get(name);
        fields.put(
                name,
                old == null
                        ? text(name, length)
                        : new Field(old.name, old.type, length, old.writable, old.restricted, old.key, old.unique));
        return new LeadFields(fields, described);
    }

    /** Why these fields cannot be written in this org, or null if they can or nobody knows. */
    @Nullable Problem fault(Set<String> names, @Nullable String externalId) {
        if (!described) {
            return null;
        }
        List<String> faults = new ArrayList<>();
        for (String name : names) {
            Field field = byName.get(name);
            if (field == null) {
                faults.add(name + " is missing");
            } else if (!field.writable()) {
                faults.add(name + " is read-only for this user");
            }
        }
        if (!faults.isEmpty()) {
            return SalesforceProblems.MAPPING.problem(String.join(", ", faults));
        }
        if (externalId == null) {
            return null;
        }
        Field key = byName.get(externalId);
        if (key == null || !key.key() || !key.writable()) {
            return SalesforceProblems.EXTERNAL_ID.problem(externalId
                    + (key == null ? " is missing" : key.key() ? " is read-only for this user" : " is no external id"));
        }
        return null;
    }

    /** How long a field usually is that this org made shorter, or 0 if it did not, or nobody knows. */
    int usualLength(String name) {
        Field field = byName.get(name);
        Field usual = STANDARD.byName.get(name);
        return field == null || usual == null || field.length() == 0 || field.length() >= usual.length()
                ? 0
                : usual.length();
    }
}
