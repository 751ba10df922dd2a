package io.leaddispatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.testkit.Answer.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server does what it is told, seen by the JDK's client. */
class ScriptedServerTest {
    private final ScriptedServer server = ScriptedServer.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> post(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/a?b=c"))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(1))
                .header("X-Twice", "1")
                .header("X-Twice", "2")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void prescribedAnswersComeInOrderAndThenTheOthers() throws Exception {
        server.answer(503).answer(Answer.json(201, "{\"id\":1}").with("X-Id", "1"));
        server.otherwise(request -> Answer.of(202).with(request.body()));
        assertThat(post("a").statusCode()).isEqualTo(503);
        HttpResponse<String> second = post("b");
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo("{\"id\":1}");
        assertThat(second.headers().firstValue("x-id")).hasValue("1");
        assertThat(post("Zürich €").body()).isEqualTo("Zürich €");
        assertThat(server.requests()).extracting(ReceivedRequest::body).containsExactly("a", "b", "Zürich €");
        assertThat(server.requests().get(0).target()).isEqualTo("/a?b=c");
        assertThat(server.requests().get(0).headers().get("x-twice")).containsExactly("1", "2");
        assertThat(server.requests().get(0).header("absent")).isEmpty();
        assertThat(server.requests().get(1).bytes()).containsExactly('b');
    }

    @Test
    void aBodyInChunksIsReadWhole() throws Exception {
        byte[] body = "chunk".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(server.uri())
                .version(HttpClient.Version.HTTP_1_1)
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)))
                .build();
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
        assertThat(server.requests().get(0).bytes()).isEqualTo(body);
    }

    @Test
    void aDelayedAnswerComesLater() throws Exception {
        server.answer(Answer.of(200).after(Duration.ofMillis(300)));
        long begun = System.nanoTime();
        assertThat(post("").statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(299));
    }

    @Test
    void closingEndsADelay() throws Exception {
        server.otherwise(request -> Answer.of(200).after(Duration.ofHours(1)));
        var pending = client.sendAsync(HttpRequest.newBuilder(server.uri()).build(), BodyHandlers.ofString());
        assertThat(server.awaitRequests(1, 10_000)).isTrue();
        server.close();
        assertThatThrownBy(pending::join).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void aServerThatIsClosedAtOnceRefusesAtOnce() {
        for (int i = 0; i < 300; i++) {
            ScriptedServer brief = ScriptedServer.start();
            int port = brief.uri().getPort();
            brief.close();
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aClosedServersPortRefusesAndIsGivenToNobodyElse() throws Exception {
        int port = server.uri().getPort();
        server.close();
        server.close();
        try (ServerSocket other = new ServerSocket()) {
            other.setReuseAddress(false);
            assertThatThrownBy(() -> other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
                    .isInstanceOf(BindException.class);
        }
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CLOSED_BEFORE_STORING", "RESET_BEFORE_STORING"})
    void beforeStoringNothingIsRecorded(Fault fault) {
        server.otherwise(request -> Answer.fault(fault));
        assertThatThrownBy(() -> post("a")).isInstanceOf(IOException.class);
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "CLOSED_AFTER_STORING",
                "RESET_AFTER_STORING",
                "STALLED_BODY",
                "TRUNCATED_BODY",
                "SILENT",
                "NOT_HTTP"
            })
    void afterStoringTheRequestIsRecorded(Fault fault) {
        server.otherwise(request -> Answer.fault(fault));
        if (fault == Fault.STALLED_BODY) {
            assertThat(client.sendAsync(HttpRequest.newBuilder(server.uri()).build(), BodyHandlers.ofString()))
                    .isNotDone();
        } else {
            assertThatThrownBy(() -> post("a"))
                    .isInstanceOf(fault == Fault.SILENT ? HttpTimeoutException.class : IOException.class);
        }
        assertThat(awaitOne()).isNotEmpty();
    }

    private List<ReceivedRequest> awaitOne() {
        try {
            server.awaitRequests(1, 10_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return server.requests();
    }

    @Test
    void aHugeAnswerComesAsFarAsItIsRead() throws Exception {
        server.answer(Answer.fault(Fault.HUGE_BODY));
        HttpResponse<InputStream> response =
                client.send(HttpRequest.newBuilder(server.uri()).build(), BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValueAsLong("content-length").getAsLong())
                .isEqualTo(250_000_000);
        try (InputStream body = response.body()) {
            assertThat(body.readNBytes(1_000_000)).hasSize(1_000_000);
        }
        assertThat(server.hugeBytesTaken()).isBetween(900_000L, 64_000_000L);
    }

    @Test
    void aClientThatGivesUpIsNoticed() throws Exception {
        server.answer(Answer.fault(Fault.SILENT));
        assertThat(server.awaitClosedByClient(1, 1)).isFalse();
        assertThatThrownBy(() -> post("a")).isInstanceOf(HttpTimeoutException.class);
        assertThat(server.awaitClosedByClient(1, 10_000)).isTrue();
    }

    @Test
    void overTlsItShowsTheCertificateItWasGiven() throws Exception {
        TlsIdentity identity = TlsIdentity.forLocalhost(folder);
        HttpClient trusting =
                HttpClient.newBuilder().sslContext(identity.client()).build();
        try (ScriptedServer secure = ScriptedServer.start(identity)) {
            HttpRequest request = HttpRequest.newBuilder(secure.uri()).build();
            assertThat(trusting.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
                    .isInstanceOf(javax.net.ssl.SSLException.class);
            assertThat(secure.requests()).hasSize(1);
        }
    }

    @Test
    void whatCameStandsInAFileBeforeItIsAnswered() throws Exception {
        Path file = folder.resolve("requests");
        assertThat(RequestFile.read(file)).isEmpty();
        server.recordTo(file).otherwise(request -> Answer.fault(Fault.CLOSED_AFTER_STORING));
        assertThatThrownBy(() -> post("line one\nZürich : € + %25")).isInstanceOf(IOException.class);
        server.otherwise(request -> Answer.of(200));
        post("");
        List<ReceivedRequest> read = RequestFile.read(file);
        assertThat(read).isEqualTo(server.requests());
        assertThat(read.get(0).body()).isEqualTo("line one\nZürich : € + %25");
        assertThat(read.get(0).header("x-twice")).isEqualTo("1");
    }

    @Test
    void anAddressHasNoPath() {
        assertThat(server.uri())
                .isEqualTo(URI.create("http://localhost:" + server.uri().getPort()));
    }
}
