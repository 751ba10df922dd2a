package io.leaddispatch.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.leaddispatch.LeadParseException;
import io.leaddispatch.Problem;

/** The one parser configuration of this package, and its faults in our words: the parser's own quote the text. */
final class Json {
    static final int MAX_DEPTH = 20;
    static final int MAX_TEXT_LENGTH = 1 << 20;
    static final int MAX_NAME_LENGTH = 4_096;
    static final int MAX_NUMBER_LENGTH = 100;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Json() {}

    /** The parser's exception as ours. It does not become the cause, because its message quotes the text. */
    static LeadParseException fault(JsonText text, JsonParser parser, JsonProcessingException e) {
        int at = text.from + offset(parser, e);
        if (e instanceof StreamConstraintsException) {
            boolean tooDeep = parser.getParsingContext().getNestingDepth() > MAX_DEPTH;
            return text.fault((tooDeep ? JsonProblems.TOO_DEEP : JsonProblems.TOO_LARGE).problem(), at);
        }
        return text.fault(syntaxProblem(text, parser, e, at), at);
    }

    private static int offset(JsonParser parser, JsonProcessingException e) {
        long known = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        return (int) Math.max(0, known >= 0 ? known : parser.currentLocation().getByteOffset());
    }

    private static Problem syntaxProblem(JsonText text, JsonParser parser, JsonProcessingException e, int at) {
        if (e instanceof JsonEOFException || at >= text.to) {
            return JsonProblems.SYNTAX.problem("it ends before the lead does, so it may have been cut off");
        }
        byte found = text.bytes[at];
        if (found >= 0 && found < ' ') {
            return JsonProblems.SYNTAX.problem("a line break or control character stands inside a text");
        }
        if (at > text.from && text.bytes[at - 1] == '\\') {
            return JsonProblems.SYNTAX.problem("a backslash is followed by a character that it cannot escape");
        }
        JsonToken last = parser.currentToken();
        if (last == JsonToken.FIELD_NAME) {
            return JsonProblems.SYNTAX.problem("a colon and a value were expected");
        }
        if (last == JsonToken.START_OBJECT) {
            return JsonProblems.SYNTAX.problem("a name in double quotes was expected");
        }
        if (found == '"' || found == '{' || found == '[') {
            return JsonProblems.SYNTAX.problem("a comma is missing before this");
        }
        return JsonProblems.SYNTAX.problem("something here does not belong here");
    }
}
