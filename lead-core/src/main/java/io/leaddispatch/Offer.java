package io.leaddispatch;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The offer part of a lead source: an id {@code publisher.offer}, or a title (test leads carry one).
 *
 * <p>Ids are compared as opaque text. Immutable; safe for use by many threads.
 *
 * @param text as it stands in the lead source, never blank
 */
public record Offer(String text) {
    /** Checks that there is a text. */
    public Offer {
        Objects.requireNonNull(text, "text");
        if (text.isBlank()) {
            throw new IllegalArgumentException("an offer needs a text");
        }
    }

    /** Whether the text is an id: a publisher id, a dot and an offer id of letters, digits, {@code _ - .} */
    public boolean isId() {
        int dot = text.indexOf('.');
        if (dot < 1 || dot + 1 == text.length() || text.charAt(dot + 1) == '.') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(isWordCharacter(c) || c == '.' && i >= dot)) {
                return false;
            }
        }
        return true;
    }

    /** The part before the first dot of an id, or null for a title. */
    public @Nullable String publisher() {
        return isId() ? text.substring(0, text.indexOf('.')) : null;
    }

    /** The part behind the first dot of an id, or null for a title. */
    public @Nullable String offerId() {
        return isId() ? text.substring(text.indexOf('.') + 1) : null;
    }

    private static boolean isWordCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    /** The text. */
    @Override
    public String toString() {
        return text;
    }
}
