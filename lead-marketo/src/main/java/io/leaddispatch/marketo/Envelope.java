package io.leaddispatch.marketo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every answer of Marketo's REST interface is wrapped in. Any member may be missing; unknown ones are ignored.
 *
 * @param requestId for Adobe's support
 * @param success null if it is neither true nor false
 * @param result entries in the order of the input
 * @param warnings how many there were
 */
record Envelope(
        @Nullable String requestId, @Nullable Boolean success, List<Code> errors, List<Entry> result, int warnings) {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(50).build())
            .build());

    /** A code and Marketo's words, which may quote values of the lead. */
    record Code(String code, String message) {}

    /** What Marketo says of one record. */
    record Entry(String status, @Nullable String id, List<Code> reasons) {}

    /** The envelope, or null if the bytes are no JSON object. */
    static @Nullable Envelope parse(byte[] json) {
        JsonNode root = tree(json);
        if (root == null) {
            return null;
        }
        JsonNode success = root.path("success");
        List<Entry> result = new ArrayList<>();
        root.path("result").forEach(entry -> result.add(entry(entry)));
        return new Envelope(
                text(root, "requestId"),
                success.isBoolean() ? Boolean.valueOf(success.booleanValue()) : null,
                codes(root.path("errors")),
                result,
                root.path("warnings").size());
    }

    /** The object that the bytes are, or null. */
    static @Nullable JsonNode tree(byte[] json) {
        try {
            JsonNode root = JSON.readTree(json);
            return root != null && root.isObject() ? root : null;
        } catch (IOException e) { // an HTML page, or half an answer
            return null;
        }
    }

    private static Entry entry(JsonNode entry) {
        String status = text(entry, "status");
        List<Code> reasons = new ArrayList<>(codes(entry.path("reasons")));
        if (entry.path("reason").isObject()) { // as Adobe's definition has it; the wire has the array
            reasons.add(code(entry.path("reason")));
        }
        return new Entry(status == null ? "" : status, text(entry, "id"), reasons);
    }

    private static List<Code> codes(JsonNode array) {
        List<Code> codes = new ArrayList<>(array.size());
        array.forEach(code -> codes.add(code(code)));
        return codes;
    }

    private static Code code(JsonNode node) {
        String code = text(node, "code");
        String message = text(node, "message");
        return new Code(code == null || !isCode(code) ? MarketoCodes.UNKNOWN : code, message == null ? "" : message);
    }

    /** Anything longer is no code, and might be a value. */
    private static boolean isCode(String text) {
        return text.length() <= 8 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Codes and ids come as texts or as numbers. */
    private static @Nullable String text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    boolean failed() {
        return Boolean.FALSE.equals(success);
    }
}
