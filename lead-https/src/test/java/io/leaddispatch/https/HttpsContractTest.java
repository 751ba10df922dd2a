package io.leaddispatch.https;

import io.leaddispatch.Lead;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.Vendor;
import io.leaddispatch.testkit.contract.Group;
import io.leaddispatch.testkit.contract.LeadDestinationContract;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class HttpsContractTest extends LeadDestinationContract {
    @Override
    protected LeadDestinationProvider provider() {
        return new HttpsDestinationProvider();
    }

    @Override
    protected Map<String, ?> settings(URI server) {
        return Map.of(
                "httpsEndpointUrl",
                server + "/hook?sig=CANARY-sig",
                "auth",
                "bearer",
                "token",
                "CANARY-token",
                "headers",
                Map.of("X-Key", "CANARY-header"),
                "signingSecrets",
                List.of("whsec_CANARYQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw7"));
    }

    @Override
    protected Map<String, ?> wrongSettings() {
        return Map.of(
                "httpsEndpointUrl", "http://canary-host.example/hook",
                "acceptedStatuses", "canary-20",
                "username", "canary:user");
    }

    @Override
    protected List<String> secrets() {
        return List.of("CANARY-sig");
    }

    @Override
    protected Map<Group, String> doesNotApply() {
        return Map.of(Group.TOKENS, "credentials are given, not fetched");
    }

    @Override
    protected Path documentation() {
        return Path.of("..", "docs", "https.md");
    }

    @Override
    protected Vendor vendor() {
        return new Receiver();
    }

    /** A receiver that remembers {@code webhook-id}s. */
    private static final class Receiver implements Vendor {
        @Override
        public Answer answer(Write write) {
            return write.anyBad() ? Answer.of(422) : Answer.of(write.anyKnown() ? 200 : 201);
        }

        @Override
        public Answer throttled(Duration retryAfter) {
            return Answer.of(429).with("Retry-After", String.valueOf(retryAfter.toSeconds()));
        }

        @Override
        public Answer refusedCredentials(ReceivedRequest request) {
            return Answer.of(401);
        }

        @Override
        public boolean needsNoBody() {
            return true;
        }

        @Override
        public String key(ReceivedRequest write, Lead lead) {
            return write.header("webhook-id");
        }
    }
}
