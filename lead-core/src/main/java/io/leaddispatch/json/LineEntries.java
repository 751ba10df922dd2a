package io.leaddispatch.json;

import io.leaddispatch.LeadParseException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One entry in each line; blank lines are none. A line over the limit is a fault and takes no more memory than that. */
final class LineEntries implements Entries {
    private final ByteWindow window;
    private int line;

    LineEntries(ByteWindow window) {
        this.window = window;
    }

    @Override
    public @Nullable JsonText next() throws IOException {
        while (true) {
            int length = lineLength();
            if (length < 0) {
                return null;
            }
            int start = window.from;
            boolean last = length == window.length();
            window.from += last ? length : length + 1;
            JsonText text = new JsonText(window.bytes, start, start + length, line, 1);
            if (text.start() < text.to) {
                return text;
            }
        }
    }

    /** The length of the next line without its end, or -1 at the end of the stream. */
    private int lineLength() throws IOException {
        int scanned = 0;
        boolean tooLong = false;
        boolean more = window.length() > 0 || window.more();
        if (!more) {
            return -1;
        }
        line++;
        while (true) {
            int end = indexOfLineFeed(scanned);
            if (end >= 0 && !tooLong) {
                return end;
            }
            if (end >= 0) {
                window.from += end + 1;
                throw tooLong();
            }
            scanned = window.length();
            if (scanned > LeadJson.MAX_BYTES) {
                tooLong = true;
                window.from = window.to;
                scanned = 0;
            }
            if (!window.more()) {
                if (tooLong) {
                    window.from = window.to;
                    throw tooLong();
                }
                return scanned;
            }
        }
    }

    private int indexOfLineFeed(int offset) {
        byte[] bytes = window.bytes;
        for (int i = window.from + offset; i < window.to; i++) {
            if (bytes[i] == '\n') {
                return i - window.from;
            }
        }
        return -1;
    }

    private LeadParseException tooLong() {
        return new LeadParseException(JsonProblems.TOO_LARGE.problem(), line, 1);
    }
}
