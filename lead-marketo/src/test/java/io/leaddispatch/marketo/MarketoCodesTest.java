package io.leaddispatch.marketo;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.marketo.Envelope.Code;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketoCodesTest {
    @ParameterizedTest(name = "{0} is {1} {2}")
    @CsvSource({
        "500, UNKNOWN, marketo.outcome-unknown",
        "502, UNKNOWN, marketo.outcome-unknown",
        "600, HOLD, marketo.request-refused",
        "601, RENEW, marketo.token-refused",
        "602, RENEW, marketo.token-refused",
        "603, HOLD, marketo.permission",
        "604, UNKNOWN, marketo.outcome-unknown",
        "605, HOLD, marketo.request-refused",
        "606, WINDOW, marketo.rate",
        "607, DAY, marketo.daily-quota",
        "608, RETRY, marketo.unavailable",
        "609, HOLD, marketo.request-refused",
        "610, HOLD, marketo.request-refused",
        "611, RETRY, marketo.unavailable",
        "612, HOLD, marketo.request-refused",
        "613, HOLD, marketo.request-refused",
        "614, RETRY, marketo.unavailable",
        "615, CROWD, marketo.concurrency",
        "616, HOLD, marketo.request-refused",
        "699, RETRY, marketo.unavailable",
        "701, REJECT, marketo.refused-lead",
        "702, REJECT, marketo.refused-lead",
        "703, HOLD, marketo.request-refused",
        "704, REJECT, marketo.refused-lead",
        "709, REJECT, marketo.refused-lead",
        "710, REJECT, marketo.refused-lead",
        "711, REJECT, marketo.refused-lead",
        "712, REJECT, marketo.refused-lead",
        "713, RETRY, marketo.unavailable",
        "714, REJECT, marketo.refused-lead",
        "718, REJECT, marketo.refused-lead",
        "719, RETRY, marketo.unavailable",
        "799, RETRY, marketo.unavailable",
        "1001, REJECT, marketo.refused-lead",
        "1002, REJECT, marketo.refused-lead",
        "1003, REJECT, marketo.refused-lead",
        "1004, REJECT, marketo.refused-lead",
        "1005, REJECT, marketo.refused-lead",
        "1006, HOLD, marketo.unknown-field",
        "1007, REJECT, marketo.several-matches",
        "1008, HOLD, marketo.partition-or-lookup",
        "1009, HOLD, marketo.partition-or-lookup",
        "1010, REJECT, marketo.refused-lead",
        "1011, HOLD, marketo.partition-or-lookup",
        "1012, REJECT, marketo.refused-lead",
        "1013, REJECT, marketo.refused-lead",
        "1014, REJECT, marketo.refused-lead",
        "1016, RETRY, marketo.unavailable",
        "1017, REJECT, marketo.refused-lead",
        "1018, REJECT, marketo.refused-lead",
        "1019, RETRY, marketo.unavailable",
        "1020, RETRY, marketo.unavailable",
        "1021, REJECT, marketo.company-fixed",
        "1029, RETRY, marketo.unavailable",
        "1036, REJECT, marketo.refused-lead",
        "1037, REJECT, marketo.refused-lead",
        "1999, REJECT, marketo.refused-lead",
        "unknown, RETRY, marketo.unavailable"
    })
    void theCodeDecides(String code, String action, String problem) {
        MarketoCodes.Verdict verdict = MarketoCodes.of(code);
        assertThat(verdict.action()).hasToString(action);
        assertThat(verdict.problem().code()).isEqualTo(problem);
    }

    @ParameterizedTest(name = "of {0} {1} counts")
    @CsvSource({"1003;601, RENEW", "608;603, HOLD", "608;1003, REJECT", "606;1003, REJECT", "608;604, UNKNOWN"})
    void ofSeveralTheMostDecisiveCounts(String codes, String action) {
        List<Code> all = List.of(codes.split(";")).stream()
                .map(code -> new Code(code, ""))
                .toList();
        MarketoCodes.Ruling ruling = MarketoCodes.of(all, "611");
        assertThat(ruling.verdict().action()).hasToString(action);
        assertThat(ruling.codes()).isEqualTo(codes.replace(";", ", "));
    }

    @Test
    void noneAtAllCountsAsTheGivenOne() {
        assertThat(MarketoCodes.of(List.of(), "611").codes()).isEqualTo("611");
    }
}
