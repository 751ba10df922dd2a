package io.leaddispatch.testkit.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the simulated org says of one record's values. Pure. */
record FieldRules(Map<String, OrgField> fields) {
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");

    /** The first fault of these values, or null; absent ones are judged where the record is new. */
    @Nullable OrgFault fault(ObjectNode values, boolean isNew) {
        for (Map.Entry<String, JsonNode> value : values.properties()) {
            if (!value.getKey().equals("attributes")) {
                OrgFault fault = fault(value.getKey(), value.getValue());
                if (fault != null) {
                    return fault;
                }
            }
        }
        return isNew ? missing(values) : null;
    }

    private @Nullable OrgFault fault(String name, JsonNode value) {
        OrgField field = fields.get(name);
        if (field == null) {
            // [3.7 documented] the code; [assumed] that it is answered by record
            return OrgFault.of("INVALID_FIELD", "No such column '" + name + "' on sobject of type Lead", name);
        }
        if (!field.writable()) {
            // [3.7] the code, for field security; [assumed] the text
            return OrgFault.of(
                    "INVALID_FIELD_FOR_INSERT_UPDATE",
                    "Unable to create/update fields: " + name
                            + ". Please check the security settings of this field and verify that it is read/write for your"
                            + " profile or permission set.",
                    name);
        }
        return value.isNull() ? null : ofValue(field, value);
    }

    private static @Nullable OrgFault ofValue(OrgField field, JsonNode value) {
        if (field.type().equals("boolean") && !value.isBoolean()) {
            // [3.5 recorded]
            return OrgFault.of(
                    "JSON_PARSER_ERROR",
                    "Cannot deserialize instance of boolean from VALUE_STRING value " + value.asText()
                            + " or request may be missing a required field at [Source: N/A; line: -1, column: -1]");
        }
        String text = value.asText();
        if (field.length() > 0 && text.length() > field.length()) {
            // [2 peer-observed] the wording, with the limit in brackets
            return OrgFault.of(
                    "STRING_TOO_LONG",
                    field.name() + ": data value too large: " + text + " (max length=" + field.length() + ")",
                    field.name());
        }
        if (field.type().equals("email") && !EMAIL.matcher(text).matches()) {
            // [3.7 recorded]
            return OrgFault.of(
                    "INVALID_EMAIL_ADDRESS", field.name() + ": invalid email address: " + text, field.name());
        }
        if (field.restricted() && !field.values().contains(text)) {
            // [3.7 recorded]
            return OrgFault.of(
                    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                    field.name() + ": bad value for restricted picklist field: " + text,
                    field.name());
        }
        return null;
    }

    private @Nullable OrgFault missing(ObjectNode values) {
        List<String> missing = new ArrayList<>();
        for (OrgField field : fields.values()) {
            JsonNode value = values.get(field.name());
            if (field.required()
                    && (value == null || value.isNull() || value.asText().isBlank())) {
                missing.add(field.name());
            }
        }
        // [3.7 recorded]
        return missing.isEmpty()
                ? null
                : OrgFault.of(
                        "REQUIRED_FIELD_MISSING",
                        "Required fields are missing: [" + String.join(", ", missing) + "]",
                        missing.toArray(String[]::new));
    }
}
