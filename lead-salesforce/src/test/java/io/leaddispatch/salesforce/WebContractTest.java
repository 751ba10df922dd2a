package io.leaddispatch.salesforce;

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

/** Mode web-to-lead keeps to the contract, as far as a door can that never says no. */
class WebContractTest extends LeadDestinationContract {
    @Override
    protected LeadDestinationProvider provider() {
        return new SalesforceDestinationProvider();
    }

    @Override
    protected Map<String, ?> settings(URI server) {
        return Map.of(
                "mode",
                "web-to-lead",
                "objectIdentifier",
                "00Do0000000ZHog",
                "webToLeadUrl",
                server + "/servlet/servlet.WebToLead");
    }

    @Override
    protected Map<String, ?> wrongSettings() {
        return Map.of("objectIdentifier", "canary-organization", "webToLeadUrl", "http://canary-host.example/servlet");
    }

    @Override
    protected Map<Group, String> doesNotApply() {
        return Map.of(
                Group.BAD_LEAD, "the servlet takes bad leads like good ones and mails what came of them",
                Group.REPEATED_LEAD, "a form carries no key, a repeat is not safe",
                Group.CREDENTIALS, "a form needs none",
                Group.TOKENS, "a form needs none");
    }

    @Override
    protected Path documentation() {
        return Path.of("..", "docs", "salesforce.md");
    }

    @Override
    protected Vendor vendor() {
        return new Servlet();
    }

    private static final class Servlet implements Vendor {
        @Override
        public Kind kind(ReceivedRequest request) {
            return request.method().equals("GET") ? Kind.READ : Kind.WRITE;
        }

        @Override
        public Answer read(ReceivedRequest request, List<Lead> stored) {
            return Answer.of(200);
        }

        @Override
        public Answer answer(Write write) {
            return Answer.of(200).with("Is-Processed", "true");
        }

        @Override
        public Answer throttled(Duration retryAfter) {
            return Answer.of(429).with("Retry-After", String.valueOf(retryAfter.toSeconds()));
        }

        @Override
        public Answer refusedCredentials(ReceivedRequest request) {
            return Answer.of(403);
        }

        @Override
        public boolean needsNoBody() {
            return true;
        }
    }
}
