package io.leaddispatch.marketo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MarketoJsonTest {
    private final MarketoJson json = MarketoJson.leads("email", "Wörld \"1\"");
    private final MarketoJson.Body body = json.body(2);

    private String end() {
        int size = body.size();
        byte[] all = body.end();
        assertThat(all).hasSize(size);
        return new String(all, UTF_8);
    }

    private static String with(String records) {
        return "{\"action\":\"createOrUpdate\",\"lookupField\":\"email\",\"partitionName\":\"Wörld \\\"1\\\"\",\"input\":["
                + records + "]}";
    }

    @Test
    void recordsStandBetweenCommasAndTellTheirBytes() {
        assertThat(body.add(Map.of("ä\"", "ö"))).isEqualTo("{\"ä\\\"\":\"ö\"}".getBytes(UTF_8).length);
        assertThat(body.add(Map.of("n", 5))).isEqualTo(7);
        assertThat(body.add(Map.of("b", true))).isEqualTo(10);
        assertThat(end()).isEqualTo(with("{\"ä\\\"\":\"ö\"},{\"n\":5},{\"b\":true}"));
    }

    @Test
    void whatIsDroppedLeavesNoTrace() {
        body.add(Map.of("a", 1));
        body.drop();
        assertThat(body.size()).isEqualTo(json.frame());
        body.add(Map.of("b", 2));
        body.add(Map.of("c", 3));
        body.drop();
        body.add(Map.of("d", "x".repeat(20_000)));
        body.drop();
        body.add(Map.of("e", 4));
        assertThat(end()).isEqualTo(with("{\"b\":2},{\"e\":4}"));
    }
}
