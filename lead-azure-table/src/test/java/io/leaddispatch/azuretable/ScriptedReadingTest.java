package io.leaddispatch.azuretable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.MovableClock;
import io.leaddispatch.testkit.ScriptedServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading from a service that says when it answers, which it does by its own clock. */
class ScriptedReadingTest {
    private final ScriptedServer server = ScriptedServer.start();
    private final AzureTableLeads leads =
            AzureTableLeads.open(Given.server(server.uri()), Given.context(Clock.systemUTC()));

    @AfterEach
    void stop() {
        server.close();
    }

    private static Answer page(String date, String... rows) {
        return Answer.json(200, "{\"value\":[" + String.join(",", rows) + "]}").with("Date", date);
    }

    private static Answer andMore(Answer page) {
        return page.with("x-ms-continuation-NextPartitionKey", "1!4!cA--")
                .with("x-ms-continuation-NextRowKey", "1!4!cg--");
    }

    private static String row(String key, String time) {
        return "{\"PartitionKey\":\"p\",\"RowKey\":\"" + key + "\",\"Timestamp\":\"2026-11-24T" + time + "Z\","
                + "\"odata.etag\":\"" + time + "\",\"CustomerInfo\":\"{\\\"Email\\\":\\\"a@b.example\\\"}\"}";
    }

    private static List<String> take(NewLeads round) {
        return round.rows().peek(round::done).map(row -> row.row().key()).toList();
    }

    /** Facts, section 9: rows come in the order of their keys, and are written while a round goes on. */
    @Test
    void aRowThatIsWrittenBehindTheCursorComesInTheNextRound() {
        server.answer(andMore(page("Tue, 24 Nov 2026 12:00:00 GMT", row("b", "11:59:00"))))
                .answer(page("Tue, 24 Nov 2026 12:01:00 GMT", row("y", "12:00:55")))
                .answer(page("Tue, 24 Nov 2026 12:05:00 GMT", row("a", "12:00:10"), row("y", "12:00:55")));
        NewLeads first = leads.since(TableCheckpoint.at(Instant.parse("2026-11-24T11:00:00Z")), LeadQuery.ALL);
        assertThat(take(first)).containsExactly("b", "y");
        TableCheckpoint reached = TableCheckpoint.parse(first.checkpoint().format());
        assertThat(reached.from()).isBefore(Instant.parse("2026-11-24T12:00:10Z"));
        assertThat(take(leads.since(reached, LeadQuery.ALL))).containsExactly("a");
    }

    @Test
    void aLongRoundTellsHowFarItGotEveryFiveSeconds() throws Exception {
        String[] rows = new String[1_000];
        Arrays.setAll(rows, i -> row(String.format("%04d", i), "11:59:00"));
        server.answer(page("Tue, 24 Nov 2026 12:00:00 GMT", rows));
        MovableClock clock = MovableClock.at("2026-11-24T12:00:00Z");
        List<Integer> reached = new ArrayList<>();
        AzureTableLeads slow = AzureTableLeads.open(Given.server(server.uri()), Given.context(clock));
        slow.watch(TableCheckpoint.BEGINNING, LeadQuery.ALL, Duration.ofDays(1), new LeadWatcher() {
            @Override
            public void found(StoredLead row) {
                clock.pass(Duration.ofMillis(10));
            }

            @Override
            public void reached(TableCheckpoint checkpoint) {
                reached.add(checkpoint.done().size());
                if (checkpoint.done().size() == 1_000) {
                    slow.close();
                }
            }
        });
        assertThat(reached).containsExactly(500, 1_000, 1_000);
    }

    @Test
    void nowIsTheServicesTimeEvenWhereTheTableIsMissing() {
        server.answer(page("Tue, 24 Nov 2020 12:00:00 GMT"))
                .answer(Answer.json(404, "{\"odata.error\":{\"code\":\"TableNotFound\"}}")
                        .with("Date", "Tue, 24 Nov 2020 12:00:07 GMT"));
        assertThat(leads.now()).isEqualTo(TableCheckpoint.at(Instant.parse("2020-11-24T12:00:00Z")));
        assertThat(leads.now()).isEqualTo(TableCheckpoint.at(Instant.parse("2020-11-24T12:00:07Z")));
    }

    @Test
    void aServiceThatDoesNotSayWhenIsNoneAndARefusalIsAProblem() {
        server.answer(Answer.json(200, "{\"value\":[]}"))
                .answer(page("yesterday"))
                .answer(Answer.json(403, "{\"odata.error\":{\"code\":\"AuthenticationFailed\"}}"));
        assertThatThrownBy(leads::now).hasMessageContaining("azure-table.unexpected-answer");
        assertThatThrownBy(leads::now).hasMessageContaining("azure-table.unexpected-answer");
        assertThatThrownBy(leads::now).hasMessageContaining("azure-table.unauthorized");
    }
}
