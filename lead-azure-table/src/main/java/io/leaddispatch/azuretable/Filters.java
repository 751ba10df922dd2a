package io.leaddispatch.azuretable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Literals of filters. Pure.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/querying-tables-and-entities">Querying tables and
 *     entities</a>
 */
final class Filters {
    private Filters() {}

    /** A text; quotes are doubled, so that it cannot end the literal. */
    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** A time, to the millisecond before it: what lies between two times is found once, in one of two queries. */
    static String time(Instant value) {
        return "datetime'" + value.truncatedTo(ChronoUnit.MILLIS) + "'";
    }
}
