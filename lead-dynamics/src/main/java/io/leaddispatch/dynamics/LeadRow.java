package io.leaddispatch.dynamics;

import io.leaddispatch.Lead;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** What of a lead no message may show. */
    static List<String> personal(Lead lead) {
        List<String> values = new ArrayList<>(lead.contact().present().values());
        if (lead.description() != null) {
            values.add(lead.description());
        }
        values.addAll(lead.attributes().values());
        return values;
    }
}
