package io.leaddispatch.cli;

import io.leaddispatch.azuretable.TableCheckpoint;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far a relay got. Immutable; its text holds no personal data.
 *
 * @param of which rows it is about, as {@link #of} says; null in files of the first form
 * @param partly rows of which some destinations have the lead and others do not yet, and those that need it no more
 * @param table how far the table was read
 */
record RelayState(@Nullable String of, Map<String, Set<String>> partly, TableCheckpoint table) {
    private static final String HEAD = "lead-relay 1 ";
    private static final String PARTLY = "partly ";

    RelayState {
        partly = Collections.unmodifiableMap(new TreeMap<>(partly));
    }

    /** The words for rows of that table, and what is left out of them; in one line. */
    static String of(String table, @Nullable String offer, boolean withoutTests) {
        return "table " + table + (offer == null ? ", all offers" : ", offer " + offer.replaceAll("\\p{Cntrl}", "?"))
                + (withoutTests ? ", without test leads" : ", with test leads");
    }

    String format() {
        StringBuilder text = new StringBuilder();
        if (of != null) {
            text.append(HEAD).append(of).append('\n');
        }
        partly.forEach((row, destinations) -> text.append(PARTLY)
                .append(row)
                .append(' ')
                .append(String.join(" ", destinations))
                .append('\n'));
        return text.append(table.format()).toString();
    }

    /**
     * Reads what {@link #format} wrote.
     *
     * @throws IllegalArgumentException if it is something else; the text is not quoted
     */
    static RelayState parse(String text) {
        String of = null;
        Map<String, Set<String>> partly = new TreeMap<>();
        String rest = text;
        for (int end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
            String line = rest.substring(0, end).stripTrailing();
            if (line.startsWith(HEAD)) {
                of = line.substring(HEAD.length());
            } else if (line.startsWith(PARTLY)) {
                String[] words = line.split(" ", -1);
                Set<String> destinations = new TreeSet<>();
                for (int i = 2; i < words.length; i++) {
                    destinations.add(words[i]);
                }
                partly.put(words[1], destinations);
            } else {
                break;
            }
            rest = rest.substring(end + 1);
        }
        return new RelayState(of, partly, TableCheckpoint.parse(rest));
    }
}
