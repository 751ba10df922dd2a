package io.leaddispatch.dynamics;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leaddispatch.http.HttpAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a refused request says: {@code {"error":{"code":"0x80040220","message":"..."}}}.
 *
 * @param code in lower case, {@code 0x} and eight digits; empty if there is none that says anything
 * @param message the service's words, which may hold personal data; may be empty
 */
record DataverseError(String code, String message) {
    private static final int MOST_DEPTH = 100;
    private static final int MOST_READ = 4_000;
    private static final Pattern LEAD = Pattern.compile(
            "(?i)\\blead(?:s\\(| With Id ?= ?)([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\b");

    static final ObjectMapper JSON = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_DEPTH)
                            .build())
                    .build())
            .build();

    /** The error in an answer, or null if it does not speak as Dataverse does. */
    static @Nullable DataverseError in(HttpAnswer answer) {
        JsonNode root = json(answer.body());
        JsonNode error = root == null ? null : root.get("error");
        if (error == null || !error.isObject()) {
            return null;
        }
        return new DataverseError(
                code(error.path("code").asText("")), error.path("message").asText(""));
    }

    /**
     * The leads that the message names. The annotations of a duplicate hold the refused row itself and the user, no match,
     * so they are not searched.
     */
    List<String> leads() {
        String read = message.length() > MOST_READ ? message.substring(0, MOST_READ) : message;
        return LEAD.matcher(read)
                .results()
                .map(lead -> lead.group(1).toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    /** The JSON in these bytes, or null. */
    static @Nullable JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) { // not JSON, or not even characters: bytes that begin as UTF-32 does end elsewhere
            return null;
        }
    }

    /** Hex in any case, or the signed decimal of older interfaces; 0x0, null and whatever else stands there say nothing. */
    private static String code(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.matches("-[0-9]{1,10}")) {
            return "0x" + Integer.toHexString((int) Long.parseLong(lower));
        }
        return lower.matches("0x[0-9a-f]{1,8}") && !lower.matches("0x0+") ? lower : "";
    }
}
