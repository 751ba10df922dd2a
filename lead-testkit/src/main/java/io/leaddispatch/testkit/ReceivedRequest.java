package io.leaddispatch.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request that a {@link ScriptedServer} took. Immutable.
 *
 * @param method the method
 * @param target path and query as they came
 * @param headers values by name, ignoring case
 * @param body the bytes as text
 */
public record ReceivedRequest(String method, String target, Map<String, List<String>> headers, String body) {
    /** Copies the map. */
    public ReceivedRequest {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = Collections.unmodifiableMap(copy);
    }

    /** The first value of a header; empty if there is none. */
    public String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? "" : values.get(0);
    }

    /** The bytes of the body. */
    public byte[] bytes() {
        return body.getBytes(UTF_8);
    }
}
