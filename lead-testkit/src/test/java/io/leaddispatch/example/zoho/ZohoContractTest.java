package io.leaddispatch.example.zoho;

import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.testkit.Vendor;
import io.leaddispatch.testkit.contract.LeadDestinationContract;
import java.net.URI;
import java.util.List;
import java.util.Map;

class ZohoContractTest extends LeadDestinationContract {
    @Override
    protected LeadDestinationProvider provider() {
        return new ZohoDestinationProvider();
    }

    @Override
    protected Map<String, ?> settings(URI server) {
        return Map.of(
                "accountsServer", server.toString(),
                "apiServer", server.toString(),
                "clientId", "1000.CLIENT",
                "clientSecret", "CANARY-secret",
                "refreshToken", "1000.CANARY-refresh");
    }

    @Override
    protected Map<String, ?> wrongSettings() {
        return Map.of("accountsServer", "http://canary.example", "apiServer", "https://canary@api.example");
    }

    @Override
    protected List<String> secrets() {
        return List.of("1000.CANARY");
    }

    @Override
    protected Vendor vendor() {
        return new ZohoVendor();
    }
}
