package io.leaddispatch.salesforce;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leaddispatch.http.HttpAnswer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads answers; what is not JSON is nothing. */
final class Json {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(50).build())
            .build();
    private static final JsonMapper MAPPER = new JsonMapper(FACTORY);

    private Json() {}

    /** The body, or null if it is not whole or no JSON. */
    static @Nullable JsonNode tree(HttpAnswer answer) {
        if (answer.truncated()) {
            return null;
        }
        try {
            JsonNode tree = MAPPER.readTree(answer.body());
            return tree == null || tree.isMissingNode() ? null : tree;
        } catch (IOException e) { // a proxy's page, or half an answer
            return null;
        }
    }
}
