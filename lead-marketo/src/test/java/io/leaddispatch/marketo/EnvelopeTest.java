package io.leaddispatch.marketo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.marketo.Envelope.Code;
import io.leaddispatch.marketo.Envelope.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static @Nullable Envelope parse(String json) {
        return Envelope.parse(json.getBytes(UTF_8));
    }

    @Test
    void membersComeInAnyOrderAndUnknownOnesArePassedOver() {
        assertThat(
                        parse(
                                "{\"more\":{\"a\":[{\"result\":[1]}]},\"result\":[{\"seq\":0,\"id\":318581,\"x\":{\"id\":7},"
                                        + "\"status\":\"updated\"},{\"status\":\"skipped\",\"reasons\":[{\"message\":\"no\",\"code\":\"1004\"},"
                                        + "{\"code\":1003,\"message\":\"bad\"}]}],\"warnings\":[\"w\",{}],\"success\":true,\"requestId\":\"e#1\"}"))
                .isEqualTo(new Envelope(
                        "e#1",
                        true,
                        List.of(),
                        List.of(
                                new Entry("updated", "318581", List.of()),
                                new Entry("skipped", null, List.of(new Code("1004", "no"), new Code("1003", "bad")))),
                        2));
    }

    @Test
    void aReasonMayBeOneObjectAsAdobesDefinitionHasIt() {
        assertThat(
                        parse(
                                "{\"success\":true,\"result\":[{\"status\":\"skipped\",\"reason\":{\"code\":\"1006\",\"message\":\"m\"}}]}"))
                .isEqualTo(new Envelope(
                        null, true, List.of(), List.of(new Entry("skipped", null, List.of(new Code("1006", "m")))), 0));
    }

    @Test
    void anotherShapeCountsAsAbsent() {
        assertThat(parse("{\"success\":\"true\",\"requestId\":{\"a\":1},\"errors\":\"none\",\"warnings\":3,"
                        + "\"result\":[null,7,[{\"id\":1}],{\"id\":null,\"status\":[1]}]}"))
                .isEqualTo(new Envelope(
                        null,
                        null,
                        List.of(),
                        List.of(
                                new Entry("", null, List.of()),
                                new Entry("", null, List.of()),
                                new Entry("", null, List.of()),
                                new Entry("", null, List.of())),
                        0));
        assertThat(parse("{\"result\":{\"id\":1},\"errors\":[\"x\",{\"code\":\"ada@example.com\"}],\"success\":false}"))
                .isEqualTo(new Envelope(
                        null,
                        false,
                        List.of(new Code(MarketoCodes.UNKNOWN, ""), new Code(MarketoCodes.UNKNOWN, "")),
                        List.of(),
                        0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "<html>",
                "{\"success\":true",
                "{\"success\":true,\"result\":[{\"id\":1}",
                "{\"success\":true,\"result\":[{\"id\":1,",
                "{\"success\":tru}"
            })
    void halfAnAnswerIsNone(String json) {
        assertThat(parse(json)).isNull();
    }
}
