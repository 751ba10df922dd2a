package io.leaddispatch.dynamics;

import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.testkit.ScriptedServer;
import io.leaddispatch.testkit.TlsIdentity;
import io.leaddispatch.testkit.Vendor;
import io.leaddispatch.testkit.contract.LeadDestinationContract;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The sign-in and the environment are one server here, with TLS: MSAL signs in nowhere else. */
class DynamicsContractTest extends LeadDestinationContract {
    @TempDir
    static Path folder;

    private static TlsIdentity identity;

    @BeforeAll
    static void certificate() throws Exception {
        identity = TlsIdentity.forLocalhost(folder);
    }

    @Override
    protected ScriptedServer startServer() {
        return ScriptedServer.start(identity);
    }

    @Override
    protected LeadDestinationProvider provider() {
        return new DynamicsDestinationProvider();
    }

    @Override
    protected Map<String, ?> settings(URI server) {
        return Map.of(
                "instanceUrl",
                server.toString(),
                "directoryId",
                "12345678-8af1-4aaf-8234-12234d01db47",
                "applicationId",
                "23456052-aaaa-4bbb-8662-1234df56788f",
                "applicationKey",
                "CANARY-key",
                "authorityHost",
                server.getHost() + ":" + server.getPort(),
                "caFile",
                identity.pem().toString());
    }

    @Override
    protected Map<String, ?> wrongSettings() {
        return Map.of(
                "directoryId", "canary tenant",
                "applicationId", "canary-application",
                "authorityHost", "https://canary.example",
                "columnLengths", Map.of("subject", "canary-length"));
    }

    @Override
    protected List<String> secrets() {
        return List.of("CANARY-token");
    }

    @Override
    protected Path documentation() {
        return Path.of("..", "docs", "dynamics.md");
    }

    @Override
    protected Vendor vendor() {
        return new DataverseVendor();
    }
}
