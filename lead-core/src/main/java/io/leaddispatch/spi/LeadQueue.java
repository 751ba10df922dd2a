package io.leaddispatch.spi;

import io.leaddispatch.DispatchReport;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadId;
import io.leaddispatch.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where deliveries wait. Memory is the first implementation, lead-outbox the second; one contract test for both.
 *
 * <p>A <em>claim</em> is one lead at one destination, leased to this process until its lease ends or it is settled.
 * Safe for use by many threads.
 */
public interface LeadQueue extends AutoCloseable {

    /**
     * Stores one lead for all its destinations in one transaction. A lead that is already stored for a destination is
     * not stored again, whatever its content.
     *
     * @param lease born leased to this process for that long; null leaves the rows to whoever claims them
     * @return one answer per destination, in order
     * @throws LeadQueueException where it may matter whether the lead was stored all the same; others stored nothing
     * @throws InterruptedException if interrupted while waiting for the store; nothing is stored then
     */
    List<Stored> store(Lead lead, List<String> destinations, @Nullable Duration lease) throws InterruptedException;

    /**
     * As {@link #store(Lead, List, Duration)}, for a queue that keeps serial keys apart among several processes: of all
     * deliveries with one key, at whatever destination, one at most is leased or holds it ({@link Settlement.Later}).
     *
     * @param serialKeys the lead's key at each destination, in the same order; the lead's own id where nothing else
     *     excludes it. Two destinations have a key in common only if they share a gate
     * @implSpec Forgets the keys.
     */
    default List<Stored> store(Lead lead, List<String> destinations, List<String> serialKeys, @Nullable Duration lease)
            throws InterruptedException {
        return store(lead, destinations, lease);
    }

    /** At most so many due deliveries of that destination, oldest first, now leased to this process; maybe empty. */
    List<Claim> claim(String destination, int max, Duration lease);

    /**
     * Ends claims in one transaction. A claim whose lease was lost is left alone.
     *
     * @return how many were still ours (the fence)
     */
    int settle(List<Settlement> settlements);

    /**
     * Takes a delivery out that waits, leased or not, because its caller gave it up. Only queues that are not durable
     * are asked.
     *
     * @implSpec Returns false.
     * @return whether it was there
     */
    default boolean withdraw(Claim claim) {
        return false;
    }

    /**
     * Of these leads those whose delivery has ended, by this process or another, and how. The engine asks now and then
     * for what its callers wait for and others have.
     *
     * @implSpec Knows of none; callers then hear no more than that their lead is pending.
     */
    default Map<LeadId, DispatchReport.Outcome> outcomes(String destination, List<LeadId> leads) {
        return Map.of();
    }

    /**
     * How long a lease lasts at a time; the engine renews it while it needs it.
     *
     * @implSpec Returns 2 minutes.
     */
    default Duration lease() {
        return Duration.ofMinutes(2);
    }

    /** Leases the claims for that long from now; returns how many were still ours. */
    int renew(List<Claim> claims, Duration lease);

    /**
     * Notes that these leads are about to be sent to a destination that does not recognise repeats: should this process
     * die, whoever takes them over knows that they may be there ({@link Claim#maybeSent}).
     *
     * @implSpec Returns their number.
     * @return how many were still ours; the call must not be made unless all were
     */
    default int begin(List<Claim> claims) {
        return claims.size();
    }

    /**
     * Takes one of the calls that all processes together may make through a gate.
     *
     * @param longest how long the call takes at most; the permit comes back by itself a window after that
     * @implSpec Grants it.
     */
    default Permit permit(String gate, Limits.Rate rate, Duration longest) {
        return Permit.UNCOUNTED;
    }

    /**
     * The call is over: its permit is free again one window from now.
     *
     * @implSpec Does nothing.
     */
    default void callEnded(Permit permit, Limits.Rate rate) {}

    /**
     * Calls the listener, quickly, whenever this process has stored something that is not leased.
     *
     * @implSpec Never calls it.
     */
    default void whenWork(Runnable listener) {}

    /** Says to all processes that a gate is paused; {@code until} null holds it until it is paused until now. */
    void pause(String gate, @Nullable Instant until, Problem why);

    /** Pauses in force, by gate; a held gate has {@link Instant#MAX}. */
    Map<String, Instant> pauses();

    /**
     * Waits until there may be something to claim.
     *
     * @return whether there may be; false after {@code atMost}
     * @throws InterruptedException if interrupted meanwhile; nothing is claimed
     */
    boolean awaitWork(String destination, Duration atMost) throws InterruptedException;

    /** Deliveries of that destination that wait here and are not leased. */
    long waiting(String destination);

    /** Whether what is stored survives this process. */
    boolean durable();

    /** Ends the queue; leases of this process are given back. Idempotent. */
    @Override
    void close();

    /**
     * What became of storing a lead for one destination.
     *
     * @param isNew false if it was there before
     * @param claim the lease, if it was asked for and the row is new; null also if another lead with its serial key is
     *     leased
     * @param known what is known of a lead that was there before, if anything; else null
     */
    record Stored(boolean isNew, @Nullable Claim claim, DispatchReport.@Nullable Outcome known) {
        /** Without anything known. */
        public Stored(boolean isNew, @Nullable Claim claim) {
            this(isNew, claim, null);
        }
    }

    /**
     * One delivery leased to this process.
     *
     * @param id the queue's own key of the delivery
     * @param token fences off a worker whose lease was lost
     * @param destination where to
     * @param lead the lead
     * @param attempts attempts made so far
     * @param storedAt when it was stored
     * @param maybeSent whether a process that died may have sent it
     */
    record Claim(
            long id, long token, String destination, Lead lead, int attempts, Instant storedAt, boolean maybeSent) {
        /** A claim on what nobody has sent. */
        public Claim(long id, long token, String destination, Lead lead, int attempts, Instant storedAt) {
            this(id, token, destination, lead, attempts, storedAt, false);
        }
    }

    /**
     * Whether a call may be made.
     *
     * @param gate the gate
     * @param slot which of its permits, or negative if none was free or none is counted
     * @param token fences off whoever held it before
     * @param delay null if it was granted; else the time until one may be free, positive
     */
    record Permit(
            String gate, int slot, long token, @Nullable Duration delay) {
        /** Granted, and nobody counts. */
        public static final Permit UNCOUNTED = new Permit("", -1, 0, null);
    }

    /** How a claim ends. */
    sealed interface Settlement {
        /** The claim that ends. */
        Claim claim();

        /**
         * Delivered.
         *
         * @param claim the claim that ends
         * @param result what the destination said
         */
        record Done(Claim claim, DeliveryResult.Delivered result) implements Settlement {}

        /**
         * To be tried again.
         *
         * @param claim the claim that ends
         * @param at not before then
         * @param problem why
         * @param countAttempt whether it cost an attempt
         * @param holdKey whether its serial key stays busy until it is claimed again: what it started at the
         *     destination may still be under way
         */
        record Later(Claim claim, Instant at, Problem problem, boolean countAttempt, boolean holdKey)
                implements Settlement {
            /** One whose key is free meanwhile. */
            public Later(Claim claim, Instant at, Problem problem, boolean countAttempt) {
                this(claim, at, problem, countAttempt, false);
            }
        }

        /**
         * Given up: a dead letter where there are any.
         *
         * @param claim the claim that ends
         * @param problem why
         * @param rejected whether the destination refused the lead itself
         * @param mayExist whether the lead may be at the destination
         */
        record Dead(Claim claim, Problem problem, boolean rejected, boolean mayExist) implements Settlement {}

        /**
         * Given back untouched: another process may have it at once.
         *
         * @param claim the claim that ends
         */
        record Released(Claim claim) implements Settlement {}
    }
}
