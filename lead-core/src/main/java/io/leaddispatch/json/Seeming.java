package io.leaddispatch.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Says what a text that is no lead seems to be, in words of ours, never of the text. */
final class Seeming {
    /** Fields that stand in no lead but in some other document that people take for one. */
    static final long MARKS = LeadField.DESTINATIONS.bit
            | LeadField.LEAD_DESTINATION.bit
            | LeadField.RESOURCES.bit
            | LeadField.RESOURCE_TYPE.bit;

    private static final int LOOKED_AT = 1_000;

    private Seeming() {}

    /** For a JSON object with these fields. */
    static String of(long seen) {
        if ((seen & LeadField.DESTINATIONS.bit) != 0) {
            return "it seems to be a configuration with destinations";
        }
        if ((seen & MARKS) != 0) {
            return "it seems to be a customer-leads configuration of Partner Center";
        }
        return "it is a JSON object without any property that makes a lead";
    }

    /** For a text that does not begin as a JSON object does. */
    static String of(JsonText text) {
        int start = text.start();
        if (start == text.to) {
            return "it is empty";
        }
        int end = endOfLine(text, start);
        return switch (text.bytes[start]) {
            case '[' -> "it is a JSON list, not a single lead";
            case '<' -> "it seems to be HTML or XML";
            case '"' -> "it is a JSON text, not an object";
            default -> {
                if (isFormPair(text.bytes, start, end)) {
                    yield "it seems to be form pairs, name=value";
                }
                if (isJsonWord(text.bytes, start, end)) {
                    yield "it is a JSON number or word, not an object";
                }
                yield isTable(text.bytes, start, end) ? "it seems to be a table, such as CSV" : "it is not JSON";
            }
        };
    }

    private static int endOfLine(JsonText text, int start) {
        int longest = Math.min(text.to, start + LOOKED_AT);
        int at = start;
        while (at < longest && text.bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private static boolean isFormPair(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isWord(bytes[at])) {
            at++;
        }
        boolean hasName = at > from;
        at = JsonText.skipBlanks(bytes, at, to);
        return hasName && at < to && bytes[at] == '=';
    }

    private static boolean isJsonWord(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (isWord(bytes[at]) || bytes[at] == '.' || bytes[at] == '+')) {
            at++;
        }
        if (at == from || JsonText.skipBlanks(bytes, at, to) != to) {
            return false;
        }
        String word = new String(bytes, from, at - from, US_ASCII);
        boolean isNumber = word.charAt(0) == '-' || Character.isDigit(word.charAt(0));
        return isNumber || word.equals("true") || word.equals("false") || word.equals("null");
    }

    private static boolean isTable(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == ',' || bytes[at] == ';' || bytes[at] == '\t') {
                return true;
            }
        }
        return false;
    }

    private static boolean isWord(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_' || b == '-';
    }
}
