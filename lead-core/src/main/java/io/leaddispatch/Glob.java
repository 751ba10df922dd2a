package io.leaddispatch;

import org.jspecify.annotations.Nullable;

/** A text in which {@code *} stands for any characters. Matching never takes more than pattern times text steps. */
final class Glob {
    private Glob() {}

    /** Whether the text is as the glob says; every text is as null says, and no glob describes an absent text. */
    static boolean matches(@Nullable String glob, @Nullable String text, boolean ignoreCase) {
        if (glob == null) {
            return true;
        }
        if (text == null) {
            return false;
        }
        int star = glob.indexOf('*');
        if (star < 0) {
            return ignoreCase ? glob.equalsIgnoreCase(text) : glob.equals(text);
        }
        int lastStar = glob.lastIndexOf('*');
        int tail = glob.length() - lastStar - 1;
        if (star + tail > text.length()
                || !text.regionMatches(ignoreCase, 0, glob, 0, star)
                || !text.regionMatches(ignoreCase, text.length() - tail, glob, lastStar + 1, tail)) {
            return false;
        }
        return middle(glob.substring(star, lastStar + 1), text, star, text.length() - tail, ignoreCase);
    }

    /** Each piece between two stars is taken where it first occurs: a later place could only leave less for the rest. */
    private static boolean middle(String stars, String text, int from, int to, boolean ignoreCase) {
        int at = from;
        int piece = 1;
        while (piece < stars.length()) {
            int end = stars.indexOf('*', piece);
            int length = end - piece;
            while (at + length <= to && !text.regionMatches(ignoreCase, at, stars, piece, length)) {
                at++;
            }
            if (at + length > to) {
                return false;
            }
            at += length;
            piece = end + 1;
        }
        return true;
    }
}
