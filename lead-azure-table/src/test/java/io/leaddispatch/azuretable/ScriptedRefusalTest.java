package io.leaddispatch.azuretable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.NotExecuted;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.spi.DeliveryResult.Retry;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.MovableClock;
import io.leaddispatch.testkit.ScriptedServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a refusal is blamed on: the row, the call that was refused in its place, or whoever answered instead. */
class ScriptedRefusalTest {
    private final ScriptedServer server = ScriptedServer.start();
    private final Given given = Given.server(server.uri());

    @AfterEach
    void stop() {
        server.close();
    }

    private DeliveryResult one() throws InterruptedException {
        return deliver(false, Leads.ada()).get(0);
    }

    private List<DeliveryResult> deliver(boolean suspect, Lead... leads) throws InterruptedException {
        return given.open().deliver(new LeadBatch(List.of(leads), Instant.now().plusSeconds(30), suspect));
    }

    private static Answer json(int status, String code) {
        return Answer.json(status, "{\"odata.error\":{\"code\":\"" + code + "\",\"message\":{\"value\":\"No.\"}}}");
    }

    /** One part of a transaction's answer; the status of the whole says nothing (facts, section 8). */
    private static Answer inTransaction(int status, String error) {
        return Answer.of(202)
                .with("Content-Type", "multipart/mixed; boundary=batchresponse_1")
                .with("--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n"
                        + "--changesetresponse_1\r\nContent-Type: application/http\r\n"
                        + "Content-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 " + status
                        + " Refused\r\nContent-ID: 0\r\nContent-Type: application/json;charset=utf-8\r\n\r\n" + error
                        + "\r\n--changesetresponse_1--\r\n--batchresponse_1--\r\n");
    }

    private static Problem problem(DeliveryResult result) {
        return AzureTableAnswers.problem(result);
    }

    private static String code(DeliveryResult result) {
        return problem(result).code();
    }

    @ParameterizedTest
    @CsvSource({"InvalidInput", "OutOfRangeInput"})
    void aRefusedQueryRejectsNoLead(String code) throws Exception {
        server.answer(json(400, code));
        assertThat(deliver(true, Leads.ada(), Leads.numbered(1)))
                .allSatisfy(result -> assertThat(result)
                        .isInstanceOf(Pause.class)
                        .extracting(r -> code(r))
                        .isEqualTo("azure-table.refuses-requests"));
        assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.method()).isEqualTo("GET"));
    }

    @ParameterizedTest
    @CsvSource({"400, InvalidInput", "400, OutOfRangeInput", "413, RequestBodyTooLarge"})
    void aTableThatCannotBeMadeRejectsNoLead(int status, String code) throws Exception {
        server.answer(json(404, "TableNotFound")).answer(json(status, code));
        assertThat(one()).isInstanceOf(Pause.class).extracting(r -> code(r)).isEqualTo("azure-table.refuses-requests");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aReaderIsNotToldOfARefusedRow() {
        server.answer(json(400, "InvalidInput"));
        AzureTableLeads leads = AzureTableLeads.open(given, Given.context(Clock.systemUTC()));
        assertThatThrownBy(() -> leads.stream(LeadQuery.ALL).toList()).hasMessageContaining("refuses-requests");
    }

    @Test
    void aFormThatTheServiceDoesNotTakeConcernsEveryLead() throws Exception {
        server.answer(json(415, "JsonFormatNotSupported"));
        assertThat(one()).isInstanceOf(Pause.class).extracting(r -> code(r)).isEqualTo("azure-table.refuses-requests");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "400, SomethingNew, azure-table.refuses-requests",
        "403, SomethingNew, azure-table.forbidden",
        "429, SomethingNew, azure-table.throttled",
        "500, SomethingNew, azure-table.server-error"
    })
    void withinATransactionTheStatusOfThePartDecidesWhereTheCodeDoesNot(int status, String code, String problem)
            throws Exception {
        server.answer(inTransaction(
                status, "{\"odata.error\":{\"code\":\"" + code + "\",\"message\":{\"value\":\"0:No.\"}}}"));
        assertThat(deliver(false, Leads.ada(), Leads.numbered(1))).allSatisfy(result -> {
            assertThat(code(result)).isEqualTo(problem);
            assertThat(problem(result).vendorCode()).isEqualTo(code);
        });
    }

    @Test
    void aPartWithoutACodeHasNone() throws Exception {
        server.answer(inTransaction(400, "{\"odata.error\":{\"message\":{\"value\":\"0:No.\"}}}"));
        assertThat(deliver(false, Leads.ada(), Leads.numbered(1))).allSatisfy(result -> {
            assertThat(code(result)).isEqualTo("azure-table.refuses-requests");
            assertThat(problem(result).vendorCode()).isEqualTo("HTTP 400");
        });
    }

    /** Keys of undated leads are scattered, so nearly all rows lie between the first and the last of a call. */
    @Test
    void whereManyRowsLieBetweenTheyAreAskedForByTheirKeys() throws Exception {
        server.otherwise(request -> !request.method().equals("GET")
                ? Answer.of(204)
                : request.target().contains("%20or%20")
                        ? Answer.json(200, "{\"value\":[{\"PartitionKey\":\"undated\",\"RowKey\":\"b\"}]}")
                        : Answer.json(200, "{\"value\":[]}")
                                .with("x-ms-continuation-NextPartitionKey", "1!4!cA--")
                                .with("x-ms-continuation-NextRowKey", "1!4!cg--"));
        Lead a = Leads.sparse().toBuilder().id("a").build();
        Lead b = Leads.sparse().toBuilder().id("b").build();
        assertThat(deliver(true, a, b)).allMatch(Delivered.class::isInstance);
        assertThat(server.requests()).hasSize(4);
        assertThat(server.requests().get(2).target()).contains("RowKey%20eq%20%27a%27%20or%20RowKey%20eq%20%27b%27");
    }

    /** A filter may hold 15 comparisons; one is the partition's. */
    @Test
    void aFullCallAsksForFourteenKeysAtATime() throws Exception {
        server.otherwise(request -> request.target().contains("%20or%20")
                ? Answer.json(200, "{\"value\":[]}")
                : Answer.json(200, "{\"value\":[]}")
                        .with("x-ms-continuation-NextPartitionKey", "1!4!cA--")
                        .with("x-ms-continuation-NextRowKey", "1!4!cg--"));
        deliver(true, Leads.numbered(0, 100).toArray(Lead[]::new));
        List<String> asked = server.requests().stream()
                .filter(request -> request.method().equals("GET"))
                .map(request -> request.target())
                .toList();
        assertThat(asked).hasSize(10);
        assertThat(asked.subList(2, 10)).allSatisfy(target -> {
            assertThat(target).contains("%20or%20");
            assertThat(target.split("%20eq%20", -1)).hasSizeLessThanOrEqualTo(16);
        });
    }

    @Test
    void eightThreadsAskForTheTableOnce() throws Exception {
        AtomicBoolean made = new AtomicBoolean();
        server.otherwise(request -> {
            if (request.target().startsWith("/Tables")) {
                made.set(true);
                return Answer.of(204);
            }
            return made.get() ? Answer.of(204) : json(404, "TableNotFound");
        });
        AzureTableDestination destination = given.open();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<DeliveryResult>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                LeadBatch batch =
                        new LeadBatch(List.of(Leads.numbered(i)), Instant.now().plusSeconds(30), false);
                all.add(() -> destination.deliver(batch).get(0));
            }
            for (Future<DeliveryResult> one : threads.invokeAll(all)) {
                assertThat(one.get()).isInstanceOf(Delivered.class);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(server.requests().stream().filter(request -> request.target().startsWith("/Tables")))
                .hasSize(1);
    }

    /** Twice, since the class that is missing is missed in another way the second time (facts, section 8). */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "200, text/xml, <ok/>",
        "200, application/xml, {}",
        "201, application/xml, <entry/>",
        "202, application/xml, <ok/>",
        "400, application/xml, {\"odata.error\":{}}",
        "302, text/xml, <moved/>",
        "200, text/html, <html>"
    })
    void whoeverAnswersInXmlTakesNoThreadDown(int status, String type, String body) throws Exception {
        server.otherwise(request -> Answer.of(status).with("Content-Type", type).with(body));
        for (int i = 0; i < 2; i++) {
            for (DeliveryResult result : deliver(false, Leads.ada(), Leads.numbered(1))) {
                assertThat(result).isInstanceOfAny(Retry.class, Pause.class);
            }
            assertThat(deliver(true, Leads.ada(), Leads.numbered(1))).hasSize(2).noneMatch(Rejected.class::isInstance);
            assertThat(one()).isNotInstanceOf(Rejected.class);
        }
    }

    @Test
    void aReaderOfACaptivePortalHasAProblem() {
        server.otherwise(
                request -> Answer.of(200).with("Content-Type", "text/xml").with("<ok/>"));
        AzureTableLeads leads = AzureTableLeads.open(given, Given.context(Clock.systemUTC()));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> leads.stream(LeadQuery.ALL).toList())
                    .isInstanceOf(AzureTableException.class)
                    .hasMessageContaining("azure-table.unexpected-answer");
        }
    }

    /** The emulator would take them, the service takes none (facts, section 11). */
    @Test
    void leadsOfAnotherPartitionGoInACallOfTheirOwn() throws Exception {
        server.answer(Answer.of(204));
        List<DeliveryResult> results = deliver(false, Leads.ada(), Leads.sparse());
        assertThat(results.get(0)).isInstanceOf(Delivered.class);
        assertThat(results.get(1)).isInstanceOf(NotExecuted.class);
        assertThat(server.requests()).hasSize(1);
    }

    /** A transaction with one row twice is refused as a whole (facts, section 11). */
    @Test
    void aLeadThatIsThereTwiceGoesOnce() throws Exception {
        server.answer(Answer.of(204));
        List<DeliveryResult> results = deliver(false, Leads.ada(), Leads.ada());
        assertThat(results.get(0)).isInstanceOf(Delivered.class);
        assertThat(results.get(1)).isInstanceOf(NotExecuted.class);
    }

    @ParameterizedTest(name = "{0}: {1} min")
    @CsvSource({
        "AuthenticationFailed, 16, 16 minutes ahead of",
        "AuthorizationFailure, -20, 20 minutes behind",
        "AuthenticationFailed, 14, ",
        "AuthorizationFailure, -14, "
    })
    void aClockThatIsFarOffIsNamedWhereTheKeyIsRefused(String code, int minutes, String named) throws Exception {
        MovableClock clock = MovableClock.at("2026-11-24T12:00:00Z");
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                clock.instant().minus(Duration.ofMinutes(minutes)).atZone(ZoneOffset.UTC));
        server.answer(json(403, code).with("Date", date));
        DeliveryResult result = given.open(clock)
                .deliver(new LeadBatch(List.of(Leads.ada()), clock.instant().plusSeconds(30), false))
                .get(0);
        assertThat(result).isInstanceOf(Pause.class);
        if (named == null) {
            assertThat(problem(result).cause()).doesNotContain("clock");
        } else {
            assertThat(problem(result).cause()).contains("clock is " + named);
        }
    }
}
