package io.leaddispatch.testkit.salesforce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leaddispatch.testkit.Answer;
import org.jspecify.annotations.Nullable;

/** JSON in and out. */
final class OrgJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private OrgJson() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** The object in the text, or null if there is none. */
    static @Nullable ObjectNode parse(String text) {
        try {
            return MAPPER.readTree(text) instanceof ObjectNode object ? object : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    static Answer answer(int status, JsonNode body) {
        return new Answer(
                status,
                java.util.Map.of("Content-Type", "application/json;charset=UTF-8"),
                body.toString(),
                Answer.Fault.NONE,
                java.time.Duration.ZERO);
    }

    /** [3.7 recorded] A call that is refused as a whole is answered with an array of one error. */
    static Answer refused(int status, OrgFault fault) {
        return answer(status, array().add(fault.json("errorCode")));
    }

    static Answer refused(int status, String code, String message) {
        return refused(status, OrgFault.of(code, message));
    }
}
