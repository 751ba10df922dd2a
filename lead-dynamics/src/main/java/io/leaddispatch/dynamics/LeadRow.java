package io.leaddispatch.dynamics;

import io.leaddispatch.Lead;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One lead as a row of the table {@code lead}. Immutable.
 *
 * @param id the row's key, not among the columns
 * @param columns text, number or boolean by column, never null, in order
 * @param notes what was cut or moved, by column
 * @param tooLong what is too long and may not be cut; the lead is to be rejected unless this is empty
 * @param personal values that must not appear in a message
 */
record LeadRow(UUID id, Map<String, Object> columns, List<String> notes, List<String> tooLong, List<String> personal) {
    LeadRow {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        notes = List.copyOf(notes);
        tooLong = List.copyOf(tooLong);
        personal = List.copyOf(personal);
    }

    /** Whether a column says that the customer is not to be contacted. */
    boolean forbidsContact() {
        return LeadColumns.DO_NOT_CONTACT.stream().anyMatch(column -> Boolean.TRUE.equals(columns.get(column)));
    }

    /**
     * What of a lead no message may show: its values, and what its row makes of them, which may be cut or derived. Not its
     * source, whole or cut, nor the words that stand for what it does not have.
     */
    static List<String> personal(Lead lead, Map<String, Object> columns) {
        Set<String> values = new LinkedHashSet<>(lead.contact().present().values());
        if (lead.description() != null) {
            values.add(lead.description());
        }
        values.addAll(lead.attributes().values());
        String source = lead.source().format();
        for (Object value : columns.values()) {
            if (value instanceof String text) {
                text.lines()
                        .map(LeadRow::withoutMark)
                        .filter(line ->
                                !line.isEmpty() && !source.startsWith(line) && !LeadRecord.FILLERS.contains(line))
                        .forEach(values::add);
            }
        }
        return List.copyOf(values);
    }

    private static String withoutMark(String line) {
        return (line.endsWith(LeadRecord.CUT_MARK) ? line.substring(0, line.length() - 1) : line).strip();
    }
}
