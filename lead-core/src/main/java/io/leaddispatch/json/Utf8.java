package io.leaddispatch.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds what is not UTF-8, more strictly than the JSON parser does: no overlong forms, no surrogates. */
final class Utf8 {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** The index of the first byte that begins no well-formed character, or -1. */
    static int firstMalformed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (bytes[at] >= 0) {
                at = skipAscii(bytes, at, to);
            } else {
                int length = characterLength(bytes, at, to);
                if (length == 0) {
                    return at;
                }
                at += length;
            }
        }
        return -1;
    }

    private static int skipAscii(byte[] bytes, int from, int to) {
        int at = from;
        while (at + Long.BYTES <= to && ((long) EIGHT_BYTES.get(bytes, at) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /** The length of the character that begins here with a byte beyond ASCII, or 0 if it is malformed. */
    private static int characterLength(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xff;
        int second = at + 1 < to ? bytes[at + 1] & 0xff : 0;
        if (first >= 0xc2 && first <= 0xdf) {
            return isTail(second) ? 2 : 0;
        }
        if (first >= 0xe0 && first <= 0xef) {
            boolean overlong = first == 0xe0 && second < 0xa0;
            boolean surrogate = first == 0xed && second > 0x9f;
            return isTail(second) && !overlong && !surrogate && isTail(bytes, at + 2, to) ? 3 : 0;
        }
        if (first >= 0xf0 && first <= 0xf4) {
            boolean overlong = first == 0xf0 && second < 0x90;
            boolean beyondUnicode = first == 0xf4 && second > 0x8f;
            boolean tails = isTail(second) && isTail(bytes, at + 2, to) && isTail(bytes, at + 3, to);
            return tails && !overlong && !beyondUnicode ? 4 : 0;
        }
        return 0;
    }

    private static boolean isTail(byte[] bytes, int at, int to) {
        return at < to && isTail(bytes[at]);
    }

    private static boolean isTail(int b) {
        return (b & 0xc0) == 0x80;
    }
}
