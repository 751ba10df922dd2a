package io.leaddispatch.salesforce;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A mapped value in the spelling that the field's type wants, as a recorded org took it: true, 42, 34.66,
 * 2020-08-30T05:49:48.000Z. What does not read as that type stays as it is, for the org to judge. Pure.
 */
final class FieldValue {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int LONGEST_NUMBER = 64;
    private static final int DATE = 10;

    private FieldValue() {}

    static Object of(String type, Object value) {
        return switch (type) {
            case "boolean" -> value instanceof String text ? truth(text) : value;
            case "int", "double", "currency", "percent", "long" -> value instanceof String text ? number(text) : value;
            case "datetime" -> value instanceof String text ? moment(text) : value;
            case "date" -> value instanceof String text ? day(text) : value;
            default -> value.toString();
        };
    }

    private static Object truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes" -> true;
            case "false", "0", "no" -> false;
            default -> text;
        };
    }

    private static Object number(String text) {
        try {
            return text.length() <= LONGEST_NUMBER ? new BigDecimal(text.strip()) : text;
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private static Object moment(String text) {
        try {
            Instant instant = text.strip().length() == DATE
                    ? LocalDate.parse(text.strip()).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text.strip()).toInstant();
            return MOMENT.format(instant);
        } catch (DateTimeException e) {
            return text;
        }
    }

    private static Object day(String text) {
        try {
            return text.strip().length() == DATE
                    ? LocalDate.parse(text.strip()).toString()
                    : OffsetDateTime.parse(text.strip())
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .toLocalDate()
                            .toString();
        } catch (DateTimeException e) {
            return text;
        }
    }
}
