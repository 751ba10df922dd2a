package io.leaddispatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.Secret;
import io.leaddispatch.http.TransportException.Kind;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {
    private static final HttpClient LENT = HttpClient.newHttpClient();
    private static final DestinationContext CONTEXT =
            new DestinationContext("hook", Clock.systemUTC(), () -> LENT, "lead-dispatch/test", false);

    @TempDir
    private static Path folder;

    private static Keytool local;
    private static Keytool elsewhere;
    private static Keytool expired;
    private static Keytool client;

    @BeforeAll
    static void certificates() throws Exception {
        local = Keytool.selfSigned(folder, "dns:localhost,ip:127.0.0.1");
        elsewhere = Keytool.selfSigned(folder, "dns:elsewhere.example");
        expired = Keytool.selfSigned(folder, "dns:localhost", "-startdate", "-10d", "-validity", "5");
        client = Keytool.selfSigned(folder, "dns:client.example");
    }

    /** Values as they would come from a configuration. */
    private record Given(Map<Setting<?>, Object> values) implements Settings {
        @Override
        public <T> T get(Setting<T> declared) {
            throw new IllegalStateException("all of them are optional");
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T find(Setting<T> declared) {
            return (T) values.get(declared);
        }
    }

    private static HttpClient client(Map<Setting<?>, Object> values) {
        return HttpSettings.client(new Given(values), CONTEXT).get();
    }

    private static RawServer tlsServer(Keytool identity, boolean wantsClient, RawServer.Script script)
            throws Exception {
        SSLServerSocket socket = (SSLServerSocket) identity.server(client)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(wantsClient);
        return RawServer.start(socket, script);
    }

    private static void answer(RawServer.Connection connection) throws Exception {
        connection.read();
        connection.write(RawServer.OK);
    }

    private static HttpAnswer exchange(HttpClient client, int port) throws Exception {
        HttpCall call = HttpCall.get(URI.create("https://localhost:" + port + "/x?sig=s3cret"));
        return new HttpTransport(() -> client, Clock.systemUTC(), "test", 100)
                .exchange(call, Instant.now().plusSeconds(20));
    }

    private static TransportException failure(HttpClient client, int port) {
        return catchThrowableOfType(TransportException.class, () -> exchange(client, port));
    }

    private static Map<Setting<?>, Object> trusting(Keytool identity) {
        return Map.of(HttpSettings.CA_FILE, identity.pem());
    }

    @Test
    void withoutAnyOfThemAllDestinationsShareTheClientTheyAreLent() {
        assertThat(client(Map.of())).isSameAs(LENT);
    }

    @Test
    void anOwnClientIsMadeOnceAndFollowsNoRedirects() {
        var own = HttpSettings.client(new Given(Map.of(HttpSettings.CONNECT_TIMEOUT, Duration.ofSeconds(3))), CONTEXT);
        assertThat(own.get()).isNotSameAs(LENT).isSameAs(own.get());
        assertThat(own.get().connectTimeout()).contains(Duration.ofSeconds(3));
        assertThat(own.get().followRedirects()).isEqualTo(HttpClient.Redirect.NEVER);
        assertThat(own.get().version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void aPrivateAuthorityIsTrusted() throws Exception {
        try (var server = tlsServer(local, false, HttpSettingsTest::answer)) {
            assertThat(exchange(client(trusting(local)), server.port()).text()).isEqualTo("ok");
        }
    }

    @Test
    void anUnknownAuthorityIsNotTrustedAndNothingIsSent() throws Exception {
        try (var server = tlsServer(local, false, HttpSettingsTest::answer)) {
            TransportException refused = failure(LENT, server.port());
            assertThat(refused.kind()).isEqualTo(Kind.TLS);
            assertThat(refused.notSent()).isTrue();
            assertThat(refused).hasNoCause().hasMessageNotContaining("s3cret");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        try (var server = tlsServer(elsewhere, false, HttpSettingsTest::answer)) {
            assertThat(failure(client(trusting(elsewhere)), server.port()).kind())
                    .isEqualTo(Kind.TLS);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        try (var server = tlsServer(expired, false, HttpSettingsTest::answer)) {
            // a pinned certificate is its own anchor, whose dates are not looked at: so it is offered unpinned
            assertThat(failure(LENT, server.port()).kind()).isEqualTo(Kind.TLS);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aServerThatSpeaksNoTlsIsATlsFault() throws Exception {
        try (var server = RawServer.start(c -> {
            c.write("HTTP/1.1 400 Bad Request\r\n\r\n");
            c.awaitHangUp();
        })) {
            TransportException refused = failure(LENT, server.port());
            assertThat(refused.kind()).isEqualTo(Kind.TLS);
            assertThat(refused.notSent()).isTrue();
        }
    }

    @Test
    void aServerThatHangsUpDuringTheHandshakeWasSentNothing() throws Exception {
        try (var server = RawServer.start(c -> c.socket().getInputStream().read())) {
            TransportException refused = failure(LENT, server.port());
            assertThat(refused.kind()).isEqualTo(Kind.TLS);
            assertThat(refused.notSent()).isTrue();
        }
    }

    @Test
    void aClientCertificateIsShown() throws Exception {
        Map<Setting<?>, Object> shown = Map.of(
                HttpSettings.CA_FILE, local.pem(),
                HttpSettings.CLIENT_CERTIFICATE, client.keyStore(),
                HttpSettings.CLIENT_CERTIFICATE_PASSWORD, Secret.of(Keytool.PASSWORD));
        try (var server = tlsServer(local, true, HttpSettingsTest::answer)) {
            assertThat(exchange(client(shown), server.port()).text()).isEqualTo("ok");
        }
    }

    @Test
    void withoutTheClientCertificateItIsATlsFault() throws Exception {
        try (var server = tlsServer(local, true, HttpSettingsTest::answer)) {
            assertThat(failure(client(trusting(local)), server.port()).kind()).isEqualTo(Kind.TLS);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aProxyIsAskedForATunnel() throws Exception {
        try (var server = tlsServer(local, false, HttpSettingsTest::answer);
                var proxy = RawServer.start(HttpSettingsTest::tunnel)) {
            HttpClient through = client(Map.of(
                    HttpSettings.CA_FILE, local.pem(),
                    HttpSettings.PROXY, URI.create("http://127.0.0.1:" + proxy.port())));
            assertThat(exchange(through, server.port()).text()).isEqualTo("ok");
            assertThat(proxy.requests().get(0).head().get(0))
                    .isEqualTo("CONNECT localhost:" + server.port() + " HTTP/1.1");
            assertThat(String.join("\n", proxy.requests().get(0).head())).doesNotContain("s3cret");
        }
    }

    private static void tunnel(RawServer.Connection connection) throws Exception {
        String target = connection.read().head().get(0).split(" ")[1];
        int port = Integer.parseInt(target.substring(target.indexOf(':') + 1));
        try (Socket there = new Socket(InetAddress.getLoopbackAddress(), port)) {
            connection.write("HTTP/1.1 200 Connected\r\n\r\n");
            Thread back = new Thread(() -> pump(there, connection.socket()));
            back.setDaemon(true);
            back.start();
            pump(connection.socket(), there);
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (java.io.IOException e) {
            // either side hung up, which ends the tunnel
        }
    }

    @Test
    void allFaultsAreNamedAtOnceByKeyNeverByValue() throws Exception {
        Path empty = Files.writeString(folder.resolve("s3cret-empty.pem"), "");
        Map<Setting<?>, Object> wrong = Map.of(
                HttpSettings.PROXY, URI.create("https://s3cret:1"),
                HttpSettings.CA_FILE, empty,
                HttpSettings.CLIENT_CERTIFICATE, client.keyStore(),
                HttpSettings.CLIENT_CERTIFICATE_PASSWORD, Secret.of("s3cret"));
        assertThatThrownBy(() -> client(wrong))
                .isInstanceOfSatisfying(
                        LeadConfigurationException.class,
                        e -> assertThat(e.faults())
                                .extracting(Fault::path)
                                .containsExactly("proxy", "caFile", "clientCertificate"))
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://h:1", "http://h", "http://u:p@h:1", "socks://h:1"})
    void aProxyIsWrittenInOneForm(String proxy) {
        assertThatThrownBy(() -> client(Map.of(HttpSettings.PROXY, URI.create(proxy))))
                .isInstanceOf(LeadConfigurationException.class)
                .hasMessageContaining("http://host:port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/no/such/file", "."})
    void aFileThatCannotBeReadIsAFaultOfItsKey(Path file) {
        assertThatThrownBy(() -> client(Map.of(HttpSettings.CA_FILE, file))).hasMessageStartingWith("caFile: ");
        assertThatThrownBy(() -> client(Map.of(HttpSettings.CLIENT_CERTIFICATE, file)))
                .hasMessageStartingWith("clientCertificate: ");
    }

    @Test
    void aFullServerIsGivenUpAfterTheConnectTimeout() throws Exception {
        try (var full = new ServerSocket(0, 1);
                var first = new Socket("127.0.0.1", full.getLocalPort());
                var second = new Socket("127.0.0.1", full.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            HttpClient impatient = client(Map.of(HttpSettings.CONNECT_TIMEOUT, Duration.ofMillis(200)));
            HttpCall call = HttpCall.get(URI.create("http://127.0.0.1:" + full.getLocalPort() + "/"));
            HttpTransport transport = new HttpTransport(() -> impatient, Clock.systemUTC(), "test", 100);
            assertThat(catchThrowableOfType(
                                    TransportException.class,
                                    () -> transport.exchange(call, Instant.now().plusSeconds(20)))
                            .kind())
                    .isEqualTo(Kind.CONNECT_TIMEOUT);
        }
    }
}
