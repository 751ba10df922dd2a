package io.leaddispatch.http;

import io.leaddispatch.Experimental;
import java.net.http.HttpHeaders;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Retry-After}: seconds, or a date in any of the three forms of HTTP, measured against the server's own
 * {@code Date} where it gives one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110, Retry-After</a>
 */
@Experimental
public final class RetryAfter {
    /** A longer wait is cut to this. */
    public static final Duration LONGEST = Duration.ofHours(1);

    private static final int MOST_DIGITS = 18;
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US);

    private RetryAfter() {}

    /** The moment named, on our clock: now for one in the past, at most {@link #LONGEST} ahead; null if unreadable. */
    public static @Nullable Instant read(HttpHeaders headers, Instant now) {
        List<String> values = headers.allValues("Retry-After");
        if (values.size() != 1) {
            return null;
        }
        String value = values.get(0).strip();
        Duration wait = isDigits(value) ? seconds(value) : untilDate(value, headers, now);
        if (wait == null) {
            return null;
        }
        Duration bounded = wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        return now.plus(bounded);
    }

    private static boolean isDigits(String value) {
        return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Duration seconds(String digits) {
        return digits.length() > MOST_DIGITS ? LONGEST : Duration.ofSeconds(Long.parseLong(digits));
    }

    private static @Nullable Duration untilDate(String value, HttpHeaders headers, Instant now) {
        Instant then = date(value, now);
        if (then == null) {
            return null;
        }
        Instant servers = headers.firstValue("Date").map(d -> date(d, now)).orElse(null);
        return Duration.between(servers != null ? servers : now, then);
    }

    private static @Nullable Instant date(String value, Instant now) {
        return Stream.of(DateTimeFormatter.RFC_1123_DATE_TIME, rfc850(now), ASCTIME)
                .map(form -> form.parseUnresolved(value, new ParsePosition(0)) == null ? null : parsed(form, value))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Instant parsed(DateTimeFormatter form, String value) {
        try {
            return form.parse(value, LocalDateTime::from).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) { // a date of this form that does not exist
            return null;
        }
    }

    /** Two digits of a year, which lie at most 50 years ahead. */
    private static DateTimeFormatter rfc850(Instant now) {
        LocalDate base = LocalDate.ofInstant(now, ZoneOffset.UTC).minusYears(49);
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, base)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US);
    }
}
