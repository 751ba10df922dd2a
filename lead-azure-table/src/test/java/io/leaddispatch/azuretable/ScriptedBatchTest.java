package io.leaddispatch.azuretable;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Lead;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.NotExecuted;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.spi.DeliveryResult.Retry;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of many leads: who is to blame, and what does not fit. */
class ScriptedBatchTest extends WithScriptedTable {
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
}
