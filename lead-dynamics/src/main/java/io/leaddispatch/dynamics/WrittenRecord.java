package io.leaddispatch.dynamics;

import com.fasterxml.jackson.databind.JsonNode;
import io.leaddispatch.http.HttpAnswer;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How Dataverse says in an answer that it wrote a record; any server can say 204. Pure. */
final class WrittenRecord {
    private static final String ID = "leadid";
    private static final String GUID = "[0-9a-fA-F-]{36}";
    private static final String ADDRESS = "/" + LeadRequests.SET + "(";
    private static final Pattern IN_ADDRESS = Pattern.compile("\\((" + GUID + ")\\)[^()]*$");

    private WrittenRecord() {}

    /** Whether a record was written: the service names it or at least speaks OData. */
    static boolean isIn(HttpAnswer answer) {
        boolean named = answer.header("OData-EntityId") != null;
        String location = answer.header("Location");
        return switch (answer.status()) {
            case 204 ->
                named || answer.header("OData-Version") != null || location != null && location.contains(ADDRESS);
            case 200, 201 -> !answer.isHtml() && (named || isRecord(object(answer)));
            default -> false;
        };
    }

    private static boolean isRecord(@Nullable JsonNode body) {
        return body != null && (body.has(ID) || body.has("@odata.context"));
    }

    /** The id that the service names, else our own: they are the same unless the environment gives its own ids. */
    static String id(HttpAnswer answer, UUID own) {
        for (String name : List.of("OData-EntityId", "Location")) {
            String value = answer.header(name);
            String id = value == null ? null : VendorText.find(IN_ADDRESS, value);
            if (id != null) {
                return id;
            }
        }
        JsonNode body = object(answer);
        String id = body == null ? "" : body.path(ID).asText("");
        return id.matches(GUID) ? id : own.toString();
    }

    /** The JSON object in the body, or null. */
    static @Nullable JsonNode object(HttpAnswer answer) {
        JsonNode root = answer.isHtml() ? null : DataverseError.json(answer.body());
        return root != null && root.isObject() ? root : null;
    }
}
