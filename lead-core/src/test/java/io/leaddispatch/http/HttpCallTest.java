package io.leaddispatch.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallTest {
    private static final URI SECRET = URI.create("https://example.com:8443/hook/s3cret?sig=s3cret");

    @ParameterizedTest
    @ValueSource(strings = {"s3cret\n", "s3cret\r\nX: 1", "s3cret\u0000", "s3cret\u007f", "s3crété", "s3cret\t"})
    void aHostileHeaderValueIsRefusedAndNotQuoted(String value) {
        assertThatThrownBy(() -> HttpCall.get(SECRET).header("Authorization", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("header Authorization")
                .hasMessageNotContaining("s3cr");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Key", "X:Key", "X-K\u00e9y", "X\nKey"})
    void aHostileHeaderNameIsRefusedAndNotQuoted(String name) {
        assertThatThrownBy(() -> HttpCall.get(SECRET).header(name, "v"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a header name holds a character that is not allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "Connection", "Expect", "Upgrade", "Transfer-Encoding"})
    void headersOfTheClientItselfAreRefused(String name) {
        assertThatThrownBy(() -> HttpCall.get(SECRET).header(name, "v"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("take it out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a_b.example/s3cret",
                "https:///s3cret",
                "ftp://example.com/s3cret",
                "s3cret",
                "mailto:s3cret"
            })
    void anAddressThatTheClientWouldRefuseIsNotQuoted(String uri) {
        assertThatThrownBy(() -> HttpCall.get(URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void itPrintsNamesAndSizesOnly() {
        HttpCall call = HttpCall.of("PATCH", SECRET, "text/plain", "s3cret".getBytes(UTF_8))
                .header("X-Key", "s3cret");
        assertThat(call).hasToString("PATCH https://example.com:8443 [Content-Type, X-Key] 6 bytes");
        assertThat(HttpCall.get(SECRET)).hasToString("GET https://example.com:8443 [] 0 bytes");
    }

    @Test
    void aChangeLeavesTheFormerCallAlone() {
        HttpCall call = HttpCall.post(SECRET, "text/plain", new byte[] {1});
        HttpCall more = call.header("A", "1").header("A", "2");
        assertThat(call.headers()).containsExactly(entry("Content-Type", "text/plain"));
        assertThat(more.headers())
                .containsExactly(entry("Content-Type", "text/plain"), entry("A", "1"), entry("A", "2"));
        assertThat(more)
                .isNotEqualTo(call)
                .isEqualTo(HttpCall.post(SECRET, "text/plain", new byte[] {1})
                        .header("A", "1")
                        .header("A", "2"))
                .hasSameHashCodeAs(HttpCall.post(SECRET, "text/plain", new byte[] {1})
                        .header("A", "1")
                        .header("A", "2"));
    }

    @Test
    void anOriginShowsNeitherUserNorPathNorQuery() {
        assertThat(Redaction.origin(URI.create("https://u:p@h.example/p?q#f"))).isEqualTo("https://h.example");
        assertThat(Redaction.origin(URI.create("http://127.0.0.1:81/p"))).isEqualTo("http://127.0.0.1:81");
        assertThat(Redaction.origin(URI.create("https://[::1]:81/p"))).isEqualTo("https://[::1]:81");
    }
}
