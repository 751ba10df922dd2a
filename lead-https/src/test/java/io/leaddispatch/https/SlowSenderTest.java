package io.leaddispatch.https;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.leaddispatch.Lead;
import io.leaddispatch.testkit.TlsIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders that take their time with the body. There is one thread for all: whoever holds it shuts the door. */
class SlowSenderTest {
    private static final Duration MOST = Duration.ofMillis(1500);
    private static final Duration MUCH_LATER = Duration.ofSeconds(20);
    private static final String HEAD = "POST /leads HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n";
    private static final String LEAD = "{\"userDetails\":{\"email\":\"a@b.example\"}}";

    private static TlsIdentity identity;

    private final List<Lead> kept = new CopyOnWriteArrayList<>();
    private final ExecutorService one = Executors.newSingleThreadExecutor();
    private HttpServer server;

    private SocketFactory sockets;

    @BeforeAll
    static void makeIdentity(@TempDir Path folder) throws Exception {
        identity = TlsIdentity.forLocalhost(folder);
    }

    private void open(String scheme) throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (scheme.equals("https")) {
            HttpsServer secure = HttpsServer.create(anyPort, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(identity.server()));
            server = secure;
            sockets = identity.client().getSocketFactory();
        } else {
            server = HttpServer.create(anyPort, 0);
            sockets = SocketFactory.getDefault();
        }
        server.setExecutor(one);
        server.createContext(
                "/leads", LeadReceiver.into(kept::add).withMostTime(MOST).handler());
        server.start();
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.stop(0);
        }
        one.shutdownNow();
    }

    /** A sender that has sent the headers, and a beginning of the body. */
    private Socket begin(int length) throws IOException {
        Socket socket = sockets.createSocket(
                InetAddress.getLoopbackAddress(), server.getAddress().getPort());
        socket.setSoTimeout((int) MUCH_LATER.toMillis());
        socket.setTcpNoDelay(true);
        write(socket, HEAD + "Content-Length: " + length + "\r\n\r\n{");
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    /** The first line of the answer; null if the connection ends without one. */
    private static @Nullable String answer(Socket socket) throws IOException {
        try {
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("neither an answer nor an end", e);
        } catch (IOException e) { // reset, or TLS without a farewell
            return null;
        }
    }

    private void assertTheDoorIsOpen() throws IOException {
        try (Socket next = begin(LEAD.length())) {
            write(next, LEAD.substring(1));
            assertThat(answer(next)).contains(" 202 ");
        }
        assertThat(kept).hasSize(1);
    }

    /** Sends a blank now and then, for as long as it is not interrupted and the other side takes it. */
    private static Thread drip(Socket socket) {
        CountDownLatch never = new CountDownLatch(1);
        Thread drip = new Thread(() -> {
            try {
                while (!never.await(50, TimeUnit.MILLISECONDS)) {
                    write(socket, " ");
                }
            } catch (IOException | InterruptedException e) { // that is its end
                return;
            }
        });
        drip.start();
        return drip;
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void aSenderThatTricklesIsToldAndHoldsTheThreadNoLonger(String scheme) throws Exception {
        open(scheme);
        long begun = System.nanoTime();
        try (Socket slow = begin(100_000)) {
            Thread drip = drip(slow);
            assertThat(answer(slow)).contains(" 408 ");
            assertThat(System.nanoTime() - begun).isBetween(MOST.toNanos(), MUCH_LATER.toNanos());
            assertTheDoorIsOpen(); // though it goes on
            drip.interrupt();
            drip.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void aSenderThatTricklesBehindABodyThatIsTooLongIsCutOff(String scheme) throws Exception {
        open(scheme);
        try (Socket slow = begin(LeadReceiver.DEFAULT_MOST_BYTES + 60_000)) {
            write(slow, " ".repeat(LeadReceiver.DEFAULT_MOST_BYTES));
            Thread drip = drip(slow);
            assertThat(answer(slow)).contains(" 413 ");
            assertTheDoorIsOpen();
            drip.interrupt();
            drip.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void aSenderThatFallsSilentIsCutOff(String scheme) throws Exception {
        open(scheme);
        long begun = System.nanoTime();
        try (Socket silent = begin(100)) {
            assertThat(answer(silent)).isNull();
            assertThat(System.nanoTime() - begun).isBetween(MOST.toNanos(), MUCH_LATER.toNanos());
            assertTheDoorIsOpen();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void aBodyInPiecesThatComesInTimeIsTaken(String scheme) throws Exception {
        open(scheme);
        try (Socket pieces = begin(LEAD.length())) {
            for (String piece : LEAD.substring(1).split("(?<=\\G.{8})")) {
                write(pieces, piece);
            }
            assertThat(answer(pieces)).contains(" 202 ");
        }
        assertThat(kept).hasSize(1);
    }

    @Test
    void theTimeIsMoreThanNone() {
        LeadReceiver receiver = LeadReceiver.into(kept::add);
        assertThatThrownBy(() -> receiver.withMostTime(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> receiver.withMostTime(Duration.ofDays(2)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
