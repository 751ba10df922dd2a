package io.leaddispatch.json;

/** Follows the brackets of one JSON value byte by byte, to find its end without understanding it. */
final class Brackets {
    private int depth;
    private boolean inText;
    private boolean escaped;

    /** Whether this byte closes the value, or stands outside of any. */
    boolean closeAt(byte b) {
        if (inText) {
            inText = b != '"' || escaped;
            escaped = b == '\\' && !escaped;
            return false;
        }
        if (b == '"') {
            inText = true;
        } else if (b == '{' || b == '[') {
            depth++;
        } else if (b == '}' || b == ']') {
            depth--;
        }
        return depth <= 0;
    }
}
