package io.leaddispatch.spi;

import io.leaddispatch.Lead;
import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From a lead to a destination's fields, by a map that the operator can change: the setting {@code fields}.
 *
 * <p>A value is a number, true or false, or a text in which {@code {email}}, {@code {firstName}}, {@code {lastName}},
 * {@code {phone}}, {@code {country}}, {@code {company}}, {@code {title}}, {@code {source}}, {@code {action}},
 * {@code {offer}}, {@code {offerTitle}}, {@code {leadSource}} (as in {@code Source-Action|Offer}),
 * {@code {description}}, {@code {leadId}}, {@code {createdAt}} (ISO-8601, UTC) and {@code {attr.NAME}} stand for what
 * the lead has; a brace itself is written twice. A field is left out for a lead that has nothing its text names.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class FieldMapping {
    /** The operator's map, merged over the destination's own; null removes a field. */
    public static final Setting<Map<String, Object>> FIELDS = Setting.map("fields")
            .or(Map.of())
            .doc("Fields at the destination and what they get: text with {email}, {company} ... {attr.NAME}, a number,"
                    + " true or false. Merged over the default map; null removes a field.");

    private final Map<String, Object> values;

    private FieldMapping(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * A mapping, its templates read.
     *
     * @param standard the destination's own map, in the order in which fields are to be sent
     * @param given the operator's, merged over it by exact name; a null value removes the field
     * @throws LeadConfigurationException with every fault of the operator's map, under {@code fields.NAME}
     */
    public static FieldMapping of(Map<String, ?> standard, Map<String, ? extends @Nullable Object> given) {
        Map<String, Object> merged = new LinkedHashMap<>(standard);
        given.forEach((name, value) -> {
            if (value == null) {
                merged.remove(name);
            } else {
                merged.put(name, value);
            }
        });
        List<Fault> faults = new ArrayList<>();
        Map<String, Object> values = new LinkedHashMap<>();
        merged.forEach((name, value) -> {
            try {
                values.put(name, read(name, value));
            } catch (IllegalArgumentException e) {
                faults.add(new Fault(FIELDS.key() + "." + name, Objects.requireNonNull(e.getMessage())));
            }
        });
        if (!faults.isEmpty()) {
            throw new LeadConfigurationException(faults);
        }
        return new FieldMapping(Collections.unmodifiableMap(values));
    }

    private static Object read(String name, Object value) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a field needs a name");
        }
        if (value instanceof String text) {
            return Template.parse(text);
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException("is neither text nor number nor true or false");
    }

    /** The fields of a lead: a {@link String}, {@link Number} or {@link Boolean} by name; a new map, in order. */
    public Map<String, Object> of(Lead lead) {
        Map<String, Object> fields = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            Object filled = filled(value, lead);
            if (filled != null) {
                fields.put(name, filled);
            }
        });
        return fields;
    }

    /** One field of a lead; null if there is no field of that name or the lead has nothing for it. */
    public @Nullable Object of(Lead lead, String name) {
        Object value = values.get(name);
        return value == null ? null : filled(value, lead);
    }

    private static @Nullable Object filled(Object value, Lead lead) {
        return value instanceof Template template ? template.of(lead) : value;
    }

    /** The names of all fields that a lead may have, in order. */
    public Set<String> names() {
        return values.keySet();
    }

    /** The names of the fields. */
    @Override
    public String toString() {
        return "FieldMapping" + names();
    }
}
