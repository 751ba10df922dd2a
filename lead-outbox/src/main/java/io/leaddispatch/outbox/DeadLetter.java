package io.leaddispatch.outbox;

import io.leaddispatch.LeadId;
import io.leaddispatch.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that was refused or given up. Holds no personal data. Immutable.
 *
 * @param id the outbox's own number of the delivery
 * @param lead the lead's id
 * @param destination where it was to go
 * @param problem why it is here
 * @param rejected whether the destination refused the lead itself
 * @param mayExist whether it may be at the destination all the same
 * @param attempts answers and failures of the destination
 * @param storedAt when it was stored
 * @param diedAt when it became a dead letter
 */
public record DeadLetter(
        long id,
        LeadId lead,
        String destination,
        @Nullable Problem problem,
        boolean rejected,
        boolean mayExist,
        int attempts,
        Instant storedAt,
        Instant diedAt) {}
