package io.leaddispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Category;
import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LaneOptions;
import io.leaddispatch.LaneOptions.OnUnknown;
import io.leaddispatch.Problem;
import io.leaddispatch.ProblemType;
import io.leaddispatch.spi.DeliveryResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RulingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant EXPIRES = NOW.plusSeconds(30);
    private static final Problem AWAY = problem(Category.TRANSIENT);
    private static final Problem LOST = problem(Category.OUTCOME_UNKNOWN);
    private static final LaneOptions THREE = LaneOptions.DEFAULT.withAttempts(3);
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), new Random(1));

    @Test
    void deliveredEndsWithTheNotesOfBoth() {
        assertThat(notes(List.of("cleaned"), List.of("cut"))).containsExactly("cleaned", "cut");
        assertThat(notes(List.of("cleaned"), List.of())).containsExactly("cleaned");
        assertThat(notes(List.of(), List.of("cut"))).containsExactly("cut");
        assertThat(notes(List.of(), List.of())).isEmpty();
    }

    private List<String> notes(List<String> ofTheLead, List<String> ofTheDestination) {
        DeliveryResult result = new DeliveryResult.Delivered(Confirmation.UPDATED, "7", ofTheDestination);
        var end = (Ruling.End)
                Ruling.of(new Ruling.Case(result, 1, false, false, false, ofTheLead, NOW, EXPIRES), THREE, backoff);
        var delivered = (Outcome.Delivered) end.outcome();
        assertThat(delivered).isEqualTo(new Outcome.Delivered(Confirmation.UPDATED, "7", delivered.notes(), 2));
        return delivered.notes();
    }

    @Test
    void anOutageEndsNoDeliveryByItsAttemptsAndCountsNone() {
        DeliveryResult retry = new DeliveryResult.Retry(AWAY, null);
        Instant ended = NOW;
        var facts = new Ruling.Case(retry, 2, false, false, true, List.of(), NOW, EXPIRES);
        assertThat((Ruling.Later) Ruling.of(facts, THREE, backoff))
                .extracting(Ruling.Later::counts)
                .isEqualTo(false);
        var tooOld = new Ruling.Case(retry, 2, true, false, true, List.of(), NOW, ended);
        assertThat(Ruling.of(tooOld, THREE, backoff)).isEqualTo(new Ruling.End(new Outcome.Undelivered(AWAY, 3, true)));
    }

    @Test
    void rejectedEnds() {
        assertThat(rule(new DeliveryResult.Rejected(AWAY), 0)).isEqualTo(new Ruling.End(new Outcome.Rejected(AWAY, 1)));
    }

    @Test
    void aRetryWaitsAtMostTheBound() {
        for (int i = 0; i < 100; i++) {
            var later = (Ruling.Later) rule(new DeliveryResult.Retry(AWAY, null), 1);
            assertThat(later.at()).isBetween(NOW, NOW.plusSeconds(1));
            assertThat(later.holdKey()).isFalse();
        }
    }

    @Test
    void aRetryWaitsAtLeastAsAskedAndHoldsItsKey() {
        Instant asked = NOW.plusSeconds(20);
        assertThat(rule(new DeliveryResult.Retry(AWAY, asked), 0)).isEqualTo(new Ruling.Later(AWAY, asked, true, true));
    }

    @Test
    void aRetryThatWouldComeTooLateIsGivenUpNow() {
        assertThat(rule(new DeliveryResult.Retry(AWAY, EXPIRES), 0))
                .isEqualTo(new Ruling.End(new Outcome.Undelivered(AWAY, 1, false)));
    }

    @Test
    void attemptsEnd() {
        assertThat(rule(new DeliveryResult.Retry(AWAY, null), 2))
                .isEqualTo(new Ruling.End(new Outcome.Undelivered(AWAY, 3, false)));
    }

    @Test
    void aLostAnswerOnTheWayLeavesATrace() {
        assertThat(rule(new DeliveryResult.Retry(LOST, null), 2))
                .isEqualTo(new Ruling.End(new Outcome.Undelivered(LOST, 3, true)));
        var earlier =
                new Ruling.Case(new DeliveryResult.Retry(AWAY, null), 2, true, false, false, List.of(), NOW, EXPIRES);
        assertThat(Ruling.of(earlier, THREE, backoff))
                .isEqualTo(new Ruling.End(new Outcome.Undelivered(AWAY, 3, true)));
    }

    @Test
    void unknownIsKeptOrSentAgainAsSet() {
        var unknown = new DeliveryResult.Unknown(LOST);
        assertThat(rule(unknown, 0)).isEqualTo(new Ruling.End(new Outcome.Undelivered(LOST, 1, true)));
        var facts = new Ruling.Case(unknown, 0, false, false, false, List.of(), NOW, EXPIRES);
        assertThat(Ruling.of(facts, THREE.withOnUnknown(OnUnknown.RESEND), backoff))
                .isInstanceOf(Ruling.Later.class);
    }

    @Test
    void aPauseAndWhatWasNotExecutedCostNothing() {
        assertThat(rule(new DeliveryResult.Pause(AWAY, null), 2)).isEqualTo(new Ruling.Wait(AWAY));
        assertThat(rule(new DeliveryResult.NotExecuted(AWAY), 2)).isEqualTo(new Ruling.Again(AWAY));
    }

    @Test
    void aLoneLeadThatIsNotExecutedTwiceCountsAsARetry() {
        var facts =
                new Ruling.Case(new DeliveryResult.NotExecuted(AWAY), 0, false, true, false, List.of(), NOW, EXPIRES);
        assertThat(Ruling.of(facts, THREE, backoff)).isInstanceOf(Ruling.Later.class);
    }

    private Ruling rule(DeliveryResult result, int attemptsBefore) {
        return Ruling.of(
                new Ruling.Case(result, attemptsBefore, false, false, false, List.of(), NOW, EXPIRES), THREE, backoff);
    }

    private static Problem problem(Category category) {
        return new ProblemType("test.problem", category, "a cause", "a remedy").problem();
    }
}
