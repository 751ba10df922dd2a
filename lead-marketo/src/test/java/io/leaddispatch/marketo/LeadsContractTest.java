package io.leaddispatch.marketo;

import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.testkit.Vendor;
import io.leaddispatch.testkit.contract.Group;
import io.leaddispatch.testkit.contract.LeadDestinationContract;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class LeadsContractTest extends LeadDestinationContract {
    @Override
    protected LeadDestinationProvider provider() {
        return new MarketoDestinationProvider();
    }

    @Override
    protected Map<String, ?> settings(URI server) {
        return FormContractTest.settings(server, "leads");
    }

    @Override
    protected Map<String, ?> wrongSettings() {
        return Map.of("lookupField", "canary-field", "baseUrl", "http://canary.example/x");
    }

    @Override
    protected List<String> secrets() {
        return List.of("CANARY-token");
    }

    @Override
    protected Map<Group, String> doesNotApply() {
        return Map.of(Group.RETRY_AFTER, "Marketo's answers name no time");
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
