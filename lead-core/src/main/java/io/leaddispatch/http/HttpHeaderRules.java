package io.leaddispatch.http;

import java.util.Locale;
import java.util.Set;

/** Checks headers before the JDK does: its own exception quotes the value, which may be a secret. */
final class HttpHeaderRules {
    private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

    /** What java.net.http sets itself. */
    private static final Set<String> RESTRICTED =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

    private HttpHeaderRules() {}

    static void check(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(HttpHeaderRules::isTokenCharacter)) {
            throw new IllegalArgumentException("a header name holds a character that is not allowed");
        }
        if (RESTRICTED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("header " + name + " is set by the HTTP client itself: take it out");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException("the value of header " + name
                        + " holds a line break or a character beyond ASCII, at position " + (i + 1));
            }
        }
    }

    private static boolean isTokenCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || TOKEN_SIGNS.indexOf(c) >= 0;
    }
}
