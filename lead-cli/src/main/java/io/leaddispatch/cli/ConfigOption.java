package io.leaddispatch.cli;

import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.config.LeadConfig;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the configuration, for commands that need one. */
final class ConfigOption {
    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "Destinations, routes and rules; or the marketplace's own customer-leads document.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    /** A dispatcher with that configuration; oddities that do no harm are told first. */
    LeadDispatcher open(PrintWriter err) throws NoSuchFileException {
        return LeadDispatcher.builder().config(read(err)).build();
    }

    /** That configuration; oddities that do no harm are told first. */
    LeadConfig read(PrintWriter err) throws NoSuchFileException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        LeadConfig config = LeadConfig.read(file);
        config.warnings().forEach(warning -> err.println("note: " + warning));
        return config;
    }

    /** A file beside the configuration, named after it. */
    Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
