package io.leaddispatch.testkit.marketo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leaddispatch.testkit.MovableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the simulator, asked by plain HTTP. */
class MarketoSimulatorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SYNC = "/rest/v1/leads.json";
    private static final String SUBMIT = "/rest/v1/leads/submitForm.json";

    private final MovableClock clock = MovableClock.at("2026-05-01T12:00:00Z");
    private final MarketoSimulator marketo = MarketoSimulator.start(clock);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        marketo.close();
    }

    private JsonNode token() throws Exception {
        return JSON.readTree(token(MarketoSimulator.CLIENT_SECRET).body());
    }

    private HttpResponse<String> token(String secret) throws Exception {
        URI uri = marketo.uri()
                .resolve("/identity/oauth/token?grant_type=client_credentials&client_id=" + MarketoSimulator.CLIENT_ID
                        + "&client_secret=" + secret);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest post(String path, String body, String bearer) {
        return HttpRequest.newBuilder(marketo.uri().resolve(path))
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private JsonNode call(HttpRequest request) throws IOException, InterruptedException {
        return JSON.readTree(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private JsonNode sync(String input) throws Exception {
        return call(post(SYNC, "{\"lookupField\":\"email\",\"input\":" + input + "}", bearer()));
    }

    private String bearer() throws Exception {
        return token().path("access_token").asText();
    }

    private static String code(JsonNode answer) {
        return answer.at("/errors/0/code").asText();
    }

    private static String reason(JsonNode answer) {
        return answer.at("/result/0/reasons/0/code").asText();
    }

    @Test
    void theSameTokenComesUntilItsEnd() throws Exception {
        JsonNode first = token();
        clock.pass(Duration.ofSeconds(3_590));
        JsonNode later = token();
        assertThat(later.path("access_token")).isEqualTo(first.path("access_token"));
        assertThat(later.path("expires_in").asInt()).isEqualTo(10);
        clock.pass(Duration.ofSeconds(11));
        assertThat(code(call(post(SYNC, "{}", first.path("access_token").asText()))))
                .isEqualTo("602");
        assertThat(token().path("access_token")).isNotEqualTo(first.path("access_token"));
        assertThat(marketo.tokenRequests()).isEqualTo(3);
        assertThat(token("wrong").statusCode()).isEqualTo(401);
    }

    @Test
    void callsWithoutAGoodTokenAreRefusedAndNotCounted() throws Exception {
        assertThat(code(call(post(SYNC, "{}", "nonsense")))).isEqualTo("601");
        HttpRequest none = HttpRequest.newBuilder(marketo.uri().resolve(SYNC + "?access_token=" + bearer()))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThat(code(call(none))).isEqualTo("600");
        assertThat(marketo.calls()).isZero();
    }

    @Test
    void peopleAreCreatedUpdatedAndSkippedInTheirOrder() throws Exception {
        JsonNode answer = sync("[{\"email\":\"a@x.example\",\"firstName\":\"Ann\"},"
                + "{\"email\":\"b@x.example\",\"numberOfEmployees\":14.1},{\"firstName\":\"Nobody\"},"
                + "{\"email\":\"c@x.example\",\"industri\":\"IT\"},{\"email\":\"zoë@x.example\"},"
                + "{\"email\":\"d@x.example\",\"createdAt\":\"now\"}]");
        assertThat(answer.findValuesAsText("code")).containsExactly("1003", "1002", "1006", "1003", "1006");
        assertThat(answer.findValuesAsText("id")).containsExactly("1");
        assertThat(sync("[{\"email\":\"A@x.example\",\"firstName\":null,\"city\":\"Bonn\"}]")
                        .at("/result/0/status")
                        .asText())
                .isEqualTo("updated");
        assertThat(marketo.people().get(0)).containsOnlyKeys("email", "city");
    }

    @Test
    void theCompanyOfAPersonWhoIsThereCannotBeUpdated() throws Exception {
        String record = "[{\"email\":\"a@x.example\",\"company\":\"Acme\"}]";
        assertThat(sync(record).at("/result/0/status").asText()).isEqualTo("created");
        assertThat(reason(sync(record))).isEqualTo("1021");
        assertThat(sync("[{\"email\":\"a@x.example\",\"city\":\"Bonn\"}]")
                        .at("/result/0/status")
                        .asText())
                .isEqualTo("updated");
        assertThat(marketo.people().get(0)).containsEntry("company", "Acme").containsEntry("city", "Bonn");
    }

    @Test
    void twoCallsWithOneKeyAtOnceMakeTwoPeople() throws Exception {
        CyclicBarrier meeting = new CyclicBarrier(2);
        marketo.meanwhile(() -> meet(meeting));
        String body = "{\"input\":[{\"email\":\"a@x.example\"}]}";
        HttpRequest request = post(SYNC, body, bearer());
        var first = client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        var second = client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        first.get();
        second.get();
        marketo.meanwhile(() -> {});
        assertThat(marketo.size()).isEqualTo(2);
        assertThat(reason(sync("[{\"email\":\"a@x.example\"}]"))).isEqualTo("1007");
    }

    private static void meet(CyclicBarrier meeting) {
        try {
            meeting.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void moreThanTheRateIsRefusedAndCounted() throws Exception {
        marketo.limits(3, Duration.ofMinutes(1), 10);
        for (int i = 0; i < 3; i++) {
            assertThat(sync("[{\"email\":\"a@x.example\"}]").path("success").asBoolean())
                    .isTrue();
        }
        assertThat(code(sync("[{\"email\":\"a@x.example\"}]"))).isEqualTo("606");
        assertThat(marketo.mostCallsIn(Duration.ofMinutes(1))).isEqualTo(4);
        marketo.limits(100, Duration.ofMinutes(1), 10).dailyQuota(4);
        assertThat(code(sync("[{\"email\":\"a@x.example\"}]"))).isEqualTo("607");
    }

    @Test
    void moreAtOnceThanAllowedIsRefused() throws Exception {
        marketo.limits(100, Duration.ofMinutes(1), 2).takes(Duration.ofMillis(300));
        String bearer = bearer();
        List<String> codes = IntStream.range(0, 6)
                .mapToObj(n -> client.sendAsync(
                        post(SYNC, "{\"input\":[{\"email\":\"" + n + "@x.example\"}]}", bearer),
                        HttpResponse.BodyHandlers.ofString()))
                .toList()
                .stream()
                .map(future -> {
                    try {
                        return code(JSON.readTree(future.get().body()));
                    } catch (IOException | InterruptedException | ExecutionException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
        assertThat(codes).contains("615");
        assertThat(marketo.size())
                .isEqualTo((int) codes.stream().filter(String::isEmpty).count());
        assertThat(marketo.mostAtOnce()).isGreaterThan(2);
    }

    @ParameterizedTest(name = "the skip says why: {0}")
    @ValueSource(booleans = {true, false})
    void aFieldThatTheFormLacksSkipsTheSubmissionWithSuccess(boolean says) throws Exception {
        marketo.form(7, "email").skipsSayWhy(says);
        String body = "{\"formId\":7,\"input\":[{\"leadFormFields\":{\"email\":\"a@x.example\",\"city\":\"Bonn\"}}]}";
        JsonNode answer = call(post(SUBMIT, body, bearer()));
        assertThat(answer.path("success").asBoolean()).isTrue();
        assertThat(answer.at("/result/0/status").asText()).isEqualTo("skipped");
        assertThat(reason(answer)).isEqualTo(says ? "1006" : "");
        assertThat(marketo.size() + marketo.submissions()).isZero();
    }

    @Test
    void everySubmissionIsAnActivity() throws Exception {
        String body = "{\"formId\":" + MarketoSimulator.FORM_ID
                + ",\"input\":[{\"leadFormFields\":{\"email\":\"a@x.example\"}}]}";
        for (String status : List.of("created", "updated")) {
            assertThat(call(post(SUBMIT, body, bearer())).at("/result/0/status").asText())
                    .isEqualTo(status);
        }
        assertThat(marketo.size()).isOne();
        assertThat(marketo.submissions()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                "/rest/v1/leads.json; nonsense; 609",
                "/rest/v1/leads.json; {\"input\":[]}; 1003",
                "/rest/v1/leads.json; {\"lookupField\":\"nothing\",\"input\":[{}]}; 1006",
                "/rest/v1/leads.json; {\"action\":\"createOnly\",\"input\":[{}]}; 609",
                "/rest/v1/leads/submitForm.json; {\"formId\":99,\"input\":[{}]}; 702",
                "/rest/v1/leads/submitForm.json; {\"formId\":\"1179\",\"input\":[{}]}; 702",
                "/rest/v1/leads/submitForm.json; {\"formId\":1179,\"input\":[{},{}]}; 609"
            })
    void whatIsWrongWithACallFailsItAsAWhole(String path, String body, String code) throws Exception {
        assertThat(code(call(post(path, body, bearer())))).isEqualTo(code);
    }

    @Test
    void threeHundredAreTheMost() throws Exception {
        String many = "[" + "{\"email\":\"a@x.example\"},".repeat(300) + "{\"email\":\"a@x.example\"}]";
        assertThat(code(sync(many))).isEqualTo("1003");
    }

    @Test
    void aMegabyteIsTheMost() throws Exception {
        HttpRequest large = post(SYNC, " ".repeat(1_000_001), bearer());
        assertThat(client.send(large, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(413);
        HttpRequest elsewhere = post("/rest//v1/leads.json", "{}", bearer());
        assertThat(client.send(elsewhere, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void prescribedFailuresExecuteNothing() throws Exception {
        marketo.failNext("608", 1).unknownFieldFailsCall(true);
        assertThat(code(sync("[{\"email\":\"a@x.example\"}]"))).isEqualTo("608");
        assertThat(code(sync("[{\"email\":\"a@x.example\",\"industri\":\"IT\"}]")))
                .isEqualTo("1006");
        assertThat(marketo.size()).isZero();
        marketo.expireTokens();
        assertThat(sync("[{\"email\":\"a@x.example\"}]").path("success").asBoolean())
                .isTrue();
    }

    @Test
    void fieldsAndFormsAreDescribedAndMayBeForbidden() throws Exception {
        marketo.field("utm_content", "utmcontent").form(5, "email", "utm_content");
        String bearer = bearer();
        HttpRequest fields = get("/rest/asset/v1/form/5/fields.json", bearer);
        assertThat(call(fields).findValuesAsText("id")).containsExactly("Email", "utmcontent", "Profiling");
        JsonNode described = call(get("/rest/v1/leads/describe.json", bearer));
        assertThat(described.toString()).contains("{\"name\":\"utmcontent\",\"readOnly\":false}");
        assertThat(code(call(get("/rest/asset/v1/form/99/fields.json", bearer))))
                .isEqualTo("702");
        marketo.forbid("/rest/asset");
        assertThat(code(call(fields))).isEqualTo("603");
        assertThat(code(call(get(SYNC, bearer)))).isEqualTo("605");
        assertThat(code(call(post("/rest/v1/leads/describe.json", "{}", bearer))))
                .isEqualTo("605");
        HttpRequest text = HttpRequest.newBuilder(marketo.uri().resolve(SYNC))
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThat(code(call(text))).isEqualTo("612");
    }

    private HttpRequest get(String path, String bearer) {
        return HttpRequest.newBuilder(marketo.uri().resolve(path))
                .header("Authorization", "Bearer " + bearer)
                .build();
    }

    @Test
    void tokensLiveAsLongAsSaid() throws Exception {
        marketo.tokensLive(Duration.ofSeconds(5));
        assertThat(token().path("expires_in").asInt()).isEqualTo(5);
        clock.pass(Duration.ofSeconds(5));
        assertThat(token().path("expires_in").asInt()).isEqualTo(5);
    }
}
