package io.leaddispatch.azuretable;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.Secret;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.NotExecuted;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.spi.DeliveryResult.Retry;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Answer.Fault;
import io.leaddispatch.testkit.Azurite;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.ScriptedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the real service does and the emulator does not, and what no service should do. */
class ScriptedTableTest {
    private static final String XML_ERROR = "<?xml version=\"1.0\" encoding=\"utf-8\"?><error"
            + " xmlns=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\"><code>%s</code>"
            + "<message xml:lang=\"en-US\">Server failed</message></error>";

    private final ScriptedServer server = ScriptedServer.start();
    private final Given given = Given.server(server.uri());

    @AfterEach
    void stop() {
        server.close();
    }

    private DeliveryResult one() throws InterruptedException {
        return deliver(given.open(), false, Leads.ada()).get(0);
    }

    private static List<DeliveryResult> deliver(AzureTableDestination to, boolean suspect, Lead... leads)
            throws InterruptedException {
        return to.deliver(new LeadBatch(List.of(leads), Instant.now().plusSeconds(30), suspect));
    }

    private static Answer xml(int status, String code) {
        return Answer.of(status).with("Content-Type", "application/xml").with(XML_ERROR.formatted(code));
    }

    private static Answer json(int status, String code) {
        return Answer.json(
                status,
                "{\"odata.error\":{\"code\":\"" + code + "\",\"message\":{\"lang\":\"en-US\",\"value\":\"No.\"}}}");
    }

    private static String code(DeliveryResult result) {
        Problem problem = AzureTableAnswers.problem(result);
        return problem == null ? "none" : problem.code();
    }

    /** A transaction's answer in the service's words. */
    private static Answer inTransaction(int status, String code, int index) {
        String body = "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n"
                + "--changesetresponse_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                + "HTTP/1.1 " + status + " Refused\r\nContent-ID: " + index + "\r\nDataServiceVersion: 3.0;\r\n"
                + "Content-Type: application/json;odata=minimalmetadata;streaming=true;charset=utf-8\r\n\r\n"
                + "{\"odata.error\":{\"code\":\"" + code + "\",\"message\":{\"lang\":\"en-US\",\"value\":\"" + index
                + ":No.\\nRequestId:1\\nTime:2026\"}}}\r\n"
                + "--changesetresponse_1--\r\n--batchresponse_1--\r\n";
        return Answer.of(202)
                .with("Content-Type", "multipart/mixed; boundary=batchresponse_1")
                .with(body);
    }

    @Test
    void anErrorInXmlIsReadEveryTime() throws Exception {
        for (int i = 0; i < 3; i++) {
            server.answer(xml(403, "AuthenticationFailed"));
            assertThat(one()).isInstanceOf(Pause.class).extracting(r -> code(r)).isEqualTo("azure-table.unauthorized");
        }
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "403, AuthenticationFailed, Pause, azure-table.unauthorized",
        "400, PropertyValueTooLarge, Rejected, azure-table.refused-lead",
        "409, EntityAlreadyExists, Delivered, none",
        "503, ServerBusy, Pause, azure-table.throttled",
        "500, InternalError, Retry, azure-table.server-error"
    })
    void aCodeIsFoundInJsonInXmlAndInTheHeader(int status, String code, String kind, String problem) throws Exception {
        server.answer(json(status, code))
                .answer(xml(status, code))
                .answer(Answer.of(status).with("x-ms-error-code", code));
        for (int i = 0; i < 3; i++) {
            DeliveryResult result = one();
            assertThat(result.getClass().getSimpleName()).isEqualTo(kind);
            assertThat(code(result)).isEqualTo(problem);
        }
    }

    @Test
    void nothingIsTriedAgainByTheSdkAndRetryAfterIsHeard() throws Exception {
        server.otherwise(request -> json(503, "ServerBusy").with("Retry-After", "7"));
        Instant before = Instant.now();
        assertThat(one())
                .isInstanceOfSatisfying(
                        Pause.class,
                        pause -> assertThat(pause.until())
                                .isBetween(before.plusSeconds(7), Instant.now().plusSeconds(8)));
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "CLOSED_AFTER_STORING",
                "RESET_AFTER_STORING",
                "TRUNCATED_BODY",
                "NOT_HTTP",
                "CLOSED_BEFORE_STORING"
            })
    void aLostAnswerIsTriedAgainLater(Fault fault) throws Exception {
        server.answer(Answer.fault(fault));
        assertThat(one()).isInstanceOf(Retry.class).extracting(r -> code(r)).isEqualTo("azure-table.no-answer");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SILENT", "STALLED_BODY"})
    void aCallEndsAtItsDeadline(Fault fault) throws Exception {
        server.answer(Answer.fault(fault));
        LeadBatch batch = new LeadBatch(List.of(Leads.ada()), Instant.now().plusMillis(300), false);
        assertThat(given.open().deliver(batch).get(0))
                .isInstanceOf(Retry.class)
                .extracting(r -> code(r))
                .isEqualTo("azure-table.no-answer");
    }

    @Test
    void anInterruptionEndsTheCall() throws Exception {
        server.answer(Answer.fault(Fault.SILENT));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread delivering = new Thread(() -> {
            try {
                deliver(given.open(), false, Leads.ada());
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });
        delivering.start();
        while (server.requests().isEmpty() && delivering.isAlive()) {
            Thread.onSpinWait();
        }
        delivering.interrupt();
        delivering.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aLoginPageIsNoTable() throws Exception {
        server.answer(Answer.of(200).with("Content-Type", "text/html").with("<html>Sign in</html>"));
        assertThat(one()).isInstanceOf(Retry.class).extracting(r -> code(r)).isEqualTo("azure-table.unexpected-answer");
        server.answer(Answer.of(202).with("Content-Type", "text/html").with("<html>Sign in</html>"));
        assertThat(deliver(given.open(), false, Leads.ada(), Leads.grace()))
                .allSatisfy(result -> assertThat(code(result)).isEqualTo("azure-table.unexpected-answer"));
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        server.answer(Answer.of(302).with("Location", "http://localhost:1/"));
        assertThat(one()).isInstanceOf(Pause.class).extracting(r -> code(r)).isEqualTo("azure-table.refuses-requests");
    }

    @Test
    void aTableThatIsBeingDeletedPausesTheDestination() throws Exception {
        server.answer(json(404, "TableNotFound")).answer(json(409, "TableBeingDeleted"));
        assertThat(one())
                .isInstanceOf(Pause.class)
                .extracting(r -> code(r))
                .isEqualTo("azure-table.table-being-deleted");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aTableThatSomebodyElseMadeInTheMeantimeIsFine() throws Exception {
        server.answer(json(404, "TableNotFound"))
                .answer(json(409, "TableAlreadyExists"))
                .answer(Answer.of(204));
        assertThat(one()).isInstanceOf(Delivered.class);
    }

    @Test
    void aSignatureThatMayNotMakeTablesHoldsTheDestination() throws Exception {
        server.answer(json(404, "TableNotFound")).answer(json(403, "AuthorizationPermissionMismatch"));
        assertThat(one()).isInstanceOf(Pause.class).extracting(r -> code(r)).isEqualTo("azure-table.forbidden");
    }

    @Test
    void theLeadToBlameIsNamedAndTheOthersGoAgain() throws Exception {
        server.answer(inTransaction(400, "PropertyValueTooLarge", 1));
        List<DeliveryResult> results =
                deliver(given.open(), false, Leads.numbered(0), Leads.numbered(1), Leads.numbered(2));
        assertThat(results.get(0)).isInstanceOf(NotExecuted.class);
        assertThat(results.get(1))
                .isInstanceOf(Rejected.class)
                .extracting(r -> code(r))
                .isEqualTo("azure-table.refused-lead");
        assertThat(results.get(2)).isInstanceOf(NotExecuted.class);
        assertThat(code(results.get(2))).isEqualTo("azure-table.batch-refused");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "503, ServerBusy, azure-table.throttled",
        "500, OperationTimedOut, azure-table.server-error",
        "403, AuthorizationFailure, azure-table.forbidden",
        "409, EntityAlreadyExists, azure-table.batch-refused",
    })
    void whatStrikesAWholeTransactionStrikesAllItsLeads(int status, String code, String problem) throws Exception {
        server.answer(inTransaction(status, code, 0));
        assertThat(deliver(given.open(), false, Leads.ada(), Leads.numbered(1)))
                .allSatisfy(result -> assertThat(code(result)).isEqualTo(problem));
    }

    @Test
    void aCallThatIsTooLargeGoesInSmallerOnesAndALoneLeadIsRejected() throws Exception {
        server.otherwise(request -> xml(413, "RequestBodyTooLarge"));
        assertThat(deliver(given.open(), false, Leads.ada(), Leads.numbered(1)))
                .allSatisfy(result -> assertThat(result).isInstanceOf(NotExecuted.class));
        assertThat(one()).isInstanceOf(Rejected.class).extracting(r -> code(r)).isEqualTo("azure-table.lead-too-large");
    }

    @Test
    void whatIsTooMuchForOneCallIsNotSent() throws Exception {
        server.otherwise(request -> inTransaction(500, "InternalError", 0));
        given.with(FieldMapping.FIELDS, Map.of("A", "é".repeat(32_000), "B", "é".repeat(32_000)));
        Lead[] leads = Leads.numbered(0, 40).toArray(Lead[]::new);
        List<DeliveryResult> results = deliver(given.open(), false, leads);
        assertThat(results.stream().filter(NotExecuted.class::isInstance)).hasSize(13);
        assertThat(results.get(39)).isInstanceOf(NotExecuted.class);
        assertThat(code(results.get(39))).isEqualTo("azure-table.too-much-at-once");
        assertThat(server.requests().get(0).header("Content-Length"))
                .satisfies(length ->
                        assertThat(Integer.parseInt(length)).isLessThan(4 << 20).isGreaterThan(3_000_000));
    }

    @Test
    void aSuspectBatchOfADayWithTooManyLeadsGoesInSmallerCalls() throws Exception {
        server.otherwise(request -> request.method().equals("GET")
                ? Answer.json(200, "{\"value\":[]}")
                        .with("x-ms-continuation-NextPartitionKey", "1!4!cA--")
                        .with("x-ms-continuation-NextRowKey", "1!4!cg--")
                : Answer.of(204));
        assertThat(deliver(given.open(), true, Leads.ada(), Leads.numbered(1))).allMatch(NotExecuted.class::isInstance);
        assertThat(server.requests()).hasSize(10);
        assertThat(deliver(given.open(), true, Leads.ada())).allMatch(Delivered.class::isInstance);
    }

    @Test
    void moreThanAHundredLeadsAreNotSentAtOnce() throws Exception {
        server.otherwise(request -> inTransaction(500, "InternalError", 0));
        List<DeliveryResult> results =
                deliver(given.open(), false, Leads.numbered(0, 101).toArray(Lead[]::new));
        assertThat(results.subList(0, 100)).allMatch(Retry.class::isInstance);
        assertThat(results.get(100)).isInstanceOf(NotExecuted.class);
    }

    @Test
    void aLeadThatFitsInNoRowIsRejectedAndTheOthersGo() throws Exception {
        server.answer(Answer.of(204));
        given.with(FieldMapping.FIELDS, Map.of("Long", "x".repeat(32_764) + "{phone}"))
                .with(AzureTableSettings.ON_TOO_LONG, "reject");
        Lead fits = Leads.sparse().toBuilder().id("fits").phone("1234").build();
        Lead tooLong = Leads.sparse().toBuilder().id("tooLong").phone("12345").build();
        List<DeliveryResult> results = deliver(given.open(), false, tooLong, fits);
        assertThat(results.get(0))
                .isInstanceOf(Rejected.class)
                .extracting(r -> code(r))
                .isEqualTo("azure-table.lead-too-large");
        assertThat(results.get(1)).isInstanceOf(Delivered.class);
        assertThat(given.open().preview(tooLong)).startsWith("(too large");
    }

    @Test
    void anUnreachableAccountIsTriedAgainAndAnUnknownOneHeldAfterThree() throws Exception {
        server.close();
        assertThat(one()).isInstanceOf(Retry.class).extracting(r -> code(r)).isEqualTo("azure-table.unreachable");
        AzureTableDestination unknown = Given.server(java.net.URI.create("https://no-such-host.invalid"))
                .open();
        assertThat(code(deliver(unknown, false, Leads.ada()).get(0))).isEqualTo("azure-table.unreachable");
        assertThat(code(deliver(unknown, false, Leads.ada()).get(0))).isEqualTo("azure-table.unreachable");
        assertThat(deliver(unknown, false, Leads.ada()).get(0))
                .isInstanceOf(Pause.class)
                .extracting(r -> code(r))
                .isEqualTo("azure-table.wrong-address");
    }

    @Test
    void aServerWithoutTlsIsNoEndpoint() throws Exception {
        Given tls = Given.server(
                java.net.URI.create("https://localhost:" + server.uri().getPort()));
        assertThat(deliver(tls.open(), false, Leads.ada()).get(0))
                .isInstanceOf(Retry.class)
                .extracting(r -> code(r))
                .isEqualTo("azure-table.tls");
    }

    @Test
    void aClientThatFollowsRedirectsIsNotUsed() throws Exception {
        var following = java.net.http.HttpClient.newBuilder()
                .followRedirects(java.net.http.HttpClient.Redirect.ALWAYS)
                .build();
        var context = new io.leaddispatch.spi.DestinationContext(
                "table", java.time.Clock.systemUTC(), () -> following, "test", true);
        var destination = (AzureTableDestination) new AzureTableDestinationProvider().open(given, context);
        assertThat(code(deliver(destination, false, Leads.ada()).get(0))).isEqualTo("azure-table.client-unfit");
    }

    @Test
    void aKeyThatWasRotatedIsUsedAtOnce() throws Exception {
        AtomicReference<String> text = new AtomicReference<>(connection("b2xkLWtleQ=="));
        AzureTableDestination destination = new Given()
                .with(AzureTableSettings.CONNECTION_STRING, Secret.from(text::get))
                .open();
        server.otherwise(request -> {
            String used = text.getAndSet(connection("bmV3LWtleQ=="));
            return used.contains("b2xk") ? json(403, "AuthenticationFailed") : Answer.of(204);
        });
        assertThat(deliver(destination, false, Leads.ada()).get(0)).isInstanceOf(Delivered.class);
        assertThat(server.requests().stream()
                        .map(request -> request.header("Authorization"))
                        .distinct())
                .hasSize(2);
    }

    @Test
    void aConnectionStringThatBecomesUnusableHoldsTheDestination() throws Exception {
        AtomicReference<String> text = new AtomicReference<>(connection(Azurite.KEY));
        AzureTableDestination destination = new Given()
                .with(AzureTableSettings.CONNECTION_STRING, Secret.from(text::get))
                .open();
        text.set("********");
        assertThat(code(deliver(destination, false, Leads.ada()).get(0))).isEqualTo("azure-table.secret-unusable");
        Verification verification = destination.verify(new Verification.Probe(Leads.ada()));
        assertThat(verification.steps().get(0).problem().code()).isEqualTo("azure-table.secret-unusable");
    }

    private String connection(String key) {
        return "AccountName=contosoleads;AccountKey=" + key + ";TableEndpoint=" + server.uri();
    }

    @Test
    void aSignatureGoesIntoTheAddressAndIsNoHeader() throws Exception {
        server.answer(Answer.of(204));
        Given.connection("TableEndpoint=" + server.uri() + ";SharedAccessSignature=sv=2019-02-02&sig=c2lnbmF0dXJl")
                .open()
                .deliver(new LeadBatch(List.of(Leads.ada()), Instant.now().plusSeconds(30), false));
        ReceivedRequest request = server.requests().get(0);
        assertThat(request.target()).contains("sig=c2lnbmF0dXJl");
        assertThat(request.header("Authorization")).isEmpty();
        assertThat(request.header("User-Agent")).isEqualTo("lead-dispatch/test");
    }

    @Test
    void verifyStopsAtWhatFailsFirst() throws Exception {
        server.otherwise(request -> json(403, "AuthenticationFailed"));
        Verification verification = given.open().verify(new Verification.Probe(Leads.ada()));
        assertThat(verification.steps().get(0).problem().code()).isEqualTo("azure-table.unauthorized");
        assertThat(verification.steps().subList(1, 4))
                .allSatisfy(step -> assertThat(step.state()).isEqualTo(Verification.State.NOT_RUN));
    }

    @Test
    void verifySaysWhenTheTestLeadDoesNotComeBack() throws Exception {
        server.answer(Answer.json(200, "{\"value\":[]}"))
                .answer(Answer.of(204))
                .answer(Answer.json(200, "{\"PartitionKey\":\"x\",\"RowKey\":\"y\",\"CustomerInfo\":\"{}\"}"));
        Verification verification = given.open().verify(new Verification.Probe(Leads.ada()));
        assertThat(verification.steps().get(3).problem().code()).isEqualTo("azure-table.not-read-back");
    }

    @Test
    void verifyEndsInTimeWhereNobodyAnswers() throws Exception {
        server.otherwise(request -> Answer.fault(Fault.SILENT));
        Verification verification =
                given.with(AzureTableSettings.TIMEOUT, "300ms").open().verify(new Verification.Probe(null));
        assertThat(verification.steps().get(0).problem().code()).isEqualTo("azure-table.no-answer");
    }

    @Test
    void limitsSayThatARepeatIsSafe() {
        AzureTableDestination destination =
                given.with(AzureTableSettings.CONCURRENCY, 9).open();
        assertThat(destination.limits().repeatSafe()).isTrue();
        assertThat(destination.limits().batch()).isEqualTo(100);
        assertThat(destination.limits().concurrency()).isEqualTo(9);
        assertThat(destination.limits().callTimeout()).isEqualTo(Duration.ofSeconds(35));
        assertThat(destination.batchKey(Leads.sparse())).isEqualTo("undated");
        assertThat(destination.preview(Leads.ada())).contains("insert row 2026-02-03/", "LeadSource: AzureMarketplace");
        assertThat(destination).hasToString("AzureTableDestination[table]");
    }
}
