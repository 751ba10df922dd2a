package io.leaddispatch.https;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** A key in the query of a URL, compared in a time that tells nothing. Pure. */
final class UrlKey {
    private static final String NAME = "key=";

    private UrlKey() {}

    /** Whether a parameter {@code key} of the raw query has that value. */
    static boolean isIn(@Nullable String query, String expected) {
        boolean found = false;
        if (expected.isEmpty()) { // a file that was emptied opens no door
            return false;
        }
        for (String parameter : (query == null ? "" : query).split("&", -1)) {
            if (parameter.startsWith(NAME)) {
                found |= MessageDigest.isEqual(digest(expected), digest(decoded(parameter.substring(NAME.length()))));
            }
        }
        return found;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) { // a stray percent sign
            return text;
        }
    }

    /** Of one length for all, so that the length of the key is not told either. */
    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
