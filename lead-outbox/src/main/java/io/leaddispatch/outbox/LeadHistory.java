package io.leaddispatch.outbox;

import io.leaddispatch.Confirmation;
import io.leaddispatch.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one lead at one destination. Holds no personal data. Immutable.
 *
 * @param destination where to
 * @param state where it stands
 * @param attempts answers and failures so far
 * @param confirmation how sure the delivery is, if it is delivered
 * @param recordId the record's id at the destination, if it gave one
 * @param notes what was cut or left out on the way, by field name
 * @param problem what the last attempt ran into, or why it was given up; null if nothing went wrong
 * @param mayExist for a dead letter: whether it may be at the destination all the same
 * @param storedAt when it was stored
 * @param changedAt when it last changed
 * @param dueAt for a waiting lead: not before then
 * @param failures the attempts that failed, the oldest first
 */
public record LeadHistory(
        String destination,
        State state,
        int attempts,
        @Nullable Confirmation confirmation,
        @Nullable String recordId,
        List<String> notes,
        @Nullable Problem problem,
        boolean mayExist,
        Instant storedAt,
        Instant changedAt,
        Instant dueAt,
        List<Failure> failures) {

    /** Copies the lists. */
    public LeadHistory {
        notes = List.copyOf(notes);
        failures = List.copyOf(failures);
    }

    /** Where a delivery stands. */
    public enum State {
        /** It waits for its turn or for another attempt. */
        WAITING,
        /** A process holds it. */
        LEASED,
        /** It is there. */
        DELIVERED,
        /** The destination refused it. */
        REJECTED,
        /** It was given up, or nobody knows. */
        DEAD
    }

    /**
     * An attempt that failed.
     *
     * @param number of the attempt, from 1
     * @param at when
     * @param code the problem's code
     * @param cause what happened
     * @param vendorCode the destination's own code, if it gave one
     */
    public record Failure(
            int number,
            Instant at,
            String code,
            String cause,
            @Nullable String vendorCode) {}
}
