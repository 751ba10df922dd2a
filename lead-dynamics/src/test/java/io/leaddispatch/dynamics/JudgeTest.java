package io.leaddispatch.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.dynamics.simulator.DataverseSimulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The judge of every other test condemns what facts 2 to 4 and 10.2 forbid. */
class JudgeTest {
    private static final String ROW = "leads(5f0c0000-0000-4000-8000-000000000001)";
    private static final String BATCH = """
            --b
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            PATCH /api/data/v9.2/%s HTTP/1.1
            Content-Type: application/json; type=entry
            If-None-Match: *

            {"lastname":"Lovelace"}
            --b--
            """.formatted(ROW);

    private final DataverseSimulator judge = DataverseSimulator.start();

    @AfterEach
    void close() {
        judge.close();
    }

    @Test
    void whatIsRightPasses() throws Exception {
        assertThat(send(insert("{\"lastname\":\"Lovelace\"}")).statusCode()).isEqualTo(204);
        HttpResponse<String> batch =
                send(batch(BATCH.replace(ROW, "leads").replace("PATCH", "POST").replace("\n", "\r\n")));
        assertThat(batch.body()).contains("HTTP/1.1 204");
        assertThat(judge.protocolFaults()).isEmpty();
        assertThat(judge.environment().leads).hasSize(2);
    }

    @Test
    void aBatchWithoutCarriageReturnsIsRefused() throws Exception {
        for (String text : List.of(BATCH, BATCH.strip().replace("\n", "\r\n"))) {
            HttpResponse<String> answer = send(batch(text));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("0x80048d19", "Stream was not readable.");
        }
        assertThat(judge.protocolFaults()).hasSize(2).allMatch("line ends of a batch"::equals);
        assertThat(judge.environment().leads).isEmpty();
    }

    @Test
    void missingHeadersAreAFault() throws Exception {
        send(bare("PATCH", ROW, "{\"lastname\":\"Lovelace\"}").header("If-None-Match", "*"));
        assertThat(judge.protocolFaults())
                .hasSize(3)
                .anyMatch(fault -> fault.startsWith("no OData-Version"))
                .anyMatch(fault -> fault.startsWith("no OData-MaxVersion"))
                .anyMatch(fault -> fault.startsWith("no Accept"));
    }

    @Test
    void aTargetWithoutItsTypeIsAFault() throws Exception {
        send(request(
                "POST",
                "leads/Microsoft.Dynamics.CRM.CreateMultiple",
                "{\"Targets\":[{\"leadid\":\"5f0c0000-0000-4000-8000-000000000001\",\"lastname\":\"Lovelace\"}]}"));
        assertThat(judge.protocolFaults()).contains("a target without @odata.type");
    }

    @Test
    void anUpsertIsAFaultAndWritesNothing() throws Exception {
        assertThat(send(request("PATCH", ROW, "{\"lastname\":\"Lovelace\"}")).statusCode())
                .isEqualTo(400);
        assertThat(judge.protocolFaults()).singleElement().asString().startsWith("an upsert");
        assertThat(judge.environment().leads).isEmpty();
    }

    @Test
    void onlyALongTextIsTooLong() throws Exception {
        HttpResponse<String> tooLong = send(insert("{\"lastname\":\"" + "n".repeat(51) + "\"}"));
        assertThat(tooLong.body()).contains("0x80044331", "exceeded the maximum allowed length of '50'");
        assertThat(judge.protocolFaults()).isEmpty();
        for (String value : List.of("5", "[\"a\"]", "{\"a\":1}")) {
            HttpResponse<String> answer = send(insert("{\"lastname\":" + value + "}"));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("0x80048d19").doesNotContain("maximum allowed length");
        }
        assertThat(judge.protocolFaults()).hasSize(3);
    }

    @Test
    void anUnknownColumnIsTheCustomersAndNoFault() throws Exception {
        HttpResponse<String> answer = send(insert("{\"LastName\":\"Lovelace\"}"));
        assertThat(answer.body()).contains("0x80048d19", "Invalid property 'LastName' was found");
        assertThat(judge.protocolFaults()).isEmpty();
    }

    private HttpRequest.Builder insert(String json) {
        return request("PATCH", ROW, json).header("If-None-Match", "*");
    }

    private HttpRequest.Builder batch(String text) {
        return request("POST", "$batch", text)
                .setHeader("Content-Type", "multipart/mixed; boundary=b")
                .header("Prefer", "odata.continue-on-error");
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        return bare(method, path, body)
                .header("Accept", "application/json")
                .header("OData-Version", "4.0")
                .header("OData-MaxVersion", "4.0");
    }

    private HttpRequest.Builder bare(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(judge.uri() + "/api/data/v9.2/" + path))
                .version(HttpClient.Version.HTTP_1_1)
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Authorization", "Bearer t");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
