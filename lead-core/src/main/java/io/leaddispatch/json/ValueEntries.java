package io.leaddispatch.json;

import io.leaddispatch.LeadParseException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One entry in each JSON value, over as many lines as it takes: the elements of a list, or objects one after the other.
 * Values are told apart by their brackets alone, so a fault inside one does not hide the next.
 */
final class ValueEntries implements Entries {
    private final ByteWindow window;
    private int line = 1;
    private int column = 1;
    private boolean inList;

    ValueEntries(ByteWindow window) {
        this.window = window;
    }

    @Override
    public @Nullable JsonText next() throws IOException {
        while (window.has(0)) {
            byte next = window.at(0);
            if (JsonText.isBlank(next) || inList && next == ',') {
                take(1);
            } else if (next == (inList ? ']' : '[')) {
                inList = !inList;
                take(1);
            } else {
                return next == '{' || next == '[' ? value() : word();
            }
        }
        if (inList) {
            inList = false;
            String why = "it ends before its list does, so it may have been cut off";
            throw new LeadParseException(JsonProblems.SYNTAX.problem(why), line, column);
        }
        return null;
    }

    /** An object or a list, up to the bracket that closes it, or to the end of the file. */
    private JsonText value() throws IOException {
        Brackets brackets = new Brackets();
        int length = 0;
        boolean tooLong = false;
        int startLine = line;
        int startColumn = column;
        boolean closed = false;
        while (!closed && window.has(length)) {
            int there = window.length();
            while (!closed && length < there) {
                closed = brackets.closeAt(window.at(length++));
            }
            if (length > LeadJson.MAX_BYTES) {
                tooLong = true;
                take(length);
                length = 0;
            }
        }
        JsonText text = taken(length, startLine, startColumn);
        if (tooLong) {
            throw new LeadParseException(JsonProblems.TOO_LARGE.problem(), startLine, startColumn);
        }
        return text;
    }

    /** Anything else, up to a comma, a closing bracket or a line break. It is no lead, so its beginning is enough. */
    private JsonText word() throws IOException {
        int length = 1;
        while (length < ByteWindow.SMALLEST && window.has(length) && !endsWord(window.at(length))) {
            length++;
        }
        return taken(length, line, column);
    }

    private static boolean endsWord(byte b) {
        return b == ',' || b == ']' || b == '\n';
    }

    private JsonText taken(int length, int startLine, int startColumn) {
        int start = window.from;
        take(length);
        return new JsonText(window.bytes, start, start + length, startLine, startColumn);
    }

    /** Goes on by so many bytes and keeps count of lines and columns. */
    private void take(int length) {
        for (int i = 0; i < length; i++) {
            byte b = window.at(i);
            if (b == '\n') {
                line++;
                column = 1;
            } else if ((b & 0xc0) != 0x80) {
                column++;
            }
        }
        window.from += length;
    }
}
