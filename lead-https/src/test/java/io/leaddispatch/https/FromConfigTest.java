package io.leaddispatch.https;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.testkit.ScriptedServer;
import io.leaddispatch.testkit.TlsIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dispatcher made of a file, as most hosts make one. */
class FromConfigTest {
    @TempDir
    private Path folder;

    @Test
    void pathsStartFromTheFolderOfTheFile() throws Exception {
        TlsIdentity identity = TlsIdentity.forLocalhost(folder);
        try (ScriptedServer server = ScriptedServer.start(identity)) {
            Path file = Files.writeString(
                    folder.resolve("lead.json"), """
                    {"destinations": {"hook": {"type": "https", "settings": {
                       "httpsEndpointUrl": "%s/hook", "caFile": "%s"}}}}
                    """.formatted(server.uri(), folder.relativize(identity.pem())));
            try (LeadDispatcher dispatcher = LeadDispatcher.fromConfig(file)) {
                assertThat(dispatcher.send(Lead.builder().phone("1").build()).at("hook"))
                        .isEqualTo(new Outcome.Delivered(Confirmation.ACCEPTED, null, List.of(), 1));
            }
        }
    }
}
