package io.leaddispatch.json;

import java.io.IOException;
import java.io.InputStream;

/** A part of a stream in memory. Grows while one entry needs it, up to {@link #LARGEST}. Not safe for many threads. */
final class ByteWindow {
    static final int SMALLEST = 64 * 1024;
    static final int LARGEST = LeadJson.MAX_BYTES + SMALLEST;

    /** Valid from {@link #from} to {@link #to}; replaced by {@link #more}. */
    byte[] bytes = new byte[SMALLEST];

    int from;
    int to;

    private final InputStream in;

    ByteWindow(InputStream in) {
        this.in = in;
    }

    /** How many bytes are there. */
    int length() {
        return to - from;
    }

    /** The byte that many bytes behind the start. */
    byte at(int offset) {
        return bytes[from + offset];
    }

    /** Whether there is a byte that many bytes behind the start; reads more if need be. */
    boolean has(int offset) throws IOException {
        while (offset >= length()) {
            if (!more()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads some more bytes. The bytes may move: {@link #from} and {@link #to} change, offsets from the start do not.
     *
     * @return false at the end of the stream
     */
    boolean more() throws IOException {
        if (to == bytes.length) {
            makeRoom();
        }
        int read = in.read(bytes, to, bytes.length - to);
        if (read < 0) {
            return false;
        }
        to += read;
        return true;
    }

    private void makeRoom() {
        if (length() == LARGEST) {
            throw new IllegalStateException("an entry over the limit was not dropped");
        }
        boolean grow = length() > bytes.length / 2 && bytes.length < LARGEST;
        byte[] target = grow ? new byte[Math.min(LARGEST, bytes.length * 2)] : bytes;
        System.arraycopy(bytes, from, target, 0, length());
        bytes = target;
        to = length();
        from = 0;
    }
}
