package io.leaddispatch.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ReceivedRequest;
import java.net.http.HttpClient;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent, and what holds the endpoint. */
class HttpsDestinationTest extends WithEndpoint {
    @Test
    void eachAttemptHasTheSameIdAndATimeOfItsOwn() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now().minusSeconds(10));
        LeadDestination destination =
                endpoint().with(HttpsSettings.SIGNING_SECRETS, SIGNING).open(clock(now));
        server.answer(503);
        assertThat(code(deliver(destination))).isEqualTo("Retry https.server-error");
        now.set(Instant.now());
        assertThat(deliver(destination)).isInstanceOf(Delivered.class);
        ReceivedRequest first = server.requests().get(0);
        ReceivedRequest second = server.requests().get(1);
        assertThat(second.header("webhook-id"))
                .isEqualTo(first.header("webhook-id"))
                .doesNotContain("lead-1");
        assertThat(second.header("webhook-timestamp")).isGreaterThan(first.header("webhook-timestamp"));
        assertThat(second.header("webhook-signature")).isNotEqualTo(first.header("webhook-signature"));
        new Webhook(SIGNING).verify(first.body(), headers(first));
        new Webhook(SIGNING).verify(second.body(), headers(second));
    }

    private static Clock clock(AtomicReference<Instant> now) {
        InstantSource source = now::get;
        return source.withZone(ZoneOffset.UTC);
    }

    @Test
    void aClockThatIsSlowLooksLikeABadSignature() throws Exception {
        Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-302));
        deliver(endpoint().with(HttpsSettings.SIGNING_SECRETS, SIGNING).open(slow));
        assertThatThrownBy(() -> new Webhook(SIGNING).verify(last().body(), headers(last())))
                .isInstanceOf(WebhookVerificationException.class)
                .hasMessageContaining("too old");
    }

    @Test
    void otherDestinationsHaveOtherIds() {
        assertThat(WebhookId.of(LEAD.id(), "one"))
                .isNotEqualTo(WebhookId.of(LEAD.id(), "two"))
                .doesNotContain(".");
    }

    @ParameterizedTest
    @CsvSource({"quoted, \"", "bare, ''"})
    void theIdempotencyKeyIsTheIdAsAsked(String form, String mark) throws Exception {
        deliver(endpoint().with(HttpsSettings.IDEMPOTENCY_KEY, form).open(Clock.systemUTC()));
        assertThat(last().header("idempotency-key")).isEqualTo(mark + last().header("webhook-id") + mark);
    }

    @Test
    void withoutAnIdempotencyKeyAConflictIsARefusal() throws Exception {
        LeadDestination destination =
                endpoint().with(HttpsSettings.IDEMPOTENCY_KEY, "off").open(Clock.systemUTC());
        server.answer(409);
        assertThat(deliver(destination)).isInstanceOf(Rejected.class);
        assertThat(last().header("idempotency-key")).isEmpty();
    }

    @Test
    void furtherHeadersAndOtherAcceptedStatusesAreAsSet() throws Exception {
        LeadDestination destination = endpoint()
                .with(HttpsSettings.HEADERS, Map.of("X-Tenant", "t1", "X-Number", 7))
                .with(HttpsSettings.ACCEPTED, List.of("200", "302-303"))
                .open(Clock.systemUTC());
        server.answer(302).answer(204);
        assertThat(deliver(destination)).isInstanceOf(Delivered.class);
        assertThat(last().header("x-tenant")).isEqualTo("t1");
        assertThat(last().header("x-number")).isEqualTo("7");
        assertThat(deliver(destination)).isInstanceOf(Rejected.class);
    }

    @Test
    void manyRefusalsInARowAreTheEndpointsFaultAndADeliveryForgivesThem() throws Exception {
        LeadDestination destination =
                endpoint().with(HttpsSettings.HOLD_AFTER_REFUSALS, 2).open(Clock.systemUTC());
        server.answer(422).answer(400).answer(422).answer(200).answer(422);
        assertThat(deliver(destination)).isInstanceOf(Rejected.class);
        assertThat(deliver(destination)).isInstanceOf(Rejected.class);
        assertThat(code(deliver(destination))).isEqualTo("Pause https.refuses-leads");
        assertThat(deliver(destination)).isInstanceOf(Delivered.class);
        assertThat(deliver(destination)).isInstanceOf(Rejected.class);
    }

    @Test
    void refusalsWithoutEndAreAcceptedWhereThatIsAsked() throws Exception {
        LeadDestination destination =
                endpoint().with(HttpsSettings.HOLD_AFTER_REFUSALS, 0).open(Clock.systemUTC());
        server.otherwise(request -> Answer.of(422));
        for (int i = 0; i < 30; i++) {
            assertThat(deliver(destination)).isInstanceOf(Rejected.class);
        }
    }

    @Test
    void aHostNameThatStaysUnknownHoldsTheEndpoint() throws Exception {
        LeadDestination destination = Given.endpoint("https://nowhere.invalid/").open(Clock.systemUTC());
        assertThat(code(deliver(destination))).isEqualTo("Retry https.unreachable");
        assertThat(code(deliver(destination))).isEqualTo("Retry https.unreachable");
        assertThat(code(deliver(destination))).isEqualTo("Pause https.wrong-address");
    }

    @Test
    void aCheckedHostNameThatStaysUnknownHoldsTheEndpointToo() throws Exception {
        LeadDestination destination = Given.endpoint("https://nowhere.invalid/")
                .with(HttpsSettings.REFUSE_NON_PUBLIC, true)
                .open(Clock.systemUTC());
        deliver(destination);
        deliver(destination);
        assertThat(code(deliver(destination))).isEqualTo("Pause https.wrong-address");
    }

    @Test
    void aClientThatWouldFollowRedirectsIsNotUsed() throws Exception {
        HttpClient follows = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        assertThat(code(deliver(endpoint().open(follows, Clock.systemUTC())))).isEqualTo("Pause https.client-unfit");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void theEventCarriesTheLeadsOwnTimeSoThatRepeatsAreEqual() throws Exception {
        LeadDestination destination =
                endpoint().with(HttpsSettings.PROFILE, "event").open(Clock.systemUTC());
        deliver(destination);
        deliver(destination);
        assertThat(last().body())
                .isEqualTo(server.requests().get(0).body())
                .isEqualTo("{\"type\":\"marketplace.lead.created\",\"timestamp\":\"2026-01-02T03:04:05Z\",\"data\":{"
                        + "\"userDetails\":{\"firstName\":\"Zoë\",\"email\":\"zoe@example.com\"},"
                        + "\"leadSource\":\"AzureMarketplace\",\"actionCode\":\"INS\","
                        + "\"leadId\":\"lead-1\",\"offerId\":\"contoso.app\"}}");
    }

    @Test
    void anHtmlPageIsWarnedOfOnce() throws Exception {
        List<String> warnings = new CopyOnWriteArrayList<>();
        Handler listening = new Handler() {
            @Override
            public void publish(LogRecord line) {
                warnings.add(new MessageFormat(line.getMessage()).format(line.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger("io.leaddispatch.https");
        log.addHandler(listening);
        try {
            LeadDestination destination = endpoint().open(Clock.systemUTC());
            server.otherwise(request -> Answer.of(200).with("Content-Type", "text/html"));
            assertThat(deliver(destination)).isInstanceOf(Delivered.class);
            assertThat(deliver(destination)).isInstanceOf(Delivered.class);
        } finally {
            log.removeHandler(listening);
        }
        assertThat(warnings).singleElement().asString().contains("hook [https.html-answer]: ", "login page");
    }

    @Test
    void headersOfTheDestinationItselfCannotBeSet() {
        assertThatThrownBy(() -> endpoint()
                        .with(HttpsSettings.HEADERS, Map.of("Webhook-Id", "x"))
                        .open(Clock.systemUTC()))
                .isInstanceOf(LeadConfigurationException.class)
                .hasMessage("headers: names Webhook-Id, which this destination sets");
    }

    @Test
    void aUserNameWithAColonAndABadHeaderNameAreFaults() {
        assertThatThrownBy(() -> endpoint()
                        .with(HttpsSettings.USERNAME, "a:b")
                        .with(HttpsSettings.API_KEY_HEADER, "X Key")
                        .open(Clock.systemUTC()))
                .isInstanceOf(LeadConfigurationException.class)
                .hasMessageContaining("apiKeyHeader: a header name holds")
                .hasMessageContaining("username: holds a colon");
    }
}
