package io.leaddispatch.testkit.marketo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The lead database. A write looks for the person first and writes later; two writes with one key, the second begun before
 * the first has ended, make two people (section 10). Safe for use by many threads.
 */
final class MarketoPeople {
    private final Map<Integer, Map<String, Object>> people = new LinkedHashMap<>();
    private final Map<String, List<Integer>> index = new LinkedHashMap<>();

    /** A write begun: which people had the key then. */
    record Found(String field, String key, List<Integer> ids) {}

    /** Section 6: the lookup field must be in every record. Null if it is not. */
    synchronized @Nullable Found find(String field, JsonNode record) {
        JsonNode value = record.path(field);
        if (!value.isValueNode() || value.isNull() || value.asText().isBlank()) {
            return null;
        }
        String key = field + "=" + value.asText().strip().toLowerCase(Locale.ROOT);
        return new Found(field, key, List.copyOf(index.getOrDefault(key, List.of())));
    }

    /** What a write came to. */
    record Written(int id, boolean created) {}

    synchronized Written write(Found found, JsonNode record) {
        boolean create = found.ids.isEmpty();
        int id = create ? people.size() + 1 : found.ids.get(0);
        Map<String, Object> person = people.computeIfAbsent(id, n -> new LinkedHashMap<>());
        record.properties().forEach(field -> {
            if (field.getValue().isNull()) { // section 6: null clears a field
                person.remove(field.getKey());
            } else {
                person.put(field.getKey(), scalar(field.getValue()));
            }
        });
        if (create) {
            index.computeIfAbsent(found.key, key -> new ArrayList<>()).add(id);
        }
        return new Written(id, create);
    }

    private static Object scalar(JsonNode value) {
        return value.isBoolean() ? value.booleanValue() : value.isNumber() ? value.numberValue() : value.asText();
    }

    synchronized List<Map<String, Object>> all() {
        return people.values().stream()
                .map(person -> Map.copyOf(Objects.requireNonNull(person)))
                .toList();
    }

    synchronized int size() {
        return people.size();
    }
}
