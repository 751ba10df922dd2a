package io.leaddispatch.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the objects and lists inside an object of a configuration, ignoring the case of their keys. */
final class Sections {
    private Sections() {}

    /** What is given under the key, or null; of several spellings the first. */
    static @Nullable Object get(Map<?, ?> parent, String key) {
        for (Map.Entry<?, ?> entry : parent.entrySet()) {
            if (key.equalsIgnoreCase(String.valueOf(entry.getKey()))) {
                return entry.getValue();
            }
        }
        return null;
    }

    /** The object under the key, empty if it is not given or not an object, which is a fault. */
    static Map<?, ?> object(Map<?, ?> parent, String key, String path, Findings findings) {
        Object value = get(parent, key);
        if (value instanceof Map<?, ?> object) {
            return object;
        }
        if (value != null) {
            findings.fault(SettingsCheck.path(path, key), "is not an object");
        }
        return Map.of();
    }

    /** The list under the key, empty if it is not given or not a list, which is a fault. */
    static List<?> list(Map<?, ?> parent, String key, Findings findings) {
        Object value = get(parent, key);
        if (value instanceof List<?> list) {
            return list;
        }
        if (value != null) {
            findings.fault(key, "is not a list");
        }
        return List.of();
    }
}
