package io.leaddispatch.outbox;

import io.leaddispatch.LeadId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; null means any. Start from {@link #ALL}. Immutable.
 *
 * @param id that one
 * @param lead those of that lead
 * @param destination those for that destination
 * @param code those with that problem
 * @param since those that died then or later
 * @param until those that died before
 */
public record DeadLetterQuery(
        @Nullable Long id,
        @Nullable LeadId lead,
        @Nullable String destination,
        @Nullable String code,
        @Nullable Instant since,
        @Nullable Instant until) {

    /** All of them. */
    public static final DeadLetterQuery ALL = new DeadLetterQuery(null, null, null, null, null, null);

    /** Only that one. */
    public DeadLetterQuery withId(@Nullable Long only) {
        return new DeadLetterQuery(only, lead, destination, code, since, until);
    }

    /** Only those of that lead. */
    public DeadLetterQuery withLead(@Nullable LeadId only) {
        return new DeadLetterQuery(id, only, destination, code, since, until);
    }

    /** Only those for that destination. */
    public DeadLetterQuery withDestination(@Nullable String only) {
        return new DeadLetterQuery(id, lead, only, code, since, until);
    }

    /** Only those with that problem. */
    public DeadLetterQuery withCode(@Nullable String only) {
        return new DeadLetterQuery(id, lead, destination, only, since, until);
    }

    /** Only those that died in that period, its end excluded. */
    public DeadLetterQuery during(@Nullable Instant from, @Nullable Instant to) {
        return new DeadLetterQuery(id, lead, destination, code, from, to);
    }

    String condition() {
        return (id == null ? "" : " and id = :id")
                + (lead == null ? "" : " and lead_id = :lead")
                + (destination == null ? "" : " and destination = :destination")
                + (code == null ? "" : " and code = :code")
                + (since == null ? "" : " and changed_at >= :since")
                + (until == null ? "" : " and changed_at < :until");
    }

    Values values() {
        return Values.of("id", id)
                .with("lead", lead == null ? null : lead.value())
                .with("destination", destination)
                .with("code", code)
                .with("since", since == null ? null : (Object) since.toEpochMilli())
                .with("until", until == null ? null : (Object) until.toEpochMilli());
    }
}
