package io.leaddispatch.https;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.leaddispatch.Secret;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ScriptedServer;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Secrets that are replaced, unusable, or must not go elsewhere. */
class HttpsSecretsTest extends WithEndpoint {
    @Test
    void aCredentialThatWasReplacedIsTriedOnceMore() throws Exception {
        AtomicReference<String> token = new AtomicReference<>("old");
        server.otherwise(request -> {
            token.set("new");
            return Answer.of("Bearer new".equals(request.header("authorization")) ? 200 : 401);
        });
        LeadDestination destination = endpoint()
                .with(HttpsSettings.AUTH, "bearer")
                .with(HttpsSettings.TOKEN, Secret.from(token::get))
                .open(Clock.systemUTC());
        assertThat(deliver(destination)).isInstanceOf(Delivered.class);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aSigningSecretThatWasReplacedIsTriedOnceMoreToo() throws Exception {
        AtomicReference<String> secret = new AtomicReference<>("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        server.otherwise(request -> {
            boolean first = secret.getAndSet(SIGNING).startsWith("whsec_AAAA");
            return Answer.of(first ? 401 : 200);
        });
        LeadDestination destination = endpoint()
                .with(HttpsSettings.SIGNING_SECRETS, List.of(Secret.from(secret::get)))
                .open(Clock.systemUTC());
        assertThat(deliver(destination)).isInstanceOf(Delivered.class);
        new Webhook(SIGNING).verify(last().body(), headers(last()));
    }

    @Test
    void aCredentialThatIsStillTheSameIsNotTriedTwice() throws Exception {
        server.otherwise(request -> Answer.of(401));
        LeadDestination destination = endpoint()
                .with(HttpsSettings.AUTH, "api-key")
                .with(HttpsSettings.API_KEY, "k")
                .open(Clock.systemUTC());
        assertThat(code(deliver(destination))).isEqualTo("Pause https.unauthorized");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aSecretReplacedByAnUnusableOneHoldsTheEndpointAndIsNotShown() throws Exception {
        AtomicReference<String> url = new AtomicReference<>(server.uri() + "/hook");
        AtomicReference<String> signing = new AtomicReference<>(SIGNING);
        AtomicReference<String> token = new AtomicReference<>("t");
        LeadDestination destination = new Given()
                .with(HttpsSettings.URL, Secret.from(url::get))
                .with(HttpsSettings.SIGNING_SECRETS, List.of(Secret.from(signing::get)))
                .with(HttpsSettings.AUTH, "bearer")
                .with(HttpsSettings.TOKEN, Secret.from(token::get))
                .open(Clock.systemUTC());
        assertUnusable(destination, url, "https://h/s3cret s3cret", "httpsEndpointUrl");
        assertUnusable(destination, url, "http://h.example/s3cret", "httpsEndpointUrl");
        assertUnusable(destination, signing, "whsec_s3cret", "signingSecrets[0]");
        assertUnusable(destination, token, "s3cret\n", "token");
        assertThat(deliver(destination)).isInstanceOf(Delivered.class);
    }

    private static void assertUnusable(
            LeadDestination destination, AtomicReference<String> secret, String value, String setting)
            throws Exception {
        String before = secret.getAndSet(value);
        DeliveryResult result = deliver(destination);
        assertThat(code(result)).isEqualTo("Pause https.secret-unusable");
        assertThat(result.toString()).contains(setting).doesNotContain("s3cret");
        assertThat(destination.preview(LEAD)).contains(setting).doesNotContain("s3cret");
        Verification check = destination.verify(new Verification.Probe(LEAD));
        assertThat(check.steps().get(0).problem().code()).isEqualTo("https.secret-unusable");
        assertThat(check.steps()).extracting(Verification.Step::state).containsOnlyOnce(Verification.State.FAILED);
        assertThat(check.toString()).contains(setting).doesNotContain("s3cret");
        secret.set(before);
    }

    @Test
    void aRedirectLeaksNeitherBodyNorCredentials() throws Exception {
        try (ScriptedServer elsewhere = ScriptedServer.start()) {
            server.answer(Answer.of(307).with("Location", elsewhere.uri() + "/x?key=s3cret"));
            DeliveryResult result = deliver(endpoint()
                    .with(HttpsSettings.AUTH, "bearer")
                    .with(HttpsSettings.TOKEN, "s3cret")
                    .open(Clock.systemUTC()));
            assertThat(code(result)).isEqualTo("Pause https.redirects");
            assertThat(result.toString()).contains("localhost").doesNotContain("s3cret");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }
}
