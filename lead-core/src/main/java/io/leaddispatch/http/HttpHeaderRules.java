package io.leaddispatch.http;

import java.util.Set;
import java.util.TreeSet;

/** Checks headers before the JDK does: its own exception quotes the value, which may be a secret. */
final class HttpHeaderRules {
    private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

    /** What java.net.http sets itself. */
    private static final Set<String> RESTRICTED = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        RESTRICTED.addAll(Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding"));
    }

    private HttpHeaderRules() {}

    static void check(String name, String value) {
        if (!isToken(name)) {
            throw new IllegalArgumentException("a header name holds a character that is not allowed");
        }
        if (RESTRICTED.contains(name)) {
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

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isTokenCharacter(name.charAt(i))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isTokenCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || TOKEN_SIGNS.indexOf(c) >= 0;
    }
}
