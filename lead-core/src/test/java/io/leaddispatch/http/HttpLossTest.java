package io.leaddispatch.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leaddispatch.http.TransportException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that do not come about, that break, or on which nothing more comes. */
class HttpLossTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final byte[] BODY = "{\"lead\":1}".getBytes(UTF_8);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(1);

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

    private TransportException failure(RawServer server, Duration time) {
        return catchThrowableOfType(TransportException.class, () -> transport.exchange(post(server.uri()), in(time)));
    }

    @Test
    void anIdleConnectionThatTheServerClosedIsReplaced() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (var server = RawServer.start(c -> {
            c.read();
            c.write(RawServer.OK);
            if (c.number == 1) {
                c.socket().close();
                closed.countDown();
            } else {
                c.awaitHangUp();
            }
        })) {
            assertThat(transport.exchange(post(server.uri()), in(LONG)).status())
                    .isEqualTo(200);
            closed.await();
            passTheSelector();
            HttpAnswer second = transport.exchange(post(server.uri()), in(LONG));
            assertThat(second.status()).isEqualTo(200);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    /** Another exchange of the same client: by then its one selector thread has seen the hang-up. */
    private void passTheSelector() throws Exception {
        try (var other = RawServer.start(c -> {
            c.read();
            c.write(RawServer.OK);
        })) {
            transport.exchange(post(other.uri()), in(LONG));
        }
    }

    @Test
    void aReusedConnectionClosedAfterTheRequestIsBrokenAndThePostIsNotRepeated() throws Exception {
        try (var server = RawServer.start(c -> {
            c.read();
            c.write(RawServer.OK);
            c.read();
        })) {
            transport.exchange(post(server.uri()), in(LONG));
            TransportException lost = failure(server, LONG);
            assertThat(lost.kind()).isEqualTo(Kind.BROKEN);
            assertThat(lost.notSent()).isFalse();
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aResetAfterTheRequestIsBrokenAndThePostIsNotRepeated() throws Exception {
        try (var server = RawServer.start(c -> {
            c.read();
            c.reset();
        })) {
            assertThat(failure(server, LONG).kind()).isEqualTo(Kind.BROKEN);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "SSH-2.0-OpenSSH_9.2\r\n\r\n"
            })
    void anAnswerThatEndsTooEarlyOrIsNoneIsBroken(String answer) throws Exception {
        try (var server = RawServer.start(c -> {
            c.read();
            c.write(answer);
        })) {
            assertThat(failure(server, LONG).kind()).isEqualTo(Kind.BROKEN);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
                "HTTP/1.1 200 OK\r\n\r\nuntil the end"
            })
    void anAnswerThatStallsFreesTheCallerAndClosesTheConnection(String answer) throws Exception {
        try (var server = RawServer.start(c -> {
            c.read();
            c.write(answer);
            c.awaitHangUp();
        })) {
            TransportException late = failure(server, SHORT);
            assertThat(late.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(late.notSent()).isFalse();
            assertThat(server.clientHungUpWithin(30)).isTrue();
        }
    }

    @Test
    void aBodyThatDripsIsBoundedAsAWhole() throws Exception {
        try (var server = RawServer.start(c -> {
            c.read();
            c.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            CountDownLatch never = new CountDownLatch(1);
            while (!never.await(20, TimeUnit.MILLISECONDS)) {
                c.write("x");
            }
        })) {
            assertThat(failure(server, SHORT).kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(server.clientHungUpWithin(30)).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort"})
    void anInterruptFreesTheCallerAndClosesTheConnection(String answer) throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        try (var server = RawServer.start(c -> {
            c.read();
            c.write(answer);
            written.countDown();
            c.awaitHangUp();
        })) {
            var call = new FutureTask<>(() -> transport.exchange(post(server.uri()), in(LONG)));
            Thread caller = new Thread(call);
            caller.start();
            written.await();
            caller.interrupt();
            assertThatThrownBy(call::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(server.clientHungUpWithin(30)).isTrue();
        }
    }

    @Test
    void aRefusedConnectionSaysSoInOurOwnWords() throws Exception {
        try (var notListening = new Socket()) {
            notListening.bind(new InetSocketAddress("127.0.0.1", 0)); // nobody else is given the port meanwhile
            int port = notListening.getLocalPort();
            URI uri = URI.create("http://127.0.0.1:" + port + "/x?sig=s3cret");
            assertThatThrownBy(() -> transport.exchange(post(uri), in(LONG)))
                    .isInstanceOfSatisfying(TransportException.class, e -> {
                        assertThat(e.kind()).isEqualTo(Kind.REFUSED);
                        assertThat(e.notSent()).isTrue();
                    })
                    .hasMessage("the connection was refused (http://127.0.0.1:" + port + ")")
                    .hasNoCause();
        }
    }

    @Test
    void anUnknownHostSaysSoInOurOwnWords() {
        URI uri = URI.create("https://nowhere.invalid/x?sig=s3cret");
        assertThatThrownBy(() -> transport.exchange(post(uri), in(LONG)))
                .isInstanceOfSatisfying(TransportException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_HOST);
                    assertThat(e.notSent()).isTrue();
                })
                .hasMessage("the host name has no address (https://nowhere.invalid)")
                .hasNoCause();
    }

    @Test
    void aConnectionThatIsNotAcceptedInTimeWasNotSent() throws Exception {
        try (var full = new ServerSocket(0, 1)) {
            HttpClient impatient = HttpClient.newBuilder().connectTimeout(SHORT).build();
            URI uri = URI.create("http://127.0.0.1:" + full.getLocalPort() + "/");
            try (var first = new Socket("127.0.0.1", full.getLocalPort());
                    var second = new Socket("127.0.0.1", full.getLocalPort())) {
                assertThat(first.isConnected() && second.isConnected()).isTrue();
                assertThatThrownBy(() -> transport(impatient, 10).exchange(post(uri), in(Duration.ofSeconds(5))))
                        .isInstanceOfSatisfying(TransportException.class, e -> {
                            assertThat(e.kind()).isEqualTo(Kind.CONNECT_TIMEOUT);
                            assertThat(e.notSent()).isTrue();
                        });
            }
        }
    }

    @Test
    void afterTheDeadlineNothingIsSent() throws Exception {
        try (var server = RawServer.start(RawServer.Connection::read)) {
            assertThat(failure(server, Duration.ZERO).notSent()).isTrue();
            assertThat(server.connections()).isZero();
        }
    }

    /** HTTP/2 is never asked for, but a host's client may be one of its own making. */
    @ParameterizedTest
    @ValueSource(strings = {"/1.1: GOAWAY received", "HTTP/1.1 header parser received no bytes", "Connection reset"})
    void whatBreaksOnTheWayMayHaveArrived(String text) {
        assertThat(FailureKinds.of(new IOException(text, new EOFException()))).isEqualTo(Kind.BROKEN);
    }
}
