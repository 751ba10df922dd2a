package io.leaddispatch;

import java.util.Objects;

/**
 * The stable key of a lead: the same in every attempt, process and restart, and the idempotency key at every
 * destination that has one.
 *
 * <p>Immutable; safe for use by many threads.
 *
 * @param value 1 to {@value #MAX_LENGTH} printable ASCII characters without a blank; compared to the letter. Not
 *     personal data: it is logged
 */
public record LeadId(String value) {
    /** The longest id, in characters. */
    public static final int MAX_LENGTH = 128;

    /** @throws IllegalArgumentException if the value is empty, too long, or holds a blank or anything beyond ASCII */
    public LeadId {
        Objects.requireNonNull(value, "value");
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "a lead id is 1 to " + MAX_LENGTH + " printable ASCII characters without a blank");
        }
    }

    /** As the constructor. */
    public static LeadId of(String value) {
        return new LeadId(value);
    }

    /** Whether the text may be an id. */
    public static boolean isValid(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_LENGTH;
    }

    /** As that of the value: ids are keys wherever leads wait. */
    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The value. */
    @Override
    public String toString() {
        return value;
    }
}
