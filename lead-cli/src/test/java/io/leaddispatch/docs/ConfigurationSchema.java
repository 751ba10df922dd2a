package io.leaddispatch.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leaddispatch.spi.Setting;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Prints a JSON Schema for editors from the declared settings: canonical spellings only. */
final class ConfigurationSchema {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final Pattern RANGE = Pattern.compile("number from (-?\\d+) to (-?\\d+)");
    private static final String REFERENCE = "^\\$\\{(env|file):.+\\}$";

    private final Map<String, List<Setting<?>>> declared;
    private final Map<String, List<Setting<?>>> byType;

    ConfigurationSchema(Map<String, List<Setting<?>>> declared, Map<String, List<Setting<?>>> byType) {
        this.declared = declared;
        this.byType = byType;
    }

    String print() throws JsonProcessingException {
        ObjectNode root = JSON.createObjectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "A configuration of Lead Dispatch");
        object(root, declared.get(""));
        ObjectNode properties = (ObjectNode) root.get("properties");
        properties.putObject("$schema").put("type", "string");
        ObjectNode destinations = properties.putObject("destinations");
        destinations.put("type", "object").put("minProperties", 1);
        ArrayNode kinds = destinations.putObject("additionalProperties").putArray("oneOf");
        byType.forEach((type, settings) -> destination(kinds.addObject(), type, settings));
        ObjectNode routes = properties.putObject("routes");
        routes.put("type", "array");
        object(routes.putObject("items"), declared.get("routes[]"));
        for (String section : List.of("policy", "outbox")) {
            List<Setting<?>> settings = declared.get(section);
            if (settings != null) {
                object(properties.putObject(section), settings);
            }
        }
        root.putArray("required").add("destinations");
        return JSON.writeValueAsString(root) + "\n";
    }

    private void destination(ObjectNode into, String type, List<Setting<?>> settings) {
        into.put("type", "object").put("additionalProperties", false);
        into.putArray("required").add("type");
        ObjectNode properties = into.putObject("properties");
        properties.putObject("type").put("const", type);
        object(properties.putObject("settings"), settings);
        object(properties.putObject("lane"), declared.get("destinations.NAME.lane"));
    }

    private static void object(ObjectNode into, List<Setting<?>> settings) {
        into.put("type", "object").put("additionalProperties", false);
        ObjectNode properties = into.putObject("properties");
        ArrayNode required = JSON.createArrayNode();
        for (Setting<?> setting : settings) {
            ObjectNode property = properties.putObject(setting.key());
            property.put("description", setting.documentation());
            type(property, setting.typeName());
            if (setting.isRequired()) {
                required.add(setting.key());
            }
        }
        if (!required.isEmpty()) {
            into.set("required", required);
        }
    }

    private static void type(ObjectNode into, String name) {
        MatchResult range = RANGE.matcher(name).results().findFirst().orElse(null);
        if (range != null) {
            ObjectNode number = orReference(into);
            number.put("type", "integer");
            number.put("minimum", Long.parseLong(range.group(1)));
            number.put("maximum", Long.parseLong(range.group(2)));
        } else if (name.equals("true | false")) {
            orReference(into).put("type", "boolean");
        } else if (name.contains(" | ")) {
            ArrayNode choices = orReference(into).putArray("enum");
            List.of(name.split(" \\| ", -1)).forEach(choices::add);
        } else if (name.equals("duration")) {
            orReference(into).put("type", "string").put("pattern", "^[0-9]+(ms|s|m|h|d)$");
        } else if (name.startsWith("map")) {
            into.put("type", "object");
        } else if (name.startsWith("list")) {
            ArrayNode either = into.putArray("anyOf");
            either.addObject().put("type", "string");
            ObjectNode list = either.addObject();
            list.put("type", "array").putObject("items").put("type", "string");
        } else {
            into.putArray("type").add("string").add("number").add("boolean");
        }
    }

    /** Any value may be a reference, too. */
    private static ObjectNode orReference(ObjectNode into) {
        ArrayNode either = into.putArray("anyOf");
        ObjectNode value = either.addObject();
        either.addObject().put("type", "string").put("pattern", REFERENCE);
        return value;
    }
}
