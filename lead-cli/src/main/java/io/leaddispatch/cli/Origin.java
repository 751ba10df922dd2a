package io.leaddispatch.cli;

import io.leaddispatch.json.LeadEntry;

/**
 * Where an entry stands and what it says it comes from.
 *
 * @param line counted from 1, or 0 if unknown
 * @param column counted from 1, or 0 if it does not matter
 * @param source the lead's source, cut to what a table has room for; maybe empty
 */
record Origin(int line, int column, String source) {
    static final Origin UNKNOWN = new Origin(0, 0, "");

    private static final int MOST_CHARACTERS = 32;

    static Origin of(LeadEntry.Read read) {
        String source = read.lead().source().toString();
        return new Origin(
                read.line(),
                0,
                source.length() <= MOST_CHARACTERS ? source : source.substring(0, MOST_CHARACTERS - 3) + "...");
    }

    static Origin of(LeadEntry.Faulty faulty) {
        return new Origin(faulty.line(), faulty.column(), "");
    }

    /** The line and, where it matters, the column. */
    String place() {
        return line == 0 ? "" : column == 0 ? Integer.toString(line) : line + ":" + column;
    }
}
