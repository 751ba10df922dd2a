package io.leaddispatch.json;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import java.util.List;
import java.util.Objects;

/** One entry of a file of leads: a lead, or what stands in its place. Prints no personal data; immutable. */
public sealed interface LeadEntry {

    /** The line in which the entry begins or, for a fault, the line of the fault; counted from 1. */
    int line();

    /**
     * A lead.
     *
     * @param line where it begins, counted from 1
     * @param lead the lead
     */
    record Read(int line, Lead lead) implements LeadEntry {
        /** Checks that there is a lead. */
        public Read {
            Objects.requireNonNull(lead, "lead");
        }
    }

    /**
     * No lead: not JSON, not a lead's JSON, or a lead that breaks the rules of leads. The entries behind it are read.
     *
     * @param line where the fault is, counted from 1
     * @param column counted from 1 in characters, or 0 if the fault is in no single place
     * @param problems what is wrong and what to do, at least one
     */
    record Faulty(int line, int column, List<Problem> problems) implements LeadEntry {
        /** Copies the list. */
        public Faulty {
            problems = List.copyOf(problems);
        }
    }
}
