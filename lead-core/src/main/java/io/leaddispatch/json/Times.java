package io.leaddispatch.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Reads times in ISO 8601. The spelling that {@link Instant#toString()} has in our days is read here, because the JDK's
 * parser takes nearly half of the time for a whole lead; all others, and all that is wrong, by {@link Instant#parse}.
 */
final class Times {
    private static final String PATTERN = "0000-00-00T00:00:00";
    private static final int SECONDS_A_DAY = 86_400;

    private Times() {}

    /** The time, or null if the text is none. */
    static @Nullable Instant parse(String text) {
        try {
            Instant usual = isUsual(text) ? usual(text) : null;
            return usual != null ? usual : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean isUsual(String text) {
        int length = text.length();
        if (length <= PATTERN.length() || text.charAt(length - 1) != 'Z') {
            return false;
        }
        for (int i = 0; i < PATTERN.length(); i++) {
            char wanted = PATTERN.charAt(i);
            if (wanted == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != wanted) {
                return false;
            }
        }
        return length == PATTERN.length() + 1 || text.charAt(PATTERN.length()) == '.';
    }

    /** Null for what only the other can read: the end of a day as 24:00, more than nine digits of a fraction, nonsense. */
    private static @Nullable Instant usual(String text) {
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        int end = text.length() - 1;
        int fraction = end - PATTERN.length() - 1;
        if (hour > 23 || minute > 59 || second > 59 || fraction == 0 || fraction > 9) {
            return null;
        }
        int nanos = 0;
        for (int i = 0; i < 9 && fraction > 0; i++) {
            char c = i < fraction ? text.charAt(PATTERN.length() + 1 + i) : '0';
            if (!isDigit(c)) {
                return null;
            }
            nanos = 10 * nanos + c - '0';
        }
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        return Instant.ofEpochSecond(day * SECONDS_A_DAY + 3_600L * hour + 60L * minute + second, nanos);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
