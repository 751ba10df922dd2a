package io.leaddispatch.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leaddispatch.http.TransportException.Kind;
import java.io.IOException;
import java.net.Authenticator;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTransportTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final byte[] BODY = "{\"lead\":1}".getBytes(UTF_8);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final HttpTransport transport = transport(CLIENT, 1000);

    private static HttpTransport transport(HttpClient client, int mostBytes) {
        return new HttpTransport(() -> client, Clock.systemUTC(), "lead-dispatch/test", mostBytes);
    }

    private static Instant in(Duration time) {
        return Instant.now().plus(time);
    }

    private static HttpCall post(URI uri) {
        return HttpCall.post(uri, "application/json", BODY);
    }

    @Test
    void anAnswerHasStatusHeadersAndBody() throws Exception {
        try (var server = RawServer.start(c -> {
            c.read();
            c.write(
                    "HTTP/1.1 422 Nope\r\nX-One: 1\r\nContent-Type: Text/HTML; charset=x\r\nContent-Length: 3\r\n\r\n\u00c3\u00a9!");
            c.awaitHangUp();
        })) {
            HttpAnswer answer = transport.exchange(post(server.uri()), in(LONG));
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.isSuccess()).isFalse();
            assertThat(answer.header("x-one")).isEqualTo("1");
            assertThat(answer.header("x-two")).isNull();
            assertThat(answer.isHtml()).isTrue();
            assertThat(answer.text()).isEqualTo("é!");
            assertThat(answer.truncated()).isFalse();
            assertThat(answer).hasToString("HttpAnswer[422, 3 bytes]");
        }
    }

    @Test
    void theBytesGoOutAsTheyAreWithOurUserAgent() throws Exception {
        try (var server = RawServer.start(c -> {
            c.read();
            c.write(RawServer.OK);
        })) {
            transport.exchange(post(server.uri()).header("X-Key", "k"), in(LONG));
            RawServer.Request request = server.requests().get(0);
            assertThat(request.head().get(0)).isEqualTo("POST /leads?sig=s3cret HTTP/1.1");
            assertThat(request.body()).isEqualTo("{\"lead\":1}");
            assertThat(request.header("User-Agent")).isEqualTo("lead-dispatch/test");
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
            assertThat(request.header("X-Key")).isEqualTo("k");
        }
    }

    @Test
    void plainHttpSendsNoUpgradeToHttp2EvenWithAClientThatPrefersIt() throws Exception {
        try (var server = RawServer.start(c -> {
            c.read();
            c.write(RawServer.OK);
        })) {
            assertThat(CLIENT.version()).isEqualTo(HttpClient.Version.HTTP_2);
            transport.exchange(post(server.uri()), in(LONG));
            assertThat(server.requests().get(0).head())
                    .noneMatch(line -> line.toLowerCase().startsWith("upgrade") || line.contains("HTTP2"));
        }
    }

    @Test
    void aDeadlineBeyondAllReckoningIsNoFault() throws Exception {
        try (var server = RawServer.start(c -> {
            c.read();
            c.write(RawServer.OK);
        })) {
            assertThat(transport.exchange(post(server.uri()), Instant.MAX).text())
                    .isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsAnAnswerAndIsNotFollowed(int status) throws Exception {
        try (var elsewhere = RawServer.start(RawServer.Connection::read);
                var server = RawServer.start(c -> {
                    c.read();
                    c.write("HTTP/1.1 " + status + " Moved\r\nLocation: " + elsewhere.uri()
                            + "\r\nContent-Length: 0\r\n\r\n");
                    c.awaitHangUp();
                })) {
            HttpAnswer answer =
                    transport.exchange(post(server.uri()).header("Authorization", "Bearer t0ken"), in(LONG));
            assertThat(answer.status()).isEqualTo(status);
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void a401WithoutAChallengeIsAPlainAnswer() throws Exception {
        try (var server = RawServer.start(c -> {
            c.read();
            c.write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        })) {
            assertThat(transport.exchange(post(server.uri()), in(LONG)).status())
                    .isEqualTo(401);
        }
    }

    @Test
    void anAnswerOf250MegabytesIsCutAndItsConnectionClosed() throws Exception {
        String part = "x".repeat(1 << 16);
        try (var server = RawServer.start(c -> {
            c.read();
            c.write("HTTP/1.1 200 OK\r\nContent-Length: 262144000\r\n\r\n");
            for (int i = 0; i < 4000; i++) {
                c.write(part);
            }
        })) {
            HttpAnswer answer = transport.exchange(post(server.uri()), in(LONG));
            assertThat(answer.truncated()).isTrue();
            assertThat(answer.body()).hasSize(1000);
            assertThat(answer).hasToString("HttpAnswer[200, 1000 bytes, truncated]");
            assertThat(server.clientHungUpWithin(30)).isTrue();
        }
    }

    @Test
    void anAnswerOfExactlyTheBoundIsWhole() throws Exception {
        try (var server = RawServer.start(c -> {
            c.read();
            c.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n258\r\n" + "a".repeat(600) + "\r\n");
            c.write("190\r\n" + "b".repeat(400) + "\r\n0\r\n\r\n");
            c.awaitHangUp();
        })) {
            HttpAnswer answer = transport.exchange(post(server.uri()), in(LONG));
            assertThat(answer.truncated()).isFalse();
            assertThat(answer.text()).isEqualTo("a".repeat(600) + "b".repeat(400));
        }
    }

    @Test
    void aClientThatFollowsRedirectsIsRefused() {
        HttpClient follows = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        assertThatThrownBy(() -> transport(follows, 10).exchange(post(URI.create("http://127.0.0.1:1/")), in(LONG)))
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNFIT_CLIENT))
                .hasMessageContaining("Redirect.NEVER");
    }

    @Test
    void aClientWithAnAuthenticatorIsRefused() {
        HttpClient authenticates =
                HttpClient.newBuilder().authenticator(new Authenticator() {}).build();
        assertThatThrownBy(
                        () -> transport(authenticates, 10).exchange(post(URI.create("http://127.0.0.1:1/")), in(LONG)))
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.notSent()).isTrue())
                .hasMessageContaining("Authenticator");
    }

    @Test
    void theJvmWideSettingsOfTheClientAreLeftAlone() throws Exception {
        anAnswerHasStatusHeadersAndBody();
        assertThat(System.getProperties().stringPropertyNames())
                .noneMatch(name -> name.startsWith("jdk.httpclient") || name.startsWith("jdk.internal.httpclient"));
    }

    @Test
    void theClientsThreadsKeepNoJvmAlive() throws Exception {
        anAnswerHasStatusHeadersAndBody();
        Set<Thread> threads = Thread.getAllStackTraces().keySet();
        assertThat(threads)
                .filteredOn(t -> t.getName().startsWith("HttpClient"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }

    @Test
    void noFailureNamesPathQueryOrHeaderValue() throws Exception {
        try (var server = RawServer.start(c -> {
            c.read();
            c.write("HTTP/1.1 2xx s3cret\r\n\r\n");
        })) {
            HttpCall call = post(server.uri()).header("Authorization", "Bearer s3cret");
            Throwable failure = catchThrowableOfType(IOException.class, () -> transport.exchange(call, in(LONG)));
            assertThat(failure).hasNoCause();
            assertThat(failure.toString()).doesNotContain("s3cret").doesNotContain("/leads");
            assertThat(call.toString()).doesNotContain("s3cret").doesNotContain("/leads");
        }
    }
}
