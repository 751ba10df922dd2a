package io.leaddispatch.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Category;
import io.leaddispatch.Confirmation;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.Problem;
import io.leaddispatch.ProblemType;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.testkit.Leads;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 10,000 leads with 3 % bad, and a destination that refuses a batch with a bad row as a whole. */
@ExtendWith(QuietLog.class)
class SuspectHalvesTest {
    private static final int LEADS = 10_000;
    private static final int BATCH = 100;
    private static final Problem BAD =
            new ProblemType("test.bad", Category.INVALID_LEAD, "bad row", "Mend it.").problem();
    private static final Problem BUSY = new ProblemType("test.busy", Category.THROTTLED, "busy", "Nothing.").problem();

    private final Set<String> bad = badIds();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger firstCalls = new AtomicInteger();
    private final AtomicInteger firstCallsWithBadRow = new AtomicInteger();
    private final AtomicInteger suspectCalls = new AtomicInteger();
    private final AtomicInteger throttled = new AtomicInteger();
    private boolean throttlesEveryFifthSuspectCall;
    private final Set<String> written = ConcurrentHashMap.newKeySet();

    @Test
    void aDestinationThatDoesBetterOnSuspectsNeedsAtMostFourCallsPerBatchWithABadRow() throws Exception {
        SendSummary summary = send(true);
        int clean = firstCalls.get() - firstCallsWithBadRow.get();
        System.out.printf(
                "10,000 leads, 3 %% bad, batches of 100: suspects written row by row: %d calls (%d first calls, %d with a"
                        + " bad row)%n",
                calls.get(), firstCalls.get(), firstCallsWithBadRow.get());
        allAreAccountedFor(summary);
        assertThat(firstCalls).hasValue(LEADS / BATCH);
        assertThat(calls.get() - clean).isLessThanOrEqualTo(4 * firstCallsWithBadRow.get());
    }

    @Test
    void plainHalvesIsolateEveryBadRow() throws Exception {
        SendSummary summary = send(false);
        System.out.printf("10,000 leads, 3 %% bad, batches of 100: plain halves: %d calls%n", calls.get());
        allAreAccountedFor(summary);
        assertThat(firstCalls).hasValue(LEADS / BATCH);
        assertThat(calls).hasValueLessThan(3_500);
    }

    /** Among others a bad row would spoil a whole call once more. */
    @Test
    void suspectsThatHadToWaitStayTogetherAndSuspect() throws Exception {
        throttlesEveryFifthSuspectCall = true;
        allAreAccountedFor(send(true));
        assertThat(throttled).hasValueGreaterThan(10);
        assertThat(firstCalls).hasValue(LEADS / BATCH);
    }

    private void allAreAccountedFor(SendSummary summary) {
        SendSummary.Counts counts = summary.destinations().get("crm");
        assertThat(counts.rejected()).isEqualTo(bad.size());
        assertThat(counts.delivered()).isEqualTo(LEADS - bad.size());
        assertThat(written).hasSize(LEADS - bad.size()).doesNotContainAnyElementsOf(bad);
    }

    private SendSummary send(boolean betterOnSuspects) throws InterruptedException {
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .to("crm", new AllOrNothing(betterOnSuspects))
                .build()) {
            return dispatcher.sendAll(IntStream.range(0, LEADS).mapToObj(Leads::numbered), SendProgress.NONE);
        }
    }

    private static Set<String> badIds() {
        List<Integer> numbers = IntStream.range(0, LEADS).boxed().collect(Collectors.toList());
        Collections.shuffle(numbers, new Random(3));
        return numbers.subList(0, LEADS * 3 / 100).stream()
                .map(n -> "lead-" + n)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private final class AllOrNothing implements LeadDestination {
        private final boolean betterOnSuspects;

        AllOrNothing(boolean betterOnSuspects) {
            this.betterOnSuspects = betterOnSuspects;
        }

        @Override
        public List<DeliveryResult> deliver(LeadBatch batch) {
            calls.incrementAndGet();
            if (batch.suspect() && suspectCalls.incrementAndGet() % 5 == 0 && throttlesEveryFifthSuspectCall) {
                throttled.incrementAndGet();
                return DeliveryResult.all(
                        batch, new DeliveryResult.Pause(BUSY, Instant.now().plusMillis(1)));
            }
            boolean anyBad = batch.leads().stream().anyMatch(this::isBad);
            if (!batch.suspect()) {
                firstCalls.incrementAndGet();
                firstCallsWithBadRow.addAndGet(anyBad ? 1 : 0);
            }
            if (anyBad && batch.size() > 1 && !(betterOnSuspects && batch.suspect())) {
                return DeliveryResult.all(batch, new DeliveryResult.NotExecuted(BAD));
            }
            return batch.leads().stream().map(this::write).toList();
        }

        private boolean isBad(Lead lead) {
            return bad.contains(lead.id().value());
        }

        private DeliveryResult write(Lead lead) {
            if (isBad(lead)) {
                return new DeliveryResult.Rejected(BAD);
            }
            assertThat(written.add(lead.id().value())).isTrue();
            return DeliveryResult.delivered(Confirmation.CREATED);
        }

        @Override
        public Limits limits() {
            return Limits.ONE_BY_ONE.withBatch(BATCH);
        }
    }
}
