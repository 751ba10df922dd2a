package io.leaddispatch.spi;

import io.leaddispatch.Lead;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The leads of one call: 1 to {@link Limits#batch()}, with one batch key and distinct serial keys. Immutable.
 *
 * @param leads at least one
 * @param deadline no request of the call may outlive it
 * @param suspect a larger call with these leads was refused as a whole
 */
public record LeadBatch(List<Lead> leads, Instant deadline, boolean suspect) {

    /** Copies the list and checks that it is not empty. */
    public LeadBatch {
        leads = List.copyOf(leads);
        Objects.requireNonNull(deadline, "deadline");
        if (leads.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one lead");
        }
    }

    /** How many leads there are, at least one. */
    public int size() {
        return leads.size();
    }

    /**
     * The lead of a batch of one.
     *
     * @throws IllegalStateException unless there is exactly one
     */
    public Lead only() {
        if (leads.size() != 1) {
            throw new IllegalStateException(leads.size() + " leads");
        }
        return leads.get(0);
    }
}
