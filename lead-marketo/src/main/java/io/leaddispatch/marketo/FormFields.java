package io.leaddispatch.marketo;

import com.fasterxml.jackson.databind.JsonNode;
import io.leaddispatch.Problem;
import io.leaddispatch.http.HttpAnswer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an instance and a form of it say that they have. The form's list has the names of its page, the instance pairs
 * them with REST names.
 *
 * @param formId the form
 * @see <a href="https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/assets/forms">Forms</a>
 */
record FormFields(int formId) {
    String path() {
        return "/rest/asset/v1/form/" + formId + "/fields.json";
    }

    /** REST names by page name as {@code describe.json} pairs them. */
    static Map<String, String> pairs(JsonNode describe) {
        Map<String, String> pairs = new HashMap<>();
        for (JsonNode field : describe.path("result")) {
            String rest = field.path("rest").path("name").asText("");
            String soap = field.path("soap").path("name").asText("");
            if (!rest.isEmpty()) {
                pairs.put(soap.isEmpty() ? pageName(rest) : soap, rest);
            }
        }
        return pairs;
    }

    /** The rule for standard fields, where the instance no longer says. */
    private static String pageName(String rest) {
        return rest.equals("dateOfBirth") ? "DateofBirth" : Character.toUpperCase(rest.charAt(0)) + rest.substring(1);
    }

    /** The names that the instance does not have. */
    static List<String> unknown(List<String> sent, Map<String, String> pairs) {
        Set<String> known = new HashSet<>(pairs.values());
        return known.isEmpty()
                ? List.of()
                : sent.stream().filter(name -> !known.contains(name)).toList();
    }

    /** What is wrong with the form, or null. */
    @Nullable Problem check(JsonNode fields, List<String> sent, Map<String, String> pairs) {
        Set<String> has = new HashSet<>();
        for (JsonNode field : fields.path("result")) {
            String id = field.path("id").asText("");
            has.add(pairs.getOrDefault(id, id));
        }
        List<String> missing = sent.stream().filter(name -> !has.contains(name)).toList();
        return missing.isEmpty() ? null : MarketoProblems.FORM_LACKS_FIELDS.problem(String.join(", ", missing));
    }

    /** The body of an answer that succeeded, or null. */
    static @Nullable JsonNode body(Reply reply) {
        HttpAnswer http = reply.http();
        Envelope envelope = reply.envelope();
        return http != null && http.status() == 200 && envelope != null && Boolean.TRUE.equals(envelope.success())
                ? Envelope.tree(http.body())
                : null;
    }
}
