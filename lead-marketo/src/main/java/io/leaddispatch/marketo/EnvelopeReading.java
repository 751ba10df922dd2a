package io.leaddispatch.marketo;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.leaddispatch.marketo.Envelope.Code;
import io.leaddispatch.marketo.Envelope.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an envelope member by member, without a tree: it may have 300 entries. What has another shape than expected
 * counts as absent. Each method begins at the first token of a value and ends at its last.
 */
final class EnvelopeReading {
    private interface Value<T> {
        T read() throws IOException;
    }

    private final JsonParser json;

    EnvelopeReading(JsonParser json) {
        this.json = json;
    }

    Envelope envelope() throws IOException {
        String requestId = null;
        Boolean success = null;
        List<Code> errors = List.of();
        List<Entry> result = List.of();
        int warnings = 0;
        for (String member = firstMember(); member != null; member = nextMember()) {
            switch (member) {
                case "requestId" -> requestId = text();
                case "success" -> success = flag();
                case "errors" -> errors = codes();
                case "result" -> result = all(this::entry);
                case "warnings" -> warnings = all(this::code).size();
                default -> json.skipChildren();
            }
        }
        return new Envelope(requestId, success, errors, result, warnings);
    }

    private Entry entry() throws IOException {
        String status = null;
        String id = null;
        List<Code> reasons = List.of();
        for (String member = firstMember(); member != null; member = nextMember()) {
            switch (member) {
                case "status" -> status = text();
                case "id" -> id = text();
                case "reasons", "reason" -> reasons = joined(reasons, codes());
                default -> json.skipChildren();
            }
        }
        return new Entry(status == null ? "" : status, id, reasons);
    }

    /** The wire has an array; Adobe's definition has one object for an entry's reason. */
    private List<Code> codes() throws IOException {
        return json.isExpectedStartObjectToken() ? List.of(code()) : all(this::code);
    }

    private static List<Code> joined(List<Code> some, List<Code> more) {
        List<Code> both = new ArrayList<>(some);
        both.addAll(more);
        return both;
    }

    private Code code() throws IOException {
        String code = null;
        String message = null;
        for (String member = firstMember(); member != null; member = nextMember()) {
            switch (member) {
                case "code" -> code = text();
                case "message" -> message = text();
                default -> json.skipChildren();
            }
        }
        return new Code(code == null || !isCode(code) ? MarketoCodes.UNKNOWN : code, message == null ? "" : message);
    }

    /** Anything longer is no code, and might be a value. */
    private static boolean isCode(String text) {
        return text.length() <= 8 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Codes and ids come as texts or as numbers. */
    private @Nullable String text() throws IOException {
        JsonToken token = json.currentToken();
        if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
            return json.getText();
        }
        json.skipChildren();
        return null;
    }

    private @Nullable Boolean flag() throws IOException {
        if (json.currentToken().isBoolean()) {
            return json.getBooleanValue();
        }
        json.skipChildren();
        return null;
    }

    private <T> List<T> all(Value<T> element) throws IOException {
        List<T> all = new ArrayList<>();
        if (!json.isExpectedStartArrayToken()) {
            json.skipChildren();
            return all;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            all.add(element.read());
        }
        return all;
    }

    /** Enters an object, up to the value of its first member; null if it has none, or if it is no object. */
    private @Nullable String firstMember() throws IOException {
        if (json.isExpectedStartObjectToken()) {
            return nextMember();
        }
        json.skipChildren();
        return null;
    }

    private @Nullable String nextMember() throws IOException {
        String name = json.nextFieldName();
        if (name != null) {
            json.nextToken();
        }
        return name;
    }
}
