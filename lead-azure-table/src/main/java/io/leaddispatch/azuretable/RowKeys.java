package io.leaddispatch.azuretable;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.leaddispatch.Lead;
import io.leaddispatch.LeadId;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a lead's row is: the partition of its own day, newest first within it. Pure, and reversible: the same lead has
 * the same keys in every attempt, and its id can be read from them. Never made of personal data, since keys stand in
 * addresses and logs.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model">
 *     Characters disallowed in keys</a>
 */
final class RowKeys {
    /** The partition of leads that do not say when they came about. */
    static final String UNDATED = "undated";

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern DAYS = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern DATED_ROWS = Pattern.compile("\\d{15}-(.+)");
    private static final String KEPT = "._~@+-";

    private RowKeys() {}

    static String partition(Lead lead) {
        Instant created = dated(lead);
        return created == null ? UNDATED : DAY.format(created);
    }

    static String row(Lead lead) {
        Instant created = dated(lead);
        String id = escaped(lead.id().value());
        return created == null
                ? id
                : String.format(Locale.ROOT, "%015d-%s", LAST.toEpochMilli() - created.toEpochMilli(), id);
    }

    /** When it came about, or null if it does not say or says a year that these keys have no place for. */
    private static @Nullable Instant dated(Lead lead) {
        Instant created = lead.createdAt();
        return created == null || created.isBefore(FIRST) || created.isAfter(LAST) ? null : created;
    }

    /** The lead's id, if these are keys as made here; else null. */
    static @Nullable LeadId leadId(String partition, String row) {
        String id = row;
        if (!partition.equals(UNDATED)) {
            Matcher dated = DATED_ROWS.matcher(row);
            if (!DAYS.matcher(partition).matches() || !dated.matches()) {
                return null;
            }
            id = dated.group(1);
        }
        String plain = unescaped(id);
        return plain != null && LeadId.isValid(plain) ? new LeadId(plain) : null;
    }

    /** Letters, digits and some signs as they are; any other character as a colon and two hexadecimal digits. */
    static String escaped(String id) {
        StringBuilder text = new StringBuilder(id.length() + 8);
        for (byte b : id.getBytes(US_ASCII)) {
            if (isKept(b)) {
                text.append((char) b);
            } else {
                text.append(String.format(Locale.ROOT, ":%02X", b));
            }
        }
        return text.toString();
    }

    private static @Nullable String unescaped(String key) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c != ':') {
                if (!isKept(c)) {
                    return null;
                }
                bytes.write(c);
                continue;
            }
            if (i + 2 >= key.length() || !isHex(key.charAt(i + 1)) || !isHex(key.charAt(i + 2))) {
                return null;
            }
            bytes.write(Integer.parseInt(key, i + 1, i + 3, 16));
            i += 2;
        }
        return bytes.toString(US_ASCII);
    }

    private static boolean isKept(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || KEPT.indexOf(c) >= 0;
    }

    private static boolean isHex(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'F';
    }
}
