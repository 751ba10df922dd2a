package io.leaddispatch.salesforce;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lead's fields as the body of a Web-to-Lead form. Pure.
 *
 * @param organization the id of 15 characters
 * @param multiSelect fields whose parts between semicolons are sent one by one
 * @param debugEmail who hears what became of the form, or null
 */
record WebForm(
        String organization,
        Set<String> multiSelect,
        @Nullable String debugEmail) {

    byte[] body(Map<String, Object> fields) {
        StringBuilder form = new StringBuilder(512);
        add(form, "oid", organization);
        add(form, "encoding", "UTF-8");
        if (debugEmail != null) {
            add(form, "debug", "1");
            add(form, "debugEmail", debugEmail);
        }
        fields.forEach((name, value) -> addAll(form, name, value));
        return form.toString().getBytes(US_ASCII);
    }

    private void addAll(StringBuilder form, String name, Object value) {
        if (value instanceof Boolean checked) { // as a browser sends check boxes: 1, or nothing at all
            if (checked) {
                add(form, name, "1");
            }
        } else if (multiSelect.contains(name)) {
            for (String part : value.toString().split(";", -1)) {
                if (!part.isBlank()) {
                    add(form, name, part.strip());
                }
            }
        } else {
            add(form, name, value.toString());
        }
    }

    private static void add(StringBuilder form, String name, String value) {
        if (!form.isEmpty()) {
            form.append('&');
        }
        form.append(URLEncoder.encode(name, UTF_8)).append('=').append(URLEncoder.encode(value, UTF_8));
    }
}
