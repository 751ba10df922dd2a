package io.leaddispatch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of one lead, per destination. Holds no personal data. Immutable; safe for use by many threads.
 *
 * @param leadId the lead's id
 * @param outcomes by name of destination, in the order of the route; empty if no destination wanted the lead
 */
public record DispatchReport(LeadId leadId, Map<String, Outcome> outcomes) {

    /** Copies the map. */
    public DispatchReport {
        Objects.requireNonNull(leadId, "leadId");
        outcomes = outcomes.size() == 1
                ? Map.copyOf(outcomes)
                : Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    }

    /** Whether no route led anywhere: nothing was sent. */
    public boolean isUnrouted() {
        return outcomes.isEmpty();
    }

    /** Whether nothing is left to do for the caller: everywhere delivered, suppressed, or durably stored. */
    public boolean isSettled() {
        return !isUnrouted()
                && outcomes.values().stream()
                        .allMatch(o -> o instanceof Outcome.Delivered
                                || o instanceof Outcome.Suppressed
                                || o instanceof Outcome.Pending);
    }

    /**
     * The outcome at one destination.
     *
     * @throws IllegalArgumentException if the lead was not routed there
     */
    public Outcome at(String destination) {
        Outcome outcome = outcomes.get(destination);
        if (outcome == null) {
            throw new IllegalArgumentException("not routed to " + destination + ", only to " + outcomes.keySet());
        }
        return outcome;
    }

    /** What became of one lead at one destination. */
    public sealed interface Outcome {

        /**
         * It is there.
         *
         * @param confirmation how sure that is
         * @param recordId the record's id at the destination, if it gave one
         * @param notes what was changed, cut or left out, by field name
         * @param attempts calls made for it, at least 1
         */
        record Delivered(
                Confirmation confirmation, @Nullable String recordId, List<String> notes, int attempts)
                implements Outcome {
            /** Copies the notes. */
            public Delivered {
                notes = List.copyOf(notes);
            }
        }

        /**
         * The destination refuses this lead, now and always.
         *
         * @param problem why, and what to do
         * @param attempts calls made for it
         */
        record Rejected(Problem problem, int attempts) implements Outcome {}

        /**
         * A rule of the host kept it back.
         *
         * @param reason which rule, and why
         */
        record Suppressed(Problem reason) implements Outcome {}

        /**
         * Durably stored, still to come. Only with an outbox.
         *
         * @param problem what it waits for, or null if it was not tried yet
         * @param attempts attempts so far
         */
        record Pending(@Nullable Problem problem, int attempts) implements Outcome {}

        /**
         * Given up, or the outcome is unknown: the caller still owns it; with an outbox it is a dead letter.
         *
         * @param problem why, and what to do
         * @param attempts attempts made
         * @param mayExist whether it may be at the destination all the same
         */
        record Undelivered(Problem problem, int attempts, boolean mayExist) implements Outcome {}
    }
}
