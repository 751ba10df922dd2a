package io.leaddispatch.cli;

import io.leaddispatch.testkit.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A receiver on loopback and the configuration that leads to it. */
record Receiver(ScriptedServer server, Path config) implements AutoCloseable {
    static Receiver in(Path folder) throws IOException {
        return with(folder, "");
    }

    /** @param more further members of the configuration, each with a comma in front */
    static Receiver with(Path folder, String more) throws IOException {
        ScriptedServer server = ScriptedServer.start();
        String text = """
                {"insecureLoopback": true, "patience": "50s",
                 "destinations": {"hook": {"type": "https", "settings": {"httpsEndpointUrl": "%s/leads?sig=key-in-url"}}}%s}
                """.formatted(server.uri(), more);
        return new Receiver(server, Files.writeString(folder.resolve("lead.json"), text));
    }

    @Override
    public void close() {
        server.close();
    }
}
