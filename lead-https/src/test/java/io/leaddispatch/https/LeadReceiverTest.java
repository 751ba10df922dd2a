package io.leaddispatch.https;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpServer;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.Secret;
import io.leaddispatch.json.AbsentAs;
import io.leaddispatch.json.Casing;
import io.leaddispatch.json.LeadJson;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.MovableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LeadReceiverTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Map<String, List<String>> JSON = Map.of("Content-Type", List.of("application/json"));

    private final List<Lead> kept = new CopyOnWriteArrayList<>();
    private final LeadReceiver open = LeadReceiver.into(kept::add);

    private static byte[] ada() {
        return LeadJson.writeMarketplace(Leads.ada(), Casing.CAMEL, AbsentAs.OMIT);
    }

    @ParameterizedTest
    @EnumSource(Casing.class)
    void aLeadOfTheMarketplaceIsKeptBeforeItIsAnswered(Casing casing) {
        byte[] body = LeadJson.writeMarketplace(Leads.ada(), casing, AbsentAs.OMIT);
        assertThat(open.receive("POST", null, JSON, body).status()).isEqualTo(202);
        assertThat(kept)
                .singleElement()
                .extracting(Lead::contact)
                .isEqualTo(Leads.ada().contact());
    }

    @Test
    void theSamePostedTwiceHasTheSameId() {
        open.receive("POST", null, JSON, ada());
        open.receive("POST", null, JSON, ada());
        assertThat(kept.get(0).id()).isEqualTo(kept.get(1).id());
    }

    @ParameterizedTest(name = "{0} {1} {3} is {4}")
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "GET ; application/json   ; -     ; {}                                    ; 405",
                "POST; text/html          ; -     ; {}                                    ; 415",
                "POST; application/json   ; -     ; CANARY                                ; 400",
                "POST; -                  ; -     ; {\"CANARY\": 1}                       ; 400",
                "POST; text/plain         ; -     ; {\"userDetails\":{\"email\":\"CANARY\"}}  ; 422",
                "POST; application/json   ; -     ; {\"userDetails\":{\"email\":\"a@b.example\"}} ; 202",
            })
    void whatIsWrongIsSaidWithoutAnEcho(String method, String type, String query, String body, int status) {
        Map<String, List<String>> headers = type == null ? Map.of() : Map.of("content-type", List.of(type.strip()));
        LeadReceiver.Reply reply = open.receive(method.strip(), query, headers, body.getBytes(UTF_8));
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text()).doesNotContain("CANARY");
        assertThat(kept).hasSize(status == 202 ? 1 : 0);
    }

    @Test
    void aBodyThatIsTooLongIsRefused() {
        byte[] body = ada();
        assertThat(open.withMostBytes(body.length)
                        .receive("POST", null, JSON, body)
                        .status())
                .isEqualTo(202);
        assertThat(open.withMostBytes(body.length - 1)
                        .receive("POST", null, JSON, body)
                        .status())
                .isEqualTo(413);
        assertThatThrownBy(() -> open.withMostBytes(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLeadThatIsNotSafeIsNotAccepted() {
        LeadReceiver broken = LeadReceiver.into(lead -> {
            throw new IOException("CANARY");
        });
        LeadReceiver.Reply reply = broken.receive("POST", null, JSON, ada());
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text()).doesNotContain("CANARY");
        assertThat(HttpsProblems.ALL)
                .extracting(io.leaddispatch.ProblemType::code)
                .contains("https.not-stored");
        LeadReceiver interrupted = LeadReceiver.into(lead -> {
            throw new InterruptedException();
        });
        assertThat(interrupted.receive("POST", null, JSON, ada()).status()).isEqualTo(503);
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            nullValues = "-",
            value = {
                "key=s%2B3cret, 202",
                "a=b&key=s%2B3cret, 202",
                "key=s%2B3cre, 401",
                "key=, 401",
                "KEY=s%2B3cret, 401",
                "key=%zz, 401",
                "-, 401",
                "xkey=s%2B3cret, 401",
            })
    void theKeyStandsInTheUrl(String query, int status) {
        LeadReceiver keyed = open.withKey(Secret.of("s+3cret"));
        assertThat(keyed.receive("POST", query, JSON, ada()).status()).isEqualTo(status);
    }

    @Test
    void aKeyThatWasEmptiedOrCannotBeReadOpensNoDoor() {
        LeadReceiver emptied = open.withKey(Secret.of(""));
        assertThat(emptied.receive("POST", "key=", JSON, ada()).status()).isEqualTo(401);
        assertThat(emptied.receive("POST", null, JSON, ada()).status()).isEqualTo(401);
        LeadReceiver unreadable = open.withKey(Secret.from(() -> {
            throw new IllegalStateException("CANARY");
        }));
        LeadReceiver.Reply reply = unreadable.receive("POST", "key=k", JSON, ada());
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text()).doesNotContain("CANARY");
        assertThat(kept).isEmpty();
    }

    private static Map<String, List<String>> signed(String secret, long time, byte[] body) throws Exception {
        String signature = new Webhook(secret).sign("msg_1", time, new String(body, UTF_8));
        return Map.of(
                "content-type", List.of("application/json"),
                "webhook-id", List.of("msg_1"),
                "webhook-timestamp", List.of(String.valueOf(time)),
                "webhook-signature", List.of("v1,AAAA " + signature));
    }

    @Test
    void aSignatureMadeByAnotherLibraryIsAccepted() throws Exception {
        MovableClock clock = MovableClock.at("2026-01-01T00:00:00Z");
        LeadReceiver signed =
                open.withWebhookSecrets(List.of(Secret.of(SECRET))).withClock(clock);
        long now = clock.instant().getEpochSecond();
        assertThat(signed.receive("POST", null, signed(SECRET, now, ada()), ada())
                        .status())
                .isEqualTo(202);
        assertThat(signed.receive("POST", null, signed(SECRET, now - 299, ada()), ada())
                        .status())
                .isEqualTo(202);
        assertThat(signed.receive("POST", null, signed(SECRET, now - 301, ada()), ada())
                        .status())
                .isEqualTo(401);
        byte[] other = LeadJson.write(Leads.grace());
        assertThat(signed.receive("POST", null, signed(SECRET, now, ada()), other)
                        .status())
                .isEqualTo(401);
        assertThat(signed.receive("POST", null, JSON, ada()).status()).isEqualTo(401);
        Map<String, List<String>> odd = new java.util.HashMap<>(signed(SECRET, now, ada()));
        odd.put("webhook-timestamp", List.of("soon"));
        assertThat(signed.receive("POST", null, odd, ada()).status()).isEqualTo(401);
        assertThatThrownBy(() -> open.withWebhookSecrets(List.of(Secret.of("short"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itServesInTheJdksServerWhatOurDestinationSends() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/leads",
                open.withKey(Secret.of("k"))
                        .withWebhookSecrets(List.of(Secret.of(SECRET)))
                        .handler());
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/leads?key=k";
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .insecureLoopback(true)
                .to("hook", "https", Map.of("httpsEndpointUrl", url, "signingSecrets", SECRET))
                .patience(Duration.ofSeconds(30))
                .build()) {
            assertThat(dispatcher.send(Leads.unicode()).at("hook")).isInstanceOf(Outcome.Delivered.class);
            assertThat(kept)
                    .singleElement()
                    .extracting(Lead::contact)
                    .isEqualTo(Leads.unicode().contact());
            List<Integer> statuses = new ArrayList<>();
            HttpClient client = HttpClient.newHttpClient();
            for (String method : List.of("GET", "POST")) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .method(method, HttpRequest.BodyPublishers.ofString("x"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                statuses.add(answer.statusCode());
            }
            assertThat(statuses).containsExactly(405, 401);
        } finally {
            server.stop(0);
        }
    }
}
