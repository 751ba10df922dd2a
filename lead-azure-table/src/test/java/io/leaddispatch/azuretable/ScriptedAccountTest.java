package io.leaddispatch.azuretable;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Secret;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Retry;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Answer.Fault;
import io.leaddispatch.testkit.Azurite;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.ReceivedRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The way to the account and what opens it; and the check of both. */
class ScriptedAccountTest extends WithScriptedTable {
    @Test
    void anUnreachableAccountIsTriedAgainAndAnUnknownOneHeldAfterThree() throws Exception {
        server.close();
        assertThat(one()).isInstanceOf(Retry.class).extracting(r -> code(r)).isEqualTo("azure-table.unreachable");
        AzureTableDestination unknown =
                Given.server(URI.create("https://no-such-host.invalid")).open();
        assertThat(code(deliver(unknown, false, Leads.ada()).get(0))).isEqualTo("azure-table.unreachable");
        assertThat(code(deliver(unknown, false, Leads.ada()).get(0))).isEqualTo("azure-table.unreachable");
        assertThat(deliver(unknown, false, Leads.ada()).get(0))
                .isInstanceOf(Pause.class)
                .extracting(r -> code(r))
                .isEqualTo("azure-table.wrong-address");
    }

    @Test
    void aServerWithoutTlsIsNoEndpoint() throws Exception {
        Given tls = Given.server(URI.create("https://localhost:" + server.uri().getPort()));
        assertThat(deliver(tls.open(), false, Leads.ada()).get(0))
                .isInstanceOf(Retry.class)
                .extracting(r -> code(r))
                .isEqualTo("azure-table.tls");
    }

    @Test
    void aClientThatFollowsRedirectsIsNotUsed() throws Exception {
        var following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        var context = new DestinationContext("table", Clock.systemUTC(), () -> following, "test", true);
        var destination = (AzureTableDestination) new AzureTableDestinationProvider().open(given, context);
        assertThat(code(deliver(destination, false, Leads.ada()).get(0))).isEqualTo("azure-table.client-unfit");
    }

    @Test
    void aKeyThatWasRotatedIsUsedAtOnce() throws Exception {
        AtomicReference<String> text = new AtomicReference<>(connection("b2xkLWtleQ=="));
        AzureTableDestination destination = new Given()
                .with(AzureTableSettings.CONNECTION_STRING, Secret.from(text::get))
                .open();
        server.otherwise(request -> {
            String used = text.getAndSet(connection("bmV3LWtleQ=="));
            return used.contains("b2xk") ? json(403, "AuthenticationFailed") : Answer.of(204);
        });
        assertThat(deliver(destination, false, Leads.ada()).get(0)).isInstanceOf(Delivered.class);
        assertThat(server.requests().stream()
                        .map(request -> request.header("Authorization"))
                        .distinct())
                .hasSize(2);
    }

    @Test
    void aConnectionStringThatBecomesUnusableHoldsTheDestination() throws Exception {
        AtomicReference<String> text = new AtomicReference<>(connection(Azurite.KEY));
        AzureTableDestination destination = new Given()
                .with(AzureTableSettings.CONNECTION_STRING, Secret.from(text::get))
                .open();
        text.set("********");
        assertThat(code(deliver(destination, false, Leads.ada()).get(0))).isEqualTo("azure-table.secret-unusable");
        Verification verification = destination.verify(new Verification.Probe(Leads.ada()));
        assertThat(verification.steps().get(0).problem().code()).isEqualTo("azure-table.secret-unusable");
    }

    private String connection(String key) {
        return "AccountName=contosoleads;AccountKey=" + key + ";TableEndpoint=" + server.uri();
    }

    @Test
    void aSignatureGoesIntoTheAddressAndIsNoHeader() throws Exception {
        server.answer(Answer.of(204));
        Given.connection("TableEndpoint=" + server.uri() + ";SharedAccessSignature=sv=2019-02-02&sig=c2lnbmF0dXJl")
                .open()
                .deliver(new LeadBatch(List.of(Leads.ada()), Instant.now().plusSeconds(30), false));
        ReceivedRequest request = server.requests().get(0);
        assertThat(request.target()).contains("sig=c2lnbmF0dXJl");
        assertThat(request.header("Authorization")).isEmpty();
        assertThat(request.header("User-Agent")).isEqualTo("lead-dispatch/test");
    }

    @Test
    void verifyStopsAtWhatFailsFirst() throws Exception {
        server.otherwise(request -> json(403, "AuthenticationFailed"));
        Verification verification = given.open().verify(new Verification.Probe(Leads.ada()));
        assertThat(verification.steps().get(0).problem().code()).isEqualTo("azure-table.unauthorized");
        assertThat(verification.steps().subList(1, 4))
                .allSatisfy(step -> assertThat(step.state()).isEqualTo(Verification.State.NOT_RUN));
    }

    @Test
    void verifySaysWhenTheTestLeadDoesNotComeBack() throws Exception {
        server.answer(Answer.json(200, "{\"value\":[]}"))
                .answer(Answer.of(204))
                .answer(Answer.json(200, "{\"PartitionKey\":\"x\",\"RowKey\":\"y\",\"CustomerInfo\":\"{}\"}"));
        Verification verification = given.open().verify(new Verification.Probe(Leads.ada()));
        assertThat(verification.steps().get(3).problem().code()).isEqualTo("azure-table.not-read-back");
    }

    @Test
    void verifyEndsInTimeWhereNobodyAnswers() throws Exception {
        server.otherwise(request -> Answer.fault(Fault.SILENT));
        Verification verification =
                given.with(AzureTableSettings.TIMEOUT, "300ms").open().verify(new Verification.Probe(null));
        assertThat(verification.steps().get(0).problem().code()).isEqualTo("azure-table.no-answer");
    }
}
