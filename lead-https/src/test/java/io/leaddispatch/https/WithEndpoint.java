package io.leaddispatch.https;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Lead;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Retry;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.ScriptedServer;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The destination alone, call by call, and the endpoint it posts to. */
abstract class WithEndpoint {
    static final String SIGNING = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final Lead LEAD = Lead.builder()
            .id("lead-1")
            .firstName("Zoë")
            .email("zoe@example.com")
            .source("AzureMarketplace-INS|contoso.app")
            .createdAt(Instant.parse("2026-01-02T03:04:05Z"))
            .build();

    final ScriptedServer server = ScriptedServer.start();

    @AfterEach
    final void stop() {
        server.close();
    }

    final Given endpoint() {
        return Given.endpoint(server.uri() + "/hook?sig=s3cret");
    }

    static DeliveryResult deliver(LeadDestination destination) throws Exception {
        return destination
                .deliver(new LeadBatch(List.of(LEAD), Instant.now().plusSeconds(20), false))
                .get(0);
    }

    /** The kind of the result and its problem's code; a pause must be one without end. */
    static String code(DeliveryResult result) {
        if (result instanceof Pause pause) {
            assertThat(pause.until()).isNull();
            return "Pause " + pause.problem().code();
        }
        return result instanceof Retry retry
                ? "Retry " + retry.problem().code()
                : result.getClass().getSimpleName();
    }

    final ReceivedRequest last() {
        return server.requests().get(server.requests().size() - 1);
    }

    static HttpHeaders headers(ReceivedRequest request) {
        return HttpHeaders.of(request.headers(), (name, value) -> true);
    }
}
