package io.leaddispatch.azuretable;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a table has been read: a time of the service's clock, and the rows near it that are done. The caller keeps it,
 * as {@link #format} writes it. Immutable.
 *
 * @param mark all rows written before it are done; {@link Instant#EPOCH} at the beginning
 * @param done rows that are done, written shortly before the mark or after it: a fingerprint of keys and state, and when
 *     it was written
 */
public record TableCheckpoint(Instant mark, Map<String, Instant> done) {
    /** How long before the mark rows may still appear, since the service does not write in the order of its clock. */
    public static final Duration OVERLAP = Duration.ofSeconds(30);

    private static final String HEAD = "lead-table-checkpoint 1 ";

    /** Before the first row. */
    public static final TableCheckpoint BEGINNING = new TableCheckpoint(Instant.EPOCH, Map.of());

    /** Copies the map. */
    public TableCheckpoint {
        done = Collections.unmodifiableMap(new TreeMap<>(done));
    }

    /** Everything written before that time is done. */
    public static TableCheckpoint at(Instant time) {
        return new TableCheckpoint(time, Map.of());
    }

    /** From where rows are to be looked at again, or the epoch. */
    Instant from() {
        return mark.equals(Instant.EPOCH) ? mark : mark.minus(OVERLAP);
    }

    /** The row in this state; an edited row is another one. */
    static String fingerprint(RowId row) {
        return RowReading.digest(row.partition() + "\n" + row.key() + "\n" + row.etag(), 12);
    }

    /** A line with the mark, and one for each row; no personal data. */
    public String format() {
        StringBuilder text = new StringBuilder(HEAD).append(mark).append('\n');
        done.forEach((row, writtenAt) ->
                text.append(row).append(' ').append(writtenAt).append('\n'));
        return text.toString();
    }

    /**
     * Reads what {@link #format} wrote.
     *
     * @throws IllegalArgumentException if it is something else; the text is not quoted
     */
    public static TableCheckpoint parse(String text) {
        if (!text.startsWith(HEAD)) {
            throw new IllegalArgumentException("this is no checkpoint of a table");
        }
        String[] lines = text.substring(HEAD.length()).split("\n", -1);
        Map<String, Instant> done = new TreeMap<>();
        try {
            for (int i = 1; i < lines.length; i++) {
                int blank = lines[i].indexOf(' ');
                if (blank > 0) {
                    done.put(
                            lines[i].substring(0, blank),
                            Instant.parse(lines[i].substring(blank + 1).strip()));
                }
            }
            return new TableCheckpoint(Instant.parse(lines[0].strip()), done);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a time in this checkpoint cannot be read", e);
        }
    }

    /** The mark and how many rows. */
    @Override
    public String toString() {
        return "TableCheckpoint[" + mark + ", " + done.size() + " rows done]";
    }
}
