package io.leaddispatch.marketo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.Problem;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.NotExecuted;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.spi.DeliveryResult.Retry;
import io.leaddispatch.spi.DeliveryResult.Unknown;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All three levels of errors, in both REST modes. */
class MarketoAnswersTest {
    private static final Instant SENT = Instant.parse("2026-05-01T12:00:00Z");
    private static final Instant NOW = SENT.plusSeconds(3);
    private static final Map<String, Object> ADA = Map.of("email", "ada@example.com", "firstName", "CANARY");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final MarketoAnswers form = new MarketoAnswers(true, CLOCK, Duration.ofSeconds(20), Duration.ofSeconds(90));
    private final MarketoAnswers leads =
            new MarketoAnswers(false, CLOCK, Duration.ofSeconds(20), Duration.ofSeconds(90));

    private static Reply reply(int status, String body, Map<String, List<String>> headers) {
        HttpHeaders all = HttpHeaders.of(headers, (name, value) -> true);
        return Reply.of(SENT, new HttpAnswer(status, all, body.getBytes(UTF_8), false));
    }

    private static List<DeliveryResult> read(MarketoAnswers answers, int status, String body, int leads) {
        return answers.read(reply(status, body, Map.of()), Collections.nCopies(leads, ADA));
    }

    private static DeliveryResult one(MarketoAnswers answers, int status, String body) {
        return read(answers, status, body, 1).get(0);
    }

    private static String shown(DeliveryResult result) {
        Problem problem = MarketoAnswers.problem(result);
        return result.getClass().getSimpleName() + (problem == null ? "" : " " + problem.code());
    }

    private static String error(String code) {
        return "{\"requestId\":\"e42b#1\",\"success\":false,\"errors\":[{\"code\":\"" + code
                + "\",\"message\":\"no CANARY\"}]}";
    }

    private static String skipped(String code, String message) {
        return "{\"success\":true,\"result\":[{\"status\":\"skipped\",\"reasons\":[{\"code\":\"" + code
                + "\",\"message\":\"" + message + "\"}]}]}";
    }

    @ParameterizedTest(name = "HTTP {0}: {1} in a form, {2} for leads")
    @CsvSource({
        "204, Unknown marketo.outcome-unknown, Retry marketo.outcome-unknown",
        "301, Pause marketo.wrong-address, Pause marketo.wrong-address",
        "400, Pause marketo.request-refused, Pause marketo.request-refused",
        "401, Pause marketo.token-refused, Pause marketo.token-refused",
        "403, Pause marketo.permission, Pause marketo.permission",
        "404, Pause marketo.wrong-address, Pause marketo.wrong-address",
        "407, Pause marketo.wrong-address, Pause marketo.wrong-address",
        "408, Unknown marketo.outcome-unknown, Retry marketo.outcome-unknown",
        "413, Rejected marketo.too-large, Rejected marketo.too-large",
        "414, Pause marketo.request-refused, Pause marketo.request-refused",
        "429, Pause marketo.rate, Pause marketo.rate",
        "500, Unknown marketo.outcome-unknown, Retry marketo.outcome-unknown",
        "503, Unknown marketo.outcome-unknown, Retry marketo.outcome-unknown"
    })
    void theStatusDecidesFirst(int status, String inForm, String forLeads) {
        assertThat(shown(one(form, status, "{\"success\":true}"))).isEqualTo(inForm);
        assertThat(shown(one(leads, status, "{\"success\":true}"))).isEqualTo(forLeads);
    }

    @Test
    void aCallThatIsTooLargeIsMadeSmaller() {
        assertThat(read(leads, 413, "", 3)).hasSize(3).allMatch(NotExecuted.class::isInstance);
    }

    @ParameterizedTest(name = "{0}: {1} in a form, {2} for leads")
    @CsvSource({
        "602, Pause marketo.token-refused, Pause marketo.token-refused",
        "603, Pause marketo.permission, Pause marketo.permission",
        "604, Unknown marketo.outcome-unknown, Retry marketo.outcome-unknown",
        "606, Pause marketo.rate, Pause marketo.rate",
        "607, Pause marketo.daily-quota, Pause marketo.daily-quota",
        "608, Retry marketo.unavailable, Retry marketo.unavailable",
        "611, Retry marketo.unavailable, Retry marketo.unavailable",
        "615, Pause marketo.concurrency, Pause marketo.concurrency",
        "701, Rejected marketo.refused-lead, Rejected marketo.refused-lead",
        "702, Pause marketo.form-not-found, Pause marketo.request-refused",
        "704, Rejected marketo.refused-lead, Rejected marketo.refused-lead",
        "709, Pause marketo.request-refused, Pause marketo.request-refused",
        "710, Pause marketo.request-refused, Pause marketo.request-refused",
        "711, Pause marketo.request-refused, Pause marketo.request-refused",
        "712, Pause marketo.request-refused, Pause marketo.request-refused",
        "714, Pause marketo.request-refused, Pause marketo.request-refused",
        "718, Rejected marketo.refused-lead, Rejected marketo.refused-lead",
        "1003, Rejected marketo.refused-lead, Rejected marketo.refused-lead",
        "1006, Pause marketo.unknown-field, Pause marketo.unknown-field"
    })
    void aCallThatFailsAsAWholeIsReadByItsCode(String code, String inForm, String forLeads) {
        assertThat(shown(one(form, 200, error(code)))).isEqualTo(inForm);
        assertThat(shown(one(leads, 200, error(code)))).isEqualTo(forLeads);
    }

    @ParameterizedTest(name = "{0} until {1}")
    @CsvSource({"606, 2026-05-01T12:00:23Z", "607, 2026-05-02T06:00:00Z", "615, 2026-05-01T12:00:05Z"})
    void limitsPauseForTheirTime(String code, Instant until) {
        assertThat(((Pause) one(form, 200, error(code))).until()).isEqualTo(until);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-01T05:59:59Z, 2026-05-01T06:00:00Z",
        "2026-05-01T06:00:00Z, 2026-05-02T06:00:00Z",
        "1969-12-31T23:00:00Z, 1970-01-01T06:00:00Z"
    })
    void theDayEndsAtSix(Instant now, Instant reset) {
        assertThat(DailyCalls.resetAfter(now)).isEqualTo(reset);
    }

    @Test
    void aNamedTimeIsHeeded() {
        Reply throttled = reply(429, "", Map.of("Retry-After", List.of("7")));
        assertThat(((Pause) form.read(throttled, List.of(ADA)).get(0)).until()).isEqualTo(NOW.plusSeconds(7));
        assertThat(((Pause) one(form, 429, "")).until()).isEqualTo(NOW.plusSeconds(20));
    }

    @Test
    void aNamedTimeAfterAFailureIsHeededToo() {
        Reply soon = reply(503, "", Map.of("Retry-After", List.of("7")));
        Reply late = reply(503, "", Map.of("Retry-After", List.of("300")));
        assertThat(((Retry) leads.read(soon, List.of(ADA)).get(0)).notBefore()).isEqualTo(SENT.plusSeconds(90));
        assertThat(((Retry) leads.read(late, List.of(ADA)).get(0)).notBefore()).isEqualTo(NOW.plusSeconds(300));
        assertThat(form.read(late, List.of(ADA)).get(0)).isInstanceOf(Unknown.class);
    }

    @Test
    void oneBadLeadOfManyIsFoundByHalving() {
        assertThat(read(leads, 200, error("1003"), 2)).allMatch(NotExecuted.class::isInstance);
    }

    @Test
    void aRepeatDoesNotMeetAWriteThatMayStillRun() {
        assertThat(((Retry) one(leads, 500, "")).notBefore()).isEqualTo(SENT.plusSeconds(90));
        assertThat(((Retry) one(leads, 200, error("608"))).notBefore()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "null",
                "{",
                "{}",
                "{\"success\":null}",
                "{\"success\":\"true\",\"result\":[{\"id\":1,\"status\":\"created\"}]}",
                "{\"success\":true}",
                "{\"success\":true,\"result\":[]}",
                "{\"success\":true,\"result\":[{\"id\":1,\"status\":\"created\"},{\"id\":2,\"status\":\"created\"}]}",
                "{\"success\":true,\"result\":[{\"id\":1}]}",
                "{\"success\":true,\"result\":[7]}",
                "{\"success\":true,\"result\":[{\"id\":1,\"status\":\"queued\"}]}"
            })
    void whatIsNoSuccessIsNone(String body) {
        assertThat(shown(one(form, 200, body))).isEqualTo("Unknown marketo.outcome-unknown");
        assertThat(one(leads, 200, body)).isInstanceOf(Retry.class);
    }

    @Test
    void aFailureWithoutACodeCountsAsASystemError() {
        var retry = (Retry) one(form, 200, "{\"success\":false}");
        assertThat(retry.problem().vendorCode()).isEqualTo("611");
    }

    @Test
    void entriesBelongToLeadsByTheirPlace() {
        List<DeliveryResult> results = read(
                leads,
                200,
                "{\"success\":true,\"warnings\":[{\"code\":1},2],\"result\":[{\"id\":50,\"status\":\"created\"},"
                        + "{\"status\":\"skipped\",\"reasons\":[{\"code\":1003,\"message\":\"firstName\"}]},"
                        + "{\"id\":\"51\",\"status\":\"updated\"}]}",
                3);
        assertThat(results.get(0)).isEqualTo(new Delivered(Confirmation.CREATED, "50", List.of()));
        assertThat(shown(results.get(1))).isEqualTo("Rejected marketo.refused-lead");
        assertThat(results.get(2)).isEqualTo(new Delivered(Confirmation.UPDATED, "51", List.of()));
    }

    @ParameterizedTest(name = "record {0}: {1} in a form, {2} for leads")
    @CsvSource({
        "1003, Rejected marketo.form-skipped, Rejected marketo.refused-lead",
        "1006, Rejected marketo.form-skipped, Pause marketo.unknown-field",
        "1007, Rejected marketo.form-skipped, Rejected marketo.several-matches",
        "1008, Rejected marketo.form-skipped, Pause marketo.partition-or-lookup",
        "611, Retry marketo.unavailable, Retry marketo.unavailable",
        "1029, Retry marketo.unavailable, Retry marketo.unavailable",
        "702, Rejected marketo.form-skipped, Rejected marketo.refused-lead",
        "699, Rejected marketo.form-skipped, Retry marketo.unavailable",
        "none, Rejected marketo.form-skipped, Rejected marketo.refused-lead"
    })
    void aSkippedRecordIsAFailure(String code, String inForm, String forLeads) {
        String body = skipped(code, "x");
        assertThat(shown(one(form, 200, body))).isEqualTo(inForm);
        assertThat(shown(one(leads, 200, body))).isEqualTo(forLeads);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":\"a field is not on the form\"}",
                "{\"code\":null,\"message\":\"\"}",
                "{}",
                "{\"code\":\"608\"},{\"message\":\"\"}"
            })
    void aSkipWhoseReasonHasNoCodeIsNotSentAgain(String reasons) {
        String body = "{\"success\":true,\"result\":[{\"status\":\"skipped\",\"reasons\":[" + reasons + "]}]}";
        assertThat(shown(one(form, 200, body))).isEqualTo("Rejected marketo.form-skipped");
        assertThat(shown(one(leads, 200, body))).isEqualTo("Rejected marketo.refused-lead");
    }

    @Test
    void whatIsWrongWithTheSetUpIsNotLookedForByHalving() {
        assertThat(read(leads, 200, error("702"), 300)).allMatch(Pause.class::isInstance);
        assertThat(read(leads, 200, error("704"), 300)).allMatch(NotExecuted.class::isInstance);
    }

    @Test
    void anEntryWithReasonsIsAFailureWhateverItsStatus() {
        String reason = "{\"code\":\"1004\",\"message\":\"\"}";
        for (String entry : List.of(
                "{\"id\":7,\"reasons\":[" + reason + "]}",
                "{\"id\":7,\"status\":\"created\",\"reasons\":[" + reason + "]}",
                "{\"id\":7,\"status\":\"skipped\",\"reason\":" + reason + "}",
                "{\"status\":\"skipped\"}")) {
            assertThat(one(form, 200, "{\"success\":true,\"result\":[" + entry + "]}"))
                    .isInstanceOf(Rejected.class);
            assertThat(one(leads, 200, "{\"success\":true,\"result\":[" + entry + "]}"))
                    .isInstanceOf(Rejected.class);
        }
    }

    @Test
    void aSkipNamesTheFieldAndNeverItsValue() {
        String words = "Invalid value for field 'firstName' and value 'CANARY'";
        Problem named = Objects.requireNonNull(MarketoAnswers.problem(one(form, 200, skipped("1003", words))));
        assertThat(named.cause()).endsWith(": fields firstName");
        Problem unnamed = Objects.requireNonNull(MarketoAnswers.problem(one(form, 200, skipped("1003", "CANARY"))));
        assertThat(unnamed.cause()).contains("email", "firstName");
        assertThat(named + " " + unnamed).doesNotContain("CANARY");
        assertThat(one(form, 200, error("1003")).toString()).doesNotContain("CANARY");
    }

    @Test
    void aCodeThatIsNoneIsNotShown() {
        assertThat(one(leads, 200, error("CANARY")).toString())
                .contains("vendorCode=unknown")
                .doesNotContain("CANARY");
    }

    @Test
    void anAnswerCutOffIsUnknown() {
        String whole = "{\"success\":true,\"result\":[{\"id\":1,\"status\":\"created\"}]}";
        HttpHeaders none = HttpHeaders.of(Map.of(), (name, value) -> true);
        Reply cut = Reply.of(SENT, new HttpAnswer(200, none, whole.getBytes(UTF_8), true));
        assertThat(form.read(cut, List.of(ADA)).get(0)).isInstanceOf(Unknown.class);
    }
}
