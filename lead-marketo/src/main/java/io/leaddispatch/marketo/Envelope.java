package io.leaddispatch.marketo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
        try (JsonParser parser = JSON.createParser(json)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? new EnvelopeReading(parser).envelope() : null;
        } catch (IOException e) { // an HTML page, or half an answer
            return null;
        }
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

    boolean failed() {
        return Boolean.FALSE.equals(success);
    }
}
