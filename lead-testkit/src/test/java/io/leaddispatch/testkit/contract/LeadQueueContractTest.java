package io.leaddispatch.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.spi.LeadQueue;
import io.leaddispatch.testkit.contract.SharedQueue.Flaw;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For each rule a wrong queue fails it, and nothing else where that can be. */
class LeadQueueContractTest {
    private static Flaw flaw = Flaw.NONE;

    @Test
    void aRightQueuePasses() {
        flaw = Flaw.NONE;
        ContractRun run = ContractRun.of(Tried.class, name -> true);
        assertThat(run.failed()).as("%s", run).isEmpty();
        assertThat(run.aborted()).isEmpty();
        assertThat(run.passed()).hasSameSizeAs(LeadDestinationContractTest.tests(LeadQueueContract.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void aWrongQueueFailsItsTest(Wrong<Flaw> wrong) {
        flaw = wrong.subject();
        ContractRun run = ContractRun.of(Tried.class, name -> true);
        if (wrong.only()) {
            assertThat(run.failed()).as("%s", run).containsExactlyInAnyOrderElementsOf(wrong.failing());
        } else {
            assertThat(run.failed()).as("%s", run).containsAll(wrong.failing());
        }
    }

    @Test
    void everyRuleIsFailedBySomeWrongQueue() {
        Set<String> failed = wrong().stream()
                .flatMap(wrong -> wrong.failing().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(failed).containsExactlyElementsOf(LeadDestinationContractTest.tests(LeadQueueContract.class));
    }

    @Test
    void everyFlawIsFound() {
        assertThat(wrong().stream().map(Wrong::subject).collect(Collectors.toSet()))
                .hasSize(Flaw.values().length - 1)
                .doesNotContain(Flaw.NONE);
    }

    static List<Wrong<Flaw>> wrong() {
        return List.of(
                also(Flaw.STORES_TWICE, "aLeadIsStoredOnce"),
                only(Flaw.FORGETS_A_DESTINATION, "aLeadIsStoredForAllItsDestinations"),
                also(Flaw.BORN_FREE, "aDeliveryIsBornLeasedWhereThatIsAskedFor"),
                also(Flaw.FORGETS_FIELDS, "aLeadComesBackAsItWas"),
                also(Flaw.NEWEST_FIRST, "theOldestIsClaimedFirst"),
                also(Flaw.GIVES_TO_ANYBODY, "aClaimIsOfItsDestinationAlone"),
                also(Flaw.COUNTS_LEASED, "waitingCountsWhatIsNotLeased"),
                also(Flaw.GIVES_DONE_AGAIN, "whatIsDoneOrDeadIsNotClaimedAgain"),
                only(Flaw.TELLS_TOO_SOON, "onlyTrueEndsAreTold"),
                also(Flaw.LOSES_WHAT_IS_RELEASED, "whatIsReleasedIsClaimedAtOnce"),
                only(Flaw.TOO_EARLY, "whatIsForLaterWaitsUntilThen"),
                only(Flaw.COUNTS_EVERYTHING, "onlyWhatCostsAnAttemptCountsOne"),
                also(Flaw.NO_FENCE, "aLostClaimSettlesNothing"),
                only(Flaw.RENEWS_ANYTHING, "aLostClaimRenewsNothing"),
                also(Flaw.LEASES_FOR_EVER, "aLeaseEndsByItself"),
                only(Flaw.NO_RENEWAL, "aRenewedLeaseLasts"),
                only(Flaw.NEVER_WITHDRAWS, "aCallerTakesOutWhatItGaveUp"),
                only(Flaw.FORGETS_PAUSES, "pausesAreKeptByGate"),
                only(Flaw.SLEEPS_ON, "waitingForWorkEndsWhenThereIsSome"),
                also(Flaw.ALWAYS_WORK, "waitingForWorkEndsInTime"),
                only(Flaw.DEAF, "waitingForWorkEndsOnInterruption"),
                Wrong.only(
                        Flaw.CLAIMS_TOGETHER.name(),
                        Flaw.CLAIMS_TOGETHER,
                        "claimersAtOnceNeverShareADelivery",
                        "claimersOfTwoProcessesNeverShareADelivery"),
                only(Flaw.STORES_TOGETHER, "storersAtOnceStoreALeadOnce"),
                also(Flaw.FORGETS_ALL, "whatIsStoredSurvivesAndIsShared"),
                only(Flaw.PRIVATE_CLAIMS, "claimersOfTwoProcessesNeverShareADelivery"),
                only(Flaw.KEEPS_LEASES, "closingGivesLeasesBack"),
                only(Flaw.WAITS_ON, "closingTwiceIsClosingOnceAndWakesWhoWaits"));
    }

    private static Wrong<Flaw> only(Flaw flaw, String failing) {
        return Wrong.only(flaw.name(), flaw, failing);
    }

    private static Wrong<Flaw> also(Flaw flaw, String failing) {
        return Wrong.also(flaw.name(), flaw, failing);
    }

    /** The contract, for the flaw of the moment; not run by itself. */
    static final class Tried extends LeadQueueContract {
        private SharedStore store = new SharedStore();

        @Override
        protected LeadQueue open() {
            store = new SharedStore();
            return new SharedQueue(store, flaw);
        }

        @Override
        protected LeadQueue openAgain() {
            return new SharedQueue(store, flaw);
        }

        @Override
        protected Duration patience() {
            return Duration.ofSeconds(5);
        }
    }
}
