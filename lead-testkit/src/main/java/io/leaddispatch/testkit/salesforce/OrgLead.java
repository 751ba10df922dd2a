package io.leaddispatch.testkit.salesforce;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A lead that the simulated org holds. Immutable.
 *
 * @param id 18 characters that begin with 00Q
 * @param fields values by field name, ignoring case: texts, numbers, booleans
 * @param converted whether it became a contact and cannot be changed any more
 */
public record OrgLead(String id, Map<String, Object> fields, boolean converted) {
    /** Copies the map. */
    public OrgLead {
        Map<String, Object> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(fields);
        fields = Collections.unmodifiableMap(copy);
    }

    /** The value of a field, or null. */
    public @Nullable Object get(String field) {
        return fields.get(field);
    }
}
