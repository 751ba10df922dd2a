package io.leaddispatch.testkit.marketo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of an instance, their types and what they take (section 11). Not safe for use by many threads. */
final class MarketoFields {
    private enum Type {
        STRING,
        EMAIL,
        TEXT,
        INTEGER,
        CURRENCY,
        BOOLEAN
    }

    private record Field(Type type, int length, String soapName, boolean readOnly) {}

    private final Map<String, Field> fields = new LinkedHashMap<>();

    MarketoFields() {
        add(Type.EMAIL, 255, "email");
        add(Type.STRING, 255, "firstName", "lastName", "middleName", "salutation", "company", "title", "country");
        add(Type.STRING, 255, "city", "state", "postalCode", "leadSource", "leadStatus", "industry", "department");
        add(Type.STRING, 255, "rating", "mainPhone", "phone", "mobilePhone", "fax", "website", "sourceSystemName");
        add(Type.STRING, 50, "leadRole");
        add(Type.STRING, 2_000, "registrationSourceInfo");
        add(Type.TEXT, 30_000, "address", "billingStreet", "mktoPersonNotes");
        add(Type.INTEGER, 0, "numberOfEmployees", "leadScore");
        add(Type.CURRENCY, 0, "annualRevenue");
        add(Type.BOOLEAN, 0, "unsubscribed", "doNotCall");
        for (String name : new String[] {"originalSourceType", "originalSourceInfo", "createdAt", "updatedAt"}) {
            fields.put(name, new Field(Type.STRING, 255, capital(name), true));
        }
    }

    private void add(Type type, int length, String... names) {
        for (String name : names) {
            fields.put(name, new Field(type, length, capital(name), false));
        }
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    void addCustom(String restName, String soapName) {
        fields.put(restName, new Field(Type.STRING, 255, soapName, false));
    }

    boolean has(String restName) {
        return fields.containsKey(restName);
    }

    /** Section 5: the name of the field in a page. */
    String pageName(String restName) {
        Field field = fields.get(restName);
        return field == null ? restName : field.soapName;
    }

    /** A code with its words. */
    record Fault(String code, String message) {}

    /** Section 8: 1006 for a name that there is not; section 4: 1003 for a value of the wrong kind; or null. */
    @Nullable Fault fault(String name, JsonNode value) {
        Field field = fields.get(name);
        if (field == null || field.readOnly) {
            return new Fault("1006", "Field '" + name + "' not found");
        }
        return value.isNull() || isFit(field, value)
                ? null
                : new Fault("1003", "Invalid value for field '" + name + "' and value '" + value.asText() + "'");
    }

    /** Section 14.3 leaves open what becomes of a longer value: here it is skipped, so that none goes unseen. */
    private static boolean isFit(Field field, JsonNode value) {
        String text = value.asText();
        return switch (field.type) {
            case EMAIL ->
                value.isTextual()
                        && text.length() <= field.length
                        && text.contains("@")
                        && text.chars().allMatch(c -> c < 128);
            case STRING -> value.isValueNode() && text.length() <= field.length;
            case TEXT -> value.isValueNode() && text.getBytes(UTF_8).length <= field.length;
            case INTEGER -> text.matches("-?[0-9]{1,9}");
            case CURRENCY -> text.matches("-?[0-9]+(\\.[0-9]+)?");
            case BOOLEAN -> text.matches("(?i)true|false");
        };
    }

    /** Section 5: describe pairs the two names of each field. */
    ArrayNode describe() {
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        fields.forEach((name, field) -> {
            ObjectNode one = result.addObject();
            one.put("id", result.size()).put("displayName", field.soapName);
            one.put("dataType", field.type.name().toLowerCase(Locale.ROOT));
            one.putObject("rest").put("name", name).put("readOnly", field.readOnly);
            one.putObject("soap").put("name", field.soapName).put("readOnly", field.readOnly);
        });
        return result;
    }
}
