package io.leaddispatch.marketo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The people whose company Marketo does not change (1021), by their keys: their leads go without it. Of very many the
 * oldest is forgotten, which costs one more call. Safe for use by many threads.
 */
final class FixedCompanies {
    static final String FIELD = "company";
    static final String NOTE = FIELD + ": left out, Marketo does not change it for a person whom it knows";

    private static final int MOST = 10_000;

    private final Set<String> keys =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<String, Boolean>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > MOST;
                }
            }));

    void add(String key) {
        keys.add(key);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    boolean contains(String key) {
        return keys.contains(key);
    }
}
