package io.leaddispatch.spi;

import io.leaddispatch.Confirmation;
import io.leaddispatch.Problem;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the destination says of one lead. Each kind is exactly one thing the lane does. All kinds are immutable. */
public sealed interface DeliveryResult {

    /**
     * Final: the lead is there.
     *
     * @param confirmation how sure that is
     * @param recordId the record's id at the destination, if it gave one
     * @param notes what was cut or left out, by field name, never by value
     */
    record Delivered(Confirmation confirmation, @Nullable String recordId, List<String> notes)
            implements DeliveryResult {
        /** Copies the notes. */
        public Delivered {
            Objects.requireNonNull(confirmation, "confirmation");
            notes = List.copyOf(notes);
        }
    }

    /**
     * Final: this lead is refused, now and always.
     *
     * @param problem why
     */
    record Rejected(Problem problem) implements DeliveryResult {
        /** Checks that there is a problem. */
        public Rejected {
            Objects.requireNonNull(problem, "problem");
        }
    }

    /**
     * This lead later; costs an attempt.
     *
     * @param problem why
     * @param notBefore the lead, and others with its serial key, wait at least until then; null for a backoff alone
     */
    record Retry(Problem problem, @Nullable Instant notBefore) implements DeliveryResult {
        /** Checks that there is a problem. */
        public Retry {
            Objects.requireNonNull(problem, "problem");
        }
    }

    /**
     * Nobody to this destination for a while; costs no attempt.
     *
     * @param problem why
     * @param until the end of the pause; null holds the destination, which is then probed with one lead at a growing
     *     interval
     */
    record Pause(Problem problem, @Nullable Instant until) implements DeliveryResult {
        /** Checks that there is a problem. */
        public Pause {
            Objects.requireNonNull(problem, "problem");
        }
    }

    /**
     * Certainly not executed, because of size or of another lead; at once again, in a smaller call; costs no attempt.
     *
     * @param problem why
     */
    record NotExecuted(Problem problem) implements DeliveryResult {
        /** Checks that there is a problem. */
        public NotExecuted {
            Objects.requireNonNull(problem, "problem");
        }
    }

    /**
     * Sent, answer lost, a repeat may write twice.
     *
     * @param problem why
     */
    record Unknown(Problem problem) implements DeliveryResult {
        /** Checks that there is a problem. */
        public Unknown {
            Objects.requireNonNull(problem, "problem");
        }
    }

    /** Delivered, without a record id and without notes. */
    static DeliveryResult delivered(Confirmation how) {
        return new Delivered(how, null, List.of());
    }

    /** The same result for every lead of the batch. */
    static List<DeliveryResult> all(LeadBatch batch, DeliveryResult one) {
        return Collections.nCopies(batch.size(), one);
    }
}
