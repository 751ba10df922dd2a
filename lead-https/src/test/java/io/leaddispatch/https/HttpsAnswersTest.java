package io.leaddispatch.https;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.spi.DeliveryResult;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpsAnswersTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private final HttpsAnswers answers =
            new HttpsAnswers(StatusRanges.parse(List.of("200-299")), true, Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest(name = "{0} is {1} {2}")
    @CsvSource({
        "200, Delivered, ",
        "201, Delivered, ",
        "202, Delivered, ",
        "204, Delivered, ",
        "302, Pause, https.redirects",
        "400, Rejected, https.refused-lead",
        "401, Pause, https.unauthorized",
        "403, Pause, https.unauthorized",
        "404, Pause, https.not-found",
        "405, Pause, https.not-found",
        "407, Pause, https.unauthorized",
        "408, Retry, https.server-error",
        "409, Retry, https.conflict",
        "410, Pause, https.gone",
        "413, Rejected, https.too-large",
        "415, Rejected, https.refused-lead",
        "422, Rejected, https.refused-lead",
        "425, Retry, https.server-error",
        "429, Pause, https.throttled",
        "500, Retry, https.server-error",
        "501, Pause, https.not-found",
        "502, Retry, https.server-error",
        "503, Retry, https.server-error",
        "504, Retry, https.server-error",
        "505, Pause, https.not-found",
        "599, Retry, https.server-error"
    })
    void statusDecidesTheResult(int status, String kind, String code) {
        DeliveryResult result = answers.read(answer(status, Map.of()));
        assertThat(result.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(codeOf(result)).isEqualTo(code);
    }

    @Test
    void onlyCreatedIsSaidToBeStored() {
        assertThat(answers.read(answer(201, Map.of())).toString()).contains("CREATED");
        assertThat(answers.read(answer(202, Map.of())).toString()).contains("ACCEPTED");
    }

    @ParameterizedTest
    @CsvSource({"429", "503"})
    void aNamedTimePausesUntilThen(int status) {
        var pause = (DeliveryResult.Pause) answers.read(answer(status, Map.of("Retry-After", List.of("7"))));
        assertThat(pause.until()).isEqualTo(NOW.plusSeconds(7));
    }

    @Test
    void conflictRefusesTheLeadWhereNoKeyWasSent() {
        var without = new HttpsAnswers(answers.accepted(), false, answers.clock());
        assertThat(without.read(answer(409, Map.of()))).isInstanceOf(DeliveryResult.Rejected.class);
    }

    @Test
    void aRedirectIsNamedByItsHostOnly() {
        var pause = (DeliveryResult.Pause)
                answers.read(answer(302, Map.of("Location", List.of("https://login.example/x?key=CANARY"))));
        assertThat(pause.problem().cause()).contains("login.example").doesNotContain("CANARY");
    }

    @Test
    void aRedirectToNowhereIsARedirect() {
        var pause = (DeliveryResult.Pause) answers.read(answer(302, Map.of("Location", List.of("not a : uri"))));
        assertThat(pause.problem().code()).isEqualTo("https.redirects");
    }

    @Test
    void anHtmlPageIsDeliveredWithANote() {
        var delivered = (DeliveryResult.Delivered)
                answers.read(answer(200, Map.of("Content-Type", List.of("text/html; charset=utf-8"))));
        assertThat(delivered.notes()).singleElement().asString().contains("HTML");
    }

    private static HttpAnswer answer(int status, Map<String, List<String>> headers) {
        return new HttpAnswer(status, HttpHeaders.of(headers, (name, value) -> true), new byte[0], false);
    }

    private static String codeOf(DeliveryResult result) {
        if (result instanceof DeliveryResult.Rejected r) {
            return r.problem().code();
        }
        if (result instanceof DeliveryResult.Pause p) {
            return p.problem().code();
        }
        if (result instanceof DeliveryResult.Retry r) {
            return r.problem().code();
        }
        return null;
    }
}
