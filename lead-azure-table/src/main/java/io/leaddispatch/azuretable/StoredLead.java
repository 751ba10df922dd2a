package io.leaddispatch.azuretable;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import java.util.List;
import java.util.Map;

/** One row of the table: a lead, or what stands in its place. Prints no personal data; immutable. */
public sealed interface StoredLead {
    /** Which row it is. */
    RowId row();

    /** All its own columns as texts, by the names they have in the table; for people and programs that know more. */
    Map<String, String> columns();

    /**
     * A lead.
     *
     * @param row which row it is
     * @param lead the lead. Of a row that this library wrote it has the id that it was sent with, of any other an id
     *     made of the row's keys
     * @param columns all columns
     */
    record Read(RowId row, Lead lead, Map<String, String> columns) implements StoredLead {
        /** Copies the map. */
        public Read {
            columns = Map.copyOf(columns);
        }

        /** The row and the lead's id. */
        @Override
        public String toString() {
            return "Read[" + row.id() + ", " + lead + "]";
        }
    }

    /**
     * No lead: a person that is not JSON, or a lead that breaks the rules of leads.
     *
     * @param row which row it is
     * @param problems what is wrong and what to do, at least one
     * @param columns all columns as they are
     */
    record Unreadable(RowId row, List<Problem> problems, Map<String, String> columns) implements StoredLead {
        /** Copies list and map. */
        public Unreadable {
            problems = List.copyOf(problems);
            columns = Map.copyOf(columns);
        }

        /** The row and the codes. */
        @Override
        public String toString() {
            return "Unreadable[" + row.id() + ", "
                    + problems.stream().map(Problem::code).toList() + "]";
        }
    }
}
