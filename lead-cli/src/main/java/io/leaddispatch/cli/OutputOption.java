package io.leaddispatch.cli;

import picocli.CommandLine.Option;

/** The option that says for whom a command writes, for commands that look into an outbox. */
final class OutputOption {
    @Option(
            names = "--output",
            defaultValue = "table",
            paramLabel = "FORM",
            description = "table (the default), or json: an object per line.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Output output;

    boolean isJson() {
        return output == Output.JSON;
    }
}
