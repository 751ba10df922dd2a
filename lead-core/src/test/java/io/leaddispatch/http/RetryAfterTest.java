package io.leaddispatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private static Instant read(String... values) {
        return RetryAfter.read(HttpHeaders.of(Map.of("Retry-After", List.of(values)), (a, b) -> true), NOW);
    }

    @ParameterizedTest(name = "{0} is {1} s")
    @CsvSource(delimiter = '|', textBlock = """
                    0                              | 0
                    7                              | 7
                    ' 120 '                        | 120
                    3600                           | 3600
                    3601                           | 3600
                    99999999999                    | 3600
                    99999999999999999999999999999  | 3600
                    Tue, 24 Nov 2026 10:00:30 GMT  | 30
                    Tuesday, 24-Nov-26 10:00:30 GMT| 30
                    Tue Nov 24 10:00:30 2026       | 30
                    Wed, 25 Nov 2026 10:00:00 GMT  | 3600
                    Sun, 06 Nov 1994 08:49:37 GMT  | 0
                    Sunday, 06-Nov-94 08:49:37 GMT | 0
                    Sun Nov  6 08:49:37 1994       | 0
                    """)
    void secondsAndAllThreeFormsOfDatesAreRead(String value, long seconds) {
        assertThat(read(value)).isEqualTo(NOW.plusSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "+1",
                "1.5",
                "soon",
                "7 s",
                "120, 130",
                "Mon, 24 Nov 2026 10:00:30 GMT",
                "Tue, 31 Nov 2026 10:00:30 GMT",
                "Tue, 24 Nov 2026 25:00:30 GMT",
                "2026-11-24T10:00:30Z"
            })
    void whatIsNoneOfThemIsIgnored(String value) {
        assertThat(read(value)).isNull();
    }

    @Test
    void noneAndSeveralAreIgnored() {
        assertThat(RetryAfter.read(HttpHeaders.of(Map.of(), (a, b) -> true), NOW))
                .isNull();
        assertThat(read("7", "8")).isNull();
    }

    @Test
    void aDateIsMeasuredAgainstTheServersClock() {
        HttpHeaders headers = HttpHeaders.of(
                Map.of(
                        "Retry-After", List.of("Tue, 24 Nov 2026 12:00:30 GMT"),
                        "Date", List.of("Tue, 24 Nov 2026 12:00:00 GMT")),
                (a, b) -> true);
        assertThat(RetryAfter.read(headers, NOW)).isEqualTo(NOW.plusSeconds(30));
    }

    @Test
    void anUnreadableDateOfTheServerIsNotUsed() {
        HttpHeaders headers = HttpHeaders.of(
                Map.of("Retry-After", List.of("Tue, 24 Nov 2026 10:00:30 GMT"), "Date", List.of("yesterday")),
                (a, b) -> true);
        assertThat(RetryAfter.read(headers, NOW)).isEqualTo(NOW.plusSeconds(30));
    }

    @Test
    void twoDigitsOfAYearFarAheadMeanThePastCentury() {
        assertThat(read("Sunday, 24-Nov-75 10:00:30 GMT")).isEqualTo(NOW.plus(RetryAfter.LONGEST)); // 2075
        assertThat(read("Thursday, 24-Nov-77 10:00:30 GMT")).isEqualTo(NOW); // 1977
    }

    @Test
    void theMachinesLanguageMakesNoDifference() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(read("Tue Nov 24 10:00:30 2026")).isEqualTo(NOW.plusSeconds(30));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void anAnswerReadsItByTheGivenClock() {
        HttpAnswer answer = new HttpAnswer(
                429, HttpHeaders.of(Map.of("retry-after", List.of("7")), (a, b) -> true), new byte[0], false);
        assertThat(answer.retryAfter(Clock.fixed(NOW, ZoneOffset.UTC))).isEqualTo(NOW.plus(Duration.ofSeconds(7)));
    }
}
