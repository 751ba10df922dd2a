package io.leaddispatch.marketo;

import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.testkit.Vendor;
import io.leaddispatch.testkit.contract.Group;
import io.leaddispatch.testkit.contract.LeadDestinationContract;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class FormContractTest extends LeadDestinationContract {
    @Override
    protected LeadDestinationProvider provider() {
        return new MarketoDestinationProvider();
    }

    @Override
    protected Map<String, ?> settings(URI server) {
        return settings(server, "form");
    }

    static Map<String, ?> settings(URI server, String mode) {
        Map<String, Object> settings = new HashMap<>(Given.settings(server, mode));
        settings.put("clientSecret", "CANARY-secret");
        return settings;
    }

    @Override
    protected Map<String, ?> wrongSettings() {
        return Map.of("formId", "canary-form", "baseUrl", "http://canary.example/x", "fields", Map.of("id", "canary"));
    }

    @Override
    protected List<String> secrets() {
        return List.of("CANARY-token");
    }

    @Override
    protected Map<Group, String> doesNotApply() {
        return Map.of(
                Group.RETRY_AFTER, "Marketo's answers name no time",
                Group.REPEATED_LEAD, "mode form only: Marketo has no key for a submission");
    }

    @Override
    protected Path documentation() {
        return Path.of("..", "docs", "marketo.md");
    }

    @Override
    protected Vendor vendor() {
        return new MarketoVendor();
    }
}
