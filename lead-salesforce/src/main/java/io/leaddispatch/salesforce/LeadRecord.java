package io.leaddispatch.salesforce;

import io.leaddispatch.Lead;
import io.leaddispatch.spi.FieldLengths;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.OnTooLong;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From a lead to the fields of a record or form: mapping, the rules for lead source and country, do-not-contact flags,
 * types and lengths. What is not sent as it was stands in the description, whole. Pure; safe for use by many threads.
 */
final class LeadRecord {
    /**
     * A lead's fields, ready to send.
     *
     * @param fields texts, numbers and booleans by name
     * @param notes what was cut or left out, by field name
     * @param tooLong what does not fit and may not be cut; the lead is to be rejected unless this is empty
     */
    record Draft(Map<String, Object> fields, List<String> notes, List<String> tooLong) {
        /** Names and notes, never a value. */
        @Override
        public String toString() {
            return "Draft[" + fields.keySet() + ", " + notes + "]";
        }
    }

    private static final String PARAGRAPH = "\n\n";

    private final FieldMapping mapping;
    private final FieldNames names;
    private final MappingRules rules;
    private final LeadFields fields;
    private final Map<String, String> whenMissing;
    private final OnTooLong onTooLong;
    private final Set<String> neverCut;
    private final FieldLengths lengths;
    private final int descriptionLength;
    private final List<String> flags;
    private final List<String> unsetFlags;

    /**
     * @param fields what the other side takes
     * @param shorter lengths that the operator set, by field name
     * @param whenMissing texts for fields that must not be empty
     */
    LeadRecord(
            FieldMapping mapping,
            FieldNames names,
            MappingRules rules,
            LeadFields fields,
            Map<String, Integer> shorter,
            Map<String, String> whenMissing,
            OnTooLong onTooLong) {
        this.mapping = mapping;
        this.names = names;
        this.rules = rules;
        this.fields = fields;
        this.whenMissing = whenMissing;
        this.onTooLong = onTooLong;
        this.neverCut = new LinkedHashSet<>(Set.of(names.email(), names.countryCode()));
        Map<String, Integer> longest = longest(shorter);
        Integer description = longest.remove(names.description());
        this.descriptionLength = description == null ? Integer.MAX_VALUE : description;
        this.lengths = FieldLengths.of(longest, neverCut, onTooLong);
        this.flags = names.doNotContact().stream()
                .filter(flag -> !fields.described() || isWritable(flag))
                .toList();
        this.unsetFlags = names.doNotContact().stream()
                .filter(flag -> !flags.contains(flag))
                .toList();
    }

    private boolean isWritable(String name) {
        LeadFields.Field field = fields.find(name);
        return field != null && field.writable();
    }

    private Map<String, Integer> longest(Map<String, Integer> shorter) {
        Map<String, Integer> longest = new HashMap<>();
        Set<String> all = new LinkedHashSet<>(mapping.names());
        all.addAll(List.of(names.leadSource(), names.country(), names.description()));
        for (String name : all) {
            LeadFields.Field field = fields.find(name);
            if (field != null && field.length() > 0) {
                longest.put(name, field.length());
                if (isAddress(field.type())) {
                    neverCut.add(name);
                }
            }
        }
        shorter.forEach((name, length) -> longest.merge(name, length, Math::min));
        return longest;
    }

    private static boolean isAddress(String type) {
        return type.equals("email") || type.equals("reference") || type.equals("id");
    }

    /** Whether a text that is too long for that field may be cut. */
    boolean mayCut(String field) {
        return onTooLong == OnTooLong.CUT && !neverCut.contains(field);
    }

    /** The names of all fields that a lead may fill, flags aside. */
    Set<String> names() {
        Set<String> all = new LinkedHashSet<>(mapping.names());
        if (rules.sendsCountryCode() && all.remove(names.country())) {
            all.add(names.countryCode());
        }
        return all;
    }

    /** The do-not-contact flags that this org does not let us set. */
    List<String> unsetFlags() {
        return unsetFlags;
    }

    /** The fields of this lead. */
    Draft of(Lead lead) {
        Map<String, Object> sent = mapping.of(lead);
        Map<String, String> whole = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>(0);
        applyLeadSource(lead, sent, whole, notes);
        applyCountry(sent, whole, notes);
        if (lead.doNotContact()) {
            flags.forEach(flag -> sent.put(flag, true));
            unsetFlags.forEach(flag -> notes.add(flag + ": not set (missing or read-only)"));
        }
        whenMissing.forEach(sent::putIfAbsent);
        if (fields.described()) {
            sent.replaceAll(this::typed);
        }
        FieldLengths.Fitted fitted = lengths.fit(sent);
        notes.addAll(fitted.notes());
        List<String> tooLong = new ArrayList<>(fitted.tooLong());
        Map<String, Object> ready = fitted.fields();
        keepWhatWasCut(sent, ready, whole);
        describe(lead, ready, whole, notes, tooLong);
        return new Draft(ready, notes, tooLong);
    }

    private Object typed(String name, Object value) {
        LeadFields.Field field = fields.find(name);
        return field == null ? value : FieldValue.of(field.type(), value);
    }

    private void applyLeadSource(Lead lead, Map<String, Object> sent, Map<String, String> whole, List<String> notes) {
        String name = names.leadSource();
        String mapped = text(sent.get(name));
        String instead = rules.leadSourceOf(lead, mapped);
        if (instead == null) {
            sent.remove(name);
        } else {
            sent.put(name, instead);
        }
        String original = lead.source().format();
        if (rules.leadSource() != SalesforceSettings.LeadSourceRule.AS_IS
                && !original.isEmpty()
                && !original.equals(instead)) {
            whole.put(name, original);
            notes.add(name + (instead == null ? ": left out" : ": replaced"));
        }
    }

    private void applyCountry(Map<String, Object> sent, Map<String, String> whole, List<String> notes) {
        String mapped = text(sent.get(names.country()));
        if (mapped == null) {
            return;
        }
        String instead = rules.countryOf(mapped);
        if (mapped.equals(instead) && !rules.sendsCountryCode()) {
            return;
        }
        sent.remove(names.country());
        if (instead != null) {
            sent.put(rules.sendsCountryCode() ? names.countryCode() : names.country(), instead);
        }
        if (!mapped.equals(instead)) {
            whole.put(names.country(), mapped);
            notes.add(names.country() + (instead == null ? ": left out" : ": replaced"));
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private void keepWhatWasCut(Map<String, Object> sent, Map<String, Object> ready, Map<String, String> whole) {
        if (sent == ready) {
            return;
        }
        sent.forEach((name, value) -> {
            if (!value.equals(ready.get(name))) {
                whole.putIfAbsent(name, value.toString());
            }
        });
    }

    /** The description, then what was not sent as it was, then the id, so that a cut hits the description's own end. */
    private void describe(
            Lead lead, Map<String, Object> ready, Map<String, String> whole, List<String> notes, List<String> tooLong) {
        String name = names.description();
        if (!mapping.names().contains(name)) {
            return;
        }
        String own = text(ready.get(name));
        String id = rules.leadId() ? "Lead id: " + lead.id() : "";
        List<String> lines = new ArrayList<>();
        whole.forEach((field, value) -> lines.add(field + ": " + value));
        String originals = String.join("\n", lines);
        if (own == null && originals.isEmpty() && id.isEmpty()) {
            return;
        }
        String begin = own == null ? "" : own;
        String rest = joined(originals, "\n", id);
        int room = descriptionLength - (rest.isEmpty() ? 0 : rest.length() + PARAGRAPH.length());
        String fitting = fitting(begin, Math.max(0, room), ": ", notes, tooLong);
        int restRoom = descriptionLength - (id.isEmpty() ? 0 : id.length() + 1);
        originals = fitting(originals, Math.max(0, restRoom), ": original values ", notes, tooLong);
        ready.put(name, FieldLengths.cut(joined(fitting, PARAGRAPH, joined(originals, "\n", id)), descriptionLength));
    }

    private static String joined(String first, String between, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + between + second;
    }

    /** At most so many characters, with a note; or whole, and named as too long. */
    private String fitting(String text, int room, String what, List<String> notes, List<String> tooLong) {
        if (text.length() <= room) {
            return text;
        }
        if (onTooLong == OnTooLong.REJECT) {
            tooLong.add(names.description() + what + text.length() + " characters, " + room + " allowed");
            return text;
        }
        String cut = FieldLengths.cut(text, room);
        notes.add(names.description() + what + text.length() + " -> " + cut.length() + " characters");
        return cut;
    }
}
