package io.leaddispatch.cli;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.config.ConfigSection;
import io.leaddispatch.config.LeadConfig;
import io.leaddispatch.outbox.LeadOutbox;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the configuration, for commands that look into its outbox. */
final class OutboxOption {
    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "A configuration with an outbox.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    /** The outbox of that configuration; no destination is opened. */
    LeadOutbox open() throws NoSuchFileException {
        return LeadOutbox.open(section(read()));
    }

    /** The configuration itself. */
    LeadConfig read() throws NoSuchFileException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return LeadConfig.read(file);
    }

    /** @throws LeadConfigurationException if there is none */
    static ConfigSection section(LeadConfig config) {
        ConfigSection section = config.outbox();
        if (section == null) {
            throw LeadConfigurationException.of(
                    "outbox", "is missing; example: \"outbox\": {\"url\": \"jdbc:sqlite:leads.db\"}");
        }
        return section;
    }
}
