package io.leaddispatch.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Lead;
import io.leaddispatch.dynamics.simulator.DynamicsServers;
import io.leaddispatch.dynamics.simulator.Environment;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A directory for all tests of this JVM, and an environment for each test, whose protocol every test keeps. */
abstract class Servers {
    private static final DynamicsServers FIRST = first();

    DynamicsServers servers;

    private static DynamicsServers first() {
        try {
            var folder = Files.createTempDirectory("dynamics");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder.toFile())));
            return DynamicsServers.start(folder);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(java.io.File file) {
        java.io.File[] inside = file.listFiles();
        if (inside != null) {
            List.of(inside).forEach(Servers::delete);
        }
        file.delete();
    }

    @BeforeEach
    void anotherEnvironment() {
        servers = FIRST.another();
        servers.entra().reset();
    }

    @AfterEach
    void theProtocolWasKept() {
        servers.close();
        assertThat(servers.dataverse().protocolFaults()).isEmpty();
    }

    Environment environment() {
        return servers.dataverse().environment();
    }

    Map<String, Object> stored(Lead lead) {
        UUID id = LeadGuid.of(lead.id());
        return environment().leads.get(id);
    }

    Map<String, Object> settings(Object... more) {
        Map<String, Object> settings = servers.settings();
        for (int i = 0; i < more.length; i += 2) {
            settings.put((String) more[i], more[i + 1]);
        }
        if ("office365".equals(settings.get("authentication"))) {
            settings.remove("applicationKey");
        }
        return settings;
    }

    DynamicsDestination open(Object... more) {
        return Opened.with(settings(more));
    }

    static DeliveryResult one(DynamicsDestination destination, Lead lead) throws InterruptedException {
        return deliver(destination, false, List.of(lead)).get(0);
    }

    static List<DeliveryResult> deliver(DynamicsDestination destination, boolean suspect, List<Lead> leads)
            throws InterruptedException {
        List<DeliveryResult> results =
                destination.deliver(new LeadBatch(leads, Instant.now().plusSeconds(50), suspect));
        assertThat(results).hasSameSizeAs(leads);
        return results;
    }

    static String code(DeliveryResult result) {
        return String.valueOf(
                Results.problem(result) == null ? null : Results.problem(result).code());
    }
}
