package io.leaddispatch.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.testkit.NodeTool;
import io.leaddispatch.testkit.marketo.MarketoSimulator;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** node-marketo-rest in a process of its own, which is told to send and says when it has. */
final class MarketoNode implements AutoCloseable {
    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;
    private final String expected;

    MarketoNode(NodeTool node, Path scripts, URI base, int leads) {
        process = node.node(List.of(
                scripts.resolve("rounds.js").toAbsolutePath().toString(),
                base.toString(),
                MarketoSimulator.CLIENT_ID,
                MarketoSimulator.CLIENT_SECRET,
                Integer.toString(leads),
                Integer.toString(MarketoMatch.BATCH),
                Integer.toString(MarketoMatch.AT_ONCE)));
        in = process.outputWriter(UTF_8);
        out = process.inputReader(UTF_8);
        expected = "sent " + leads;
    }

    void send() throws IOException {
        in.write("go\n");
        in.flush();
        String answer = out.readLine();
        if (!expected.equals(answer)) {
            throw new IllegalStateException("node-marketo-rest: " + answer);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
