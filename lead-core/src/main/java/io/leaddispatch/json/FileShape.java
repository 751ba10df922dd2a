package io.leaddispatch.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How leads stand in a file. Told by its beginning, of which no more is read than it takes to tell. */
enum FileShape {
    /** A lead in each line. */
    LINES,
    /** A list of leads, or one lead or several over many lines. */
    VALUES,
    /** No leads at all: the whole file is one faulty entry, not each of its lines. */
    OTHER;

    Entries entries(ByteWindow window) {
        return switch (this) {
            case LINES -> new LineEntries(window);
            case VALUES -> new ValueEntries(window);
            case OTHER -> new Whole(new JsonText(window.bytes, window.from, window.to, 1, 1));
        };
    }

    /** Also takes the byte order mark off. */
    static FileShape of(ByteWindow window) throws IOException {
        skipMark(window);
        int start = skipBlanks(window, 0);
        if (!window.has(start)) {
            return OTHER;
        }
        return switch (window.at(start)) {
            case '[' -> VALUES;
            case '{' -> isLeadPerLine(window, start) ? LINES : VALUES;
            default -> hasLineWithObject(window, start) ? LINES : OTHER;
        };
    }

    private static void skipMark(ByteWindow window) throws IOException {
        if (window.has(JsonText.MARK_LENGTH - 1) && JsonText.startsWithMark(window.bytes, window.from, window.to)) {
            window.from += JsonText.MARK_LENGTH;
        }
    }

    /** Whether the first line is a whole object, or is broken and the next line begins another one. */
    private static boolean isLeadPerLine(ByteWindow window, int start) throws IOException {
        Brackets brackets = new Brackets();
        int at = start;
        while (isWithinLine(window, at)) {
            if (brackets.closeAt(window.at(at++))) {
                return true;
            }
        }
        int next = skipBlanks(window, at);
        return at >= ByteWindow.SMALLEST || !window.has(next) || window.at(next) == '{';
    }

    private static boolean hasLineWithObject(ByteWindow window, int start) throws IOException {
        int at = start;
        while (at < ByteWindow.SMALLEST && window.has(at)) {
            while (isWithinLine(window, at)) {
                at++;
            }
            at = skipBlanks(window, at);
            if (window.has(at) && window.at(at) == '{') {
                return true;
            }
        }
        return false;
    }

    private static boolean isWithinLine(ByteWindow window, int at) throws IOException {
        return at < ByteWindow.SMALLEST && window.has(at) && window.at(at) != '\n';
    }

    private static int skipBlanks(ByteWindow window, int from) throws IOException {
        int at = from;
        while (at < ByteWindow.SMALLEST && window.has(at) && JsonText.isBlank(window.at(at))) {
            at++;
        }
        return at;
    }

    /** The beginning of the file as the only entry. */
    private static final class Whole implements Entries {
        private @Nullable JsonText text;

        Whole(JsonText text) {
            this.text = text;
        }

        @Override
        public @Nullable JsonText next() {
            JsonText once = text;
            text = null;
            return once;
        }
    }
}
