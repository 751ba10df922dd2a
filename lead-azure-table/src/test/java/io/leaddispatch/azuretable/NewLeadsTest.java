package io.leaddispatch.azuretable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.testkit.Leads;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewLeadsTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private static final Instant LATER = NOON.plusSeconds(3_600);

    private static StoredLead row(String key, int second) {
        return new StoredLead.Read(
                new RowId("p", key, NOON.plusSeconds(second), "etag-" + second), Leads.sparse(), Map.of());
    }

    private static NewLeads round(TableCheckpoint since, StoredLead... rows) {
        return new NewLeads(since, LeadQuery.ALL, Stream.of(rows), () -> LATER);
    }

    private static TableCheckpoint handleAll(NewLeads round) {
        round.rows().forEach(round::done);
        return round.checkpoint();
    }

    @Test
    void theMarkMovesToTheNewestRowAndRowsNearItAreRemembered() {
        TableCheckpoint reached = handleAll(round(TableCheckpoint.BEGINNING, row("b", 100), row("a", 0), row("c", 80)));
        assertThat(reached.mark()).isEqualTo(NOON.plusSeconds(100));
        assertThat(reached.done().values()).containsExactlyInAnyOrder(NOON.plusSeconds(100), NOON.plusSeconds(80));
        assertThat(reached.from()).isEqualTo(NOON.plusSeconds(70));
    }

    @Test
    void aRowThatAppearsLateWithinTheOverlapIsNewAndTheOthersAreNot() {
        TableCheckpoint reached = handleAll(round(TableCheckpoint.BEGINNING, row("a", 100)));
        assertThat(round(reached, row("late", 75), row("a", 100))
                        .rows()
                        .map(row -> row.row().key()))
                .containsExactly("late");
    }

    @Test
    void anEditedRowIsNewAgain() {
        TableCheckpoint reached = handleAll(round(TableCheckpoint.BEGINNING, row("a", 100)));
        assertThat(round(reached, row("a", 101)).rows()).hasSize(1);
    }

    @Test
    void whatIsNotDoneComesAgainAndHoldsTheMark() {
        StoredLead failed = row("failed", 10);
        NewLeads round = round(TableCheckpoint.BEGINNING, failed, row("fine", 100), row("early", 0));
        round.rows().filter(row -> row != failed).forEach(round::done);
        TableCheckpoint reached = round.checkpoint();
        assertThat(reached.mark()).isEqualTo(NOON.plusSeconds(10));
        assertThat(round(reached, failed, row("fine", 100), row("early", 0)).rows())
                .containsExactly(failed);
    }

    @Test
    void beforeTheLastRowTheMarkStaysAndWhatIsDoneIsListed() {
        NewLeads round = round(TableCheckpoint.at(NOON), row("a", 100), row("b", 200));
        StoredLead first = round.rows().peek(round::done).findFirst().orElseThrow();
        TableCheckpoint reached = round.checkpoint();
        assertThat(first.row().key()).isEqualTo("a");
        assertThat(reached.mark()).isEqualTo(NOON);
        assertThat(reached.done()).hasSize(1);
        assertThat(round(reached, row("a", 100), row("b", 200))
                        .rows()
                        .map(row -> row.row().key()))
                .containsExactly("b");
    }

    @Test
    void theMarkIsNeverLaterThanTheFirstPage() {
        NewLeads round = new NewLeads(
                TableCheckpoint.at(NOON), LeadQuery.ALL, Stream.of(row("y", 100)), () -> NOON.plusSeconds(10));
        TableCheckpoint reached = handleAll(round);
        assertThat(reached.mark()).isEqualTo(NOON.plusSeconds(10));
        assertThat(reached.done()).hasSize(1);
    }

    @Test
    void theMarkStaysWhereTheServiceDoesNotSayWhenItRead() {
        NewLeads round = new NewLeads(TableCheckpoint.at(NOON), LeadQuery.ALL, Stream.of(row("y", 100)), () -> null);
        assertThat(handleAll(round).mark()).isEqualTo(NOON);
    }

    @Test
    void anEmptyRoundChangesNothing() {
        TableCheckpoint before = TableCheckpoint.at(NOON);
        assertThat(handleAll(round(before))).isEqualTo(before);
    }

    @Test
    void rowsThatTheQueryLeavesOutAreDone() {
        NewLeads round = new NewLeads(
                TableCheckpoint.BEGINNING, LeadQuery.ALL.offer("contoso.other"), Stream.of(row("a", 100)), () -> LATER);
        assertThat(round.rows()).isEmpty();
        assertThat(round.checkpoint().mark()).isEqualTo(NOON.plusSeconds(100));
    }

    @Test
    void aCheckpointComesBackFromItsText() {
        TableCheckpoint reached = handleAll(round(TableCheckpoint.BEGINNING, row("b", 100), row("a", 99)));
        assertThat(TableCheckpoint.parse(reached.format())).isEqualTo(reached);
        assertThat(TableCheckpoint.parse(TableCheckpoint.BEGINNING.format())).isEqualTo(TableCheckpoint.BEGINNING);
        assertThat(reached).hasToString("TableCheckpoint[2026-11-24T12:01:40Z, 2 rows done]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "lead-table-checkpoint 1 soon\n",
                "lead-table-checkpoint 1 2026-11-24T12:00:00Z\nab then\n"
            })
    void anotherTextIsNoCheckpoint(String text) {
        assertThatThrownBy(() -> TableCheckpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("checkpoint");
    }

    @Test
    void queriesBecomeFiltersThatNoTextCanLeave() {
        assertThat(LeadQuery.ALL.filter()).isNull();
        assertThat(LeadQuery.ALL
                        .partition("o' or 'a' eq 'a")
                        .writtenFrom(NOON)
                        .writtenBefore(NOON.plusSeconds(1))
                        .filter())
                .isEqualTo("PartitionKey eq 'o'' or ''a'' eq ''a' and Timestamp ge datetime'2026-11-24T12:00:00Z'"
                        + " and Timestamp lt datetime'2026-11-24T12:00:01Z'");
    }

    /** The service writes times with seven digits after the point and was only tried with three (facts, section 9). */
    @Test
    void timesAreAskedForInMilliseconds() {
        assertThat(LeadQuery.ALL.writtenFrom(NOON.plusNanos(123_456_700)).filter())
                .isEqualTo("Timestamp ge datetime'2026-11-24T12:00:00.123Z'");
    }

    @Test
    void queriesCompareOfferAndTestLeads() {
        StoredLead ada = new StoredLead.Read(row("a", 1).row(), Leads.ada(), Map.of());
        StoredLead test = new StoredLead.Read(row("t", 1).row(), io.leaddispatch.TestLead.at(NOON), Map.of());
        StoredLead unreadable = new StoredLead.Unreadable(row("u", 1).row(), List.of(), Map.of());
        assertThat(LeadQuery.ALL.offer("Contoso.Backup").matches(ada)).isTrue();
        assertThat(LeadQuery.ALL.offer("contoso backup").matches(ada)).isTrue();
        assertThat(LeadQuery.ALL.offer("contoso.shield").matches(ada)).isFalse();
        assertThat(LeadQuery.ALL.leaveOutTests().matches(test)).isFalse();
        assertThat(LeadQuery.ALL.leaveOutTests().matches(ada)).isTrue();
        assertThat(LeadQuery.ALL.offer("x").matches(unreadable)).isTrue();
    }
}
