package io.leaddispatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.leaddispatch.LeadId;
import io.leaddispatch.json.LeadJson;
import io.leaddispatch.outbox.LeadOutbox;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.TlsIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** lead serve as a process: from a posted lead to the destination, with a destination of our own. */
class ServeCommandTest {
    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();
    private final Set<String> arrived = ConcurrentHashMap.newKeySet();
    private HttpClient client = HttpClient.newHttpClient();
    private HttpServer destination;

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
        if (destination != null) {
            destination.stop(0);
        }
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("leads.db");
    }

    private Path config() throws IOException {
        destination = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        destination.createContext("/", exchange -> {
            arrived.add(LeadJson.read(exchange.getRequestBody().readAllBytes())
                    .contact()
                    .email());
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        destination.start();
        return Files.writeString(folder.resolve("lead.json"), """
                {"destinations": {"hook": {"type": "https", "settings":
                    {"httpsEndpointUrl": "http://127.0.0.1:%d/"}}},
                 "insecureLoopback": true, "outbox": {"url": "%s"}}
                """.formatted(
                        destination.getAddress().getPort(), url()));
    }

    /** Where it listens. */
    private URI serve(Path config, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--config",
                config.toString(),
                "--port",
                "0"));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("serve.log").toFile())
                .start();
        started.add(process);
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        assertThat(line).as(Files.readString(folder.resolve("serve.log"))).startsWith("Listening at ");
        return URI.create(line.substring("Listening at ".length()));
    }

    private int post(URI to, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(to)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return client.send(
                        (headers.length == 0 ? request : request.headers(headers)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    private static String lead(String name) {
        return "{\"userDetails\": {\"email\": \"" + name + "@example.com\"}, \"leadSource\": \"AzureMarketplace\"}";
    }

    @Test
    void aPostedLeadArrivesAndTheDoorClosesInOrder() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "s3cret\n");
        URI door = serve(config(), "--key-file", key.toString());
        assertThat(post(door, lead("a"))).isEqualTo(401);
        URI keyed = URI.create(door + "?key=s3cret");
        assertThat(post(keyed, "{}")).isEqualTo(400);
        assertThat(post(keyed, lead("a"))).isEqualTo(202);
        await(() -> arrived.contains("a@example.com"));
        HttpResponse<String> health = client.send(
                HttpRequest.newBuilder(door.resolve("/health")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"status\": \"up\"");
        Process process = started.get(0);
        process.destroy();
        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        try (LeadOutbox outbox = LeadOutbox.open(url())) {
            assertThat(outbox.stats().destinations().get("hook").leased()).isZero();
            assertThat(outbox.stats().destinations().get("hook").done()).isEqualTo(1);
        }
        assertThat(Files.readString(folder.resolve("serve.log"))).doesNotContain("example.com", "s3cret");
    }

    @Test
    void withAKeyStoreTheDoorSpeaksTlsAndNothingElse() throws Exception {
        TlsIdentity identity = TlsIdentity.forLocalhost(folder);
        Path password = Files.writeString(folder.resolve("password"), identity.keyStorePassword() + "\n");
        URI door = serve(
                config(), "--tls-keystore", identity.keyStore().toString(), "--tls-password-file", password.toString());
        assertThat(door.getScheme()).isEqualTo("https");
        assertThatThrownBy(() -> post(URI.create(door.toString().replace("https:", "http:")), lead("plain")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> post(door, lead("untrusted"))).isInstanceOf(SSLException.class);
        client = HttpClient.newBuilder().sslContext(identity.client()).build();
        assertThat(post(door, lead("a"))).isEqualTo(202);
        await(() -> arrived.contains("a@example.com"));
        assertThat(arrived).hasSize(1);
    }

    @Test
    void aKeyStoreThatDoesNotOpenIsSaid() throws Exception {
        TlsIdentity identity = TlsIdentity.forLocalhost(folder);
        Path wrong = Files.writeString(folder.resolve("password"), "wrong");
        Ran ran = Ran.lead(
                "serve", "--config", config(), "--tls-keystore", identity.keyStore(), "--tls-password-file", wrong);
        assertThat(ran.code()).isEqualTo(ExitCodes.NOT_STARTED);
        assertThat(ran.err()).doesNotContain("A fault in this program");
    }

    @Test
    void withAWebhookSecretOnlySignedLeadsAreTaken() throws Exception {
        String secret = signingSecret((byte) 1);
        Path file = Files.writeString(folder.resolve("secret"), secret + "\n");
        URI door = serve(config(), "--webhook-secret-file", file.toString());
        assertThat(post(door, lead("missing"))).isEqualTo(401);
        assertThat(post(door, lead("wrong"), signature(signingSecret((byte) 2), lead("wrong"))))
                .isEqualTo(401);
        assertThat(post(door, lead("changed"), signature(secret, lead("other"))))
                .isEqualTo(401);
        assertThat(post(door, lead("right"), signature(secret, lead("right")))).isEqualTo(202);
        await(() -> arrived.contains("right@example.com"));
        assertThat(arrived).hasSize(1);
        assertThat(Files.readString(folder.resolve("serve.log"))).doesNotContain("whsec_", "example.com");
    }

    private static String signingSecret(byte fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, fill);
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    /** The three headers of Standard Webhooks. */
    private static String[] signature(String secret, String body) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        byte[] sum = mac.doFinal(("msg_1." + now + "." + body).getBytes(UTF_8));
        String signed = "v1," + Base64.getEncoder().encodeToString(sum);
        return new String[] {
            "webhook-id", "msg_1", "webhook-timestamp", String.valueOf(now), "webhook-signature", signed
        };
    }

    @Test
    void everyLeadThatWasAcceptedIsInTheStoreAfterAKill() throws Exception {
        URI door = serve(config());
        List<String> accepted = new java.util.concurrent.CopyOnWriteArrayList<>();
        List<Thread> senders = new ArrayList<>();
        for (int s = 0; s < 3; s++) {
            String name = "s" + s + "-";
            Thread sender = new Thread(() -> {
                try {
                    for (int i = 0; ; i++) {
                        String body = new String(
                                LeadJson.write(
                                        Leads.ada().toBuilder().id(name + i).build()),
                                UTF_8);
                        if (post(door, body) == 202) {
                            accepted.add(name + i);
                        }
                    }
                } catch (IOException | InterruptedException e) { // the door is gone
                    return;
                }
            });
            senders.add(sender);
            sender.start();
        }
        await(() -> accepted.size() > 60);
        started.get(0).destroyForcibly().waitFor();
        for (Thread sender : senders) {
            sender.join();
        }
        try (LeadOutbox outbox = LeadOutbox.open(url())) {
            assertThat(accepted)
                    .allSatisfy(id -> assertThat(outbox.history(LeadId.of(id))).hasSize(1));
        }
        System.out.printf("lead serve killed: %d accepted, all in the store%n", accepted.size());
    }
}
