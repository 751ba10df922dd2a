package io.leaddispatch.dynamics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.http.HttpAnswer;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Raw answers for tables. */
final class Answers {
    private Answers() {}

    /** @param headers names and values in turn */
    static HttpAnswer of(int status, String body, String... headers) {
        Map<String, List<String>> map = new TreeMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], List.of(headers[i + 1]));
        }
        return new HttpAnswer(status, HttpHeaders.of(map, (name, value) -> true), body.getBytes(UTF_8), false);
    }

    static HttpAnswer error(int status, String code, String message) {
        return of(
                status,
                "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message.replace("\"", "\\\"") + "\"}}",
                "Content-Type",
                "application/json; odata.metadata=minimal");
    }
}
