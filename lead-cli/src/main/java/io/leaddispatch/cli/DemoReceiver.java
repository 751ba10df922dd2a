package io.leaddispatch.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receiver as a customer would write it: TLS, and only what carries a good signature of the last five minutes. */
final class DemoReceiver implements AutoCloseable {
    private static final int KEY_BYTES = 32;
    private static final int MOST_BYTES = 1 << 20;
    private static final long TOLERANCE_SECONDS = 300;

    private final HttpsServer server;
    private final DemoCertificate certificate;
    private final byte[] key = new byte[KEY_BYTES];
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    private DemoReceiver(HttpsServer server, DemoCertificate certificate) {
        this.server = server;
        this.certificate = certificate;
        new SecureRandom().nextBytes(key);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        server.createContext("/leads", this::handle);
        server.start();
    }

    static DemoReceiver start() throws IOException, InterruptedException {
        DemoCertificate certificate = DemoCertificate.create();
        return new DemoReceiver(
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), certificate);
    }

    URI uri() {
        return URI.create("https://localhost:" + server.getAddress().getPort() + "/leads");
    }

    Path certificate() {
        return certificate.pem();
    }

    String secret() {
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    int accepted() {
        return accepted.get();
    }

    int refused() {
        return refused.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
            boolean good = exchange.getRequestMethod().equals("POST") && isSigned(exchange, body);
            (good ? accepted : refused).incrementAndGet();
            exchange.sendResponseHeaders(good ? 201 : 401, -1);
        }
    }

    private boolean isSigned(HttpExchange exchange, byte[] body) {
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String time = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        String signature = exchange.getRequestHeaders().getFirst("webhook-signature");
        if (id == null || time == null || signature == null || !time.matches("[0-9]{1,12}")) {
            return false;
        }
        long age = Instant.now().getEpochSecond() - Long.parseLong(time);
        return Math.abs(age) <= TOLERANCE_SECONDS
                && MessageDigest.isEqual(
                        signature.getBytes(US_ASCII), ("v1," + sign(id + "." + time + ".", body)).getBytes(US_ASCII));
    }

    private String sign(String head, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(head.getBytes(US_ASCII));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        certificate.close();
    }
}
