package io.leaddispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.leaddispatch.outbox.LeadOutbox;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {
    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> health(Callable<Boolean> question) throws Exception {
        server.createContext("/health", new Health(question));
        return get("/health");
    }

    @Test
    void aStoreThatAnswersIsUp() throws Exception {
        try (LeadOutbox outbox = LeadOutbox.open("jdbc:sqlite:" + folder.resolve("leads.db"))) {
            HttpResponse<String> answer = health(() -> outbox.queue().pauses().isEmpty());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"status\": \"up\", \"paused\": false}\n");
        }
    }

    @Test
    void aStoreThatFailsIsDown() throws Exception {
        try (LeadOutbox outbox = LeadOutbox.open("jdbc:sqlite:" + folder.resolve("no folder/leads.db"))) {
            HttpResponse<String> answer = health(() -> outbox.queue().pauses().isEmpty());
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("{\"status\": \"down\"}\n");
        }
    }

    @Test
    void aStoreThatHangsIsDownAndAskedOnce() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        HttpResponse<String> answer = health(() -> {
            asked.incrementAndGet();
            never.await();
            return true;
        });
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(asked).hasValue(1);
        never.countDown();
    }

    @Test
    void whoFindsNoRoomIsToldToComeAgainAndHealthAnswers() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        server.createContext(
                "/leads",
                new Doorway(
                        exchange -> {
                            inside.countDown();
                            try (exchange) {
                                leave.await();
                                exchange.sendResponseHeaders(202, -1);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        1));
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/leads");
        var slow = client.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        inside.await();
        HttpResponse<String> refused = get("/leads");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("10");
        assertThat(health(() -> true).statusCode()).isEqualTo(200);
        leave.countDown();
        assertThat(slow.join().statusCode()).isEqualTo(202);
        assertThat(get("/leads").statusCode()).isEqualTo(202);
    }
}
