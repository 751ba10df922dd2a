package io.leaddispatch.json;

import io.leaddispatch.LeadParseException;
import io.leaddispatch.Problem;

/**
 * One JSON text: a range of a byte array, and where it stands in its file. Faults are placed in lines and columns here,
 * in characters, because the parser counts bytes.
 */
final class JsonText {
    /** Of a byte order mark in UTF-8. */
    static final int MARK_LENGTH = 3;

    final byte[] bytes;
    final int from;
    final int to;
    private final int line;
    private final int column;

    /** The bytes are shared, not copied. */
    JsonText(byte[] bytes, int from, int to, int line, int column) {
        this.bytes = bytes;
        this.from = from + (startsWithMark(bytes, from, to) ? MARK_LENGTH : 0);
        this.to = to;
        this.line = line;
        this.column = column;
    }

    static JsonText of(byte[] bytes) {
        return new JsonText(bytes, 0, bytes.length, 1, 1);
    }

    /** Whether a byte order mark is there. */
    static boolean startsWithMark(byte[] bytes, int from, int to) {
        return to - from >= MARK_LENGTH
                && bytes[from] == (byte) 0xef
                && bytes[from + 1] == (byte) 0xbb
                && bytes[from + 2] == (byte) 0xbf;
    }

    /** The index of the first byte that is not white space of JSON, or {@link #to}. */
    int start() {
        return skipBlanks(bytes, from, to);
    }

    static int skipBlanks(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** @throws LeadParseException if this is too large, or not UTF-8 */
    void check() {
        if (to - from > LeadJson.MAX_BYTES) {
            throw fault(JsonProblems.TOO_LARGE.problem(), from);
        }
        // Two zero bytes at most are looked at: by these the parser would take the text for UTF-16 or UTF-32.
        if (to - from > 1 && (bytes[from] == 0 || bytes[from + 1] == 0) || startsLikeUtf16()) {
            throw fault(JsonProblems.NOT_UTF_8.problem("it seems to be UTF-16 or UTF-32"), from);
        }
        int malformed = Utf8.firstMalformed(bytes, from, to);
        if (malformed >= 0) {
            throw fault(JsonProblems.NOT_UTF_8.problem(), malformed);
        }
    }

    private boolean startsLikeUtf16() {
        return to - from > 1
                && (bytes[from] == (byte) 0xff && bytes[from + 1] == (byte) 0xfe
                        || bytes[from] == (byte) 0xfe && bytes[from + 1] == (byte) 0xff);
    }

    /** A fault at this index of {@link #bytes}. */
    LeadParseException fault(Problem problem, int at) {
        int faultLine = line;
        int faultColumn = column;
        for (int i = from; i < Math.min(at, to); i++) {
            if (bytes[i] == '\n') {
                faultLine++;
                faultColumn = 1;
            } else if ((bytes[i] & 0xc0) != 0x80) {
                faultColumn++;
            }
        }
        return new LeadParseException(problem, faultLine, faultColumn);
    }

    /** The line in which the text begins. */
    int line() {
        return line;
    }
}
