package io.leaddispatch.outbox;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a statement's parameters, by name. */
final class Values {
    private final Map<String, @Nullable Object> byName = new HashMap<>();

    static Values of(String name, @Nullable Object value) {
        return new Values().with(name, value);
    }

    Values with(String name, @Nullable Object value) {
        byName.put(name, value);
        return this;
    }

    @Nullable Object get(String name) {
        if (!byName.containsKey(name)) {
            throw new IllegalStateException("the statement needs " + name);
        }
        return byName.get(name);
    }
}
