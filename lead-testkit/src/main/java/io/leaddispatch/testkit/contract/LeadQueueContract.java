package io.leaddispatch.testkit.contract;

import io.leaddispatch.spi.LeadQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every {@link LeadQueue} keeps to. Extend it, open the queue, and run it with JUnit. The time of these tests is the
 * real one; they wait for what they expect, and never for so long.
 */
public abstract class LeadQueueContract {
    private static final System.Logger LOG = System.getLogger(LeadQueueContract.class.getName());

    /** For those who extend it. */
    protected LeadQueueContract() {}

    /** A queue over a store that is empty, with room for 1,000 deliveries. The contract closes it. */
    protected abstract LeadQueue open() throws Exception;

    /**
     * Another queue over the same store as the last {@link #open}, as another process has it. The contract closes it.
     *
     * @implSpec Throws: declare that {@link QueueGroup#DURABILITY} does not apply, or return a queue.
     */
    protected LeadQueue openAgain() throws Exception {
        throw new UnsupportedOperationException("override openAgain, or declare that DURABILITY does not apply");
    }

    /** The groups that do not apply, with the reason of each; they are skipped, and the reason is printed. */
    protected Map<QueueGroup, String> doesNotApply() {
        return Map.of();
    }

    /** What the queue's clock shows; by default the system's. */
    protected Instant now() throws Exception {
        return Instant.now();
    }

    /** How much later than it should be something may happen on a busy machine; by default 15 s. */
    protected Duration patience() {
        return Duration.ofSeconds(15);
    }

    /** One rule. */
    @FunctionalInterface
    interface Check {
        void on(QueueBench bench) throws Exception;
    }

    private void check(QueueGroup group, Check check) throws Exception {
        String reason = doesNotApply().get(group);
        if (reason != null) {
            String said = group + " does not apply to " + getClass().getSimpleName() + ": " + reason;
            LOG.log(System.Logger.Level.INFO, said);
            Assumptions.abort(said);
        }
        try (QueueBench bench = new QueueBench(this)) {
            check.on(bench);
        }
    }

    @Test
    void aLeadIsStoredOnce() throws Exception {
        check(QueueGroup.STORING, StoringChecks::once);
    }

    @Test
    void aLeadIsStoredForAllItsDestinations() throws Exception {
        check(QueueGroup.STORING, StoringChecks::all);
    }

    @Test
    void aDeliveryIsBornLeasedWhereThatIsAskedFor() throws Exception {
        check(QueueGroup.STORING, StoringChecks::bornLeased);
    }

    @Test
    void aLeadComesBackAsItWas() throws Exception {
        check(QueueGroup.STORING, StoringChecks::whole);
    }

    @Test
    void theOldestIsClaimedFirst() throws Exception {
        check(QueueGroup.CLAIMING, StoringChecks::oldestFirst);
    }

    @Test
    void aClaimIsOfItsDestinationAlone() throws Exception {
        check(QueueGroup.CLAIMING, StoringChecks::ownDestination);
    }

    @Test
    void waitingCountsWhatIsNotLeased() throws Exception {
        check(QueueGroup.CLAIMING, StoringChecks::waiting);
    }

    @Test
    void whatIsDoneOrDeadIsNotClaimedAgain() throws Exception {
        check(QueueGroup.SETTLING, SettlingChecks::ends);
    }

    @Test
    void onlyTrueEndsAreTold() throws Exception {
        check(QueueGroup.SETTLING, SettlingChecks::outcomes);
    }

    @Test
    void whatIsReleasedIsClaimedAtOnce() throws Exception {
        check(QueueGroup.SETTLING, SettlingChecks::released);
    }

    @Test
    void whatIsForLaterWaitsUntilThen() throws Exception {
        check(QueueGroup.SETTLING, SettlingChecks::later);
    }

    @Test
    void onlyWhatCostsAnAttemptCountsOne() throws Exception {
        check(QueueGroup.SETTLING, SettlingChecks::attempts);
    }

    @Test
    void aLostClaimSettlesNothing() throws Exception {
        check(QueueGroup.FENCE, SettlingChecks::fence);
    }

    @Test
    void aLostClaimRenewsNothing() throws Exception {
        check(QueueGroup.FENCE, SettlingChecks::renewFence);
    }

    @Test
    void aLeaseEndsByItself() throws Exception {
        check(QueueGroup.LEASES, SettlingChecks::leaseEnds);
    }

    @Test
    void aRenewedLeaseLasts() throws Exception {
        check(QueueGroup.LEASES, SettlingChecks::renewed);
    }

    @Test
    void aCallerTakesOutWhatItGaveUp() throws Exception {
        check(QueueGroup.WITHDRAWING, SettlingChecks::withdrawn);
    }

    @Test
    void pausesAreKeptByGate() throws Exception {
        check(QueueGroup.PAUSES, QueueWaitChecks::pauses);
    }

    @Test
    void waitingForWorkEndsWhenThereIsSome() throws Exception {
        check(QueueGroup.AWAITING, QueueWaitChecks::wakes);
    }

    @Test
    void waitingForWorkEndsInTime() throws Exception {
        check(QueueGroup.AWAITING, QueueWaitChecks::endsInTime);
    }

    @Test
    void waitingForWorkEndsOnInterruption() throws Exception {
        check(QueueGroup.AWAITING, QueueWaitChecks::interrupted);
    }

    @Test
    void claimersAtOnceNeverShareADelivery() throws Exception {
        check(QueueGroup.CONCURRENCY, QueueCrowdChecks::claimers);
    }

    @Test
    void storersAtOnceStoreALeadOnce() throws Exception {
        check(QueueGroup.CONCURRENCY, QueueCrowdChecks::storers);
    }

    @Test
    void whatIsStoredSurvivesAndIsShared() throws Exception {
        check(QueueGroup.DURABILITY, QueueCrowdChecks::survives);
    }

    @Test
    void claimersOfTwoProcessesNeverShareADelivery() throws Exception {
        check(QueueGroup.DURABILITY, QueueCrowdChecks::processes);
    }

    @Test
    void closingGivesLeasesBack() throws Exception {
        check(QueueGroup.DURABILITY, QueueCrowdChecks::givesBack);
    }

    @Test
    void closingTwiceIsClosingOnceAndWakesWhoWaits() throws Exception {
        check(QueueGroup.CLOSING, QueueWaitChecks::closed);
    }
}
