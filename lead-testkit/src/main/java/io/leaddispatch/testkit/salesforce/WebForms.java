package io.leaddispatch.testkit.salesforce;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads bodies of forms. */
final class WebForms {
    private WebForms() {}

    /** All values by name, in order. */
    static Map<String, List<String>> all(String body) {
        Map<String, List<String>> form = new LinkedHashMap<>();
        for (String field : body.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                String name = URLDecoder.decode(field.substring(0, equals), UTF_8);
                String value = URLDecoder.decode(field.substring(equals + 1), UTF_8);
                form.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        return form;
    }

    /** The first value by name. */
    static Map<String, String> single(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        all(body).forEach((name, values) -> form.put(name, values.get(0)));
        return form;
    }
}
