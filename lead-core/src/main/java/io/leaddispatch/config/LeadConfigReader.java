package io.leaddispatch.config;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.internal.provider.Providers;
import io.leaddispatch.spi.LeadDestinationProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks configurations. Start from {@link #standard()} and change what differs.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class LeadConfigReader {
    private static final int MOST_BYTES = 1024 * 1024;

    private final Providers providers;
    private final UnaryOperator<@Nullable String> environment;
    private final Clock clock;

    private LeadConfigReader(Providers providers, UnaryOperator<@Nullable String> environment, Clock clock) {
        this.providers = providers;
        this.environment = environment;
        this.clock = clock;
    }

    /** Reads with the providers on the path, the environment of the process and the clock of the system. */
    public static LeadConfigReader standard() {
        return new LeadConfigReader(Providers.find(), System::getenv, Clock.systemUTC());
    }

    /** With the providers that this class loader sees. */
    public LeadConfigReader classLoader(ClassLoader loader) {
        return new LeadConfigReader(Providers.find(loader), environment, clock);
    }

    /** With these providers and no others. */
    public LeadConfigReader providers(Collection<LeadDestinationProvider> only) {
        return new LeadConfigReader(Providers.of(only), environment, clock);
    }

    /** With this environment: the value of a variable, or null. */
    public LeadConfigReader environment(UnaryOperator<@Nullable String> variables) {
        return new LeadConfigReader(providers, Objects.requireNonNull(variables, "variables"), clock);
    }

    /** With this clock, which decides when a secret is read again. */
    public LeadConfigReader clock(Clock newClock) {
        return new LeadConfigReader(providers, environment, Objects.requireNonNull(newClock, "clock"));
    }

    /**
     * Reads a file of at most 1 MiB; relative paths in it start from its directory.
     *
     * @throws LeadConfigurationException with everything that is wrong, by path and never by value
     */
    public LeadConfig read(Path file) {
        Path name = file.getFileName();
        String shown = name == null ? "configuration" : name.toString();
        try (InputStream in = Files.newInputStream(file)) {
            Path directory = file.toAbsolutePath().getParent();
            return read(in, directory == null ? file.toAbsolutePath() : directory, shown);
        } catch (NoSuchFileException e) {
            throw LeadConfigurationException.of(shown, "does not exist");
        } catch (IOException e) {
            throw LeadConfigurationException.of(shown, "cannot be read; is it a file, and are its permissions right?");
        }
    }

    /**
     * Reads a configuration of at most 1 MiB and leaves the stream open.
     *
     * @param base what relative paths in the configuration start from
     * @throws LeadConfigurationException with everything that is wrong, by path and never by value
     */
    public LeadConfig read(InputStream in, Path base) {
        try {
            return read(in, base, "configuration");
        } catch (IOException e) {
            throw LeadConfigurationException.of("configuration", "cannot be read: the stream broke off");
        }
    }

    /**
     * A destination that a program names, checked as one of a file is. References start from the working directory.
     *
     * @param name 1 to 64 letters, digits, dashes, dots or underscores
     * @param type as in a file, e.g. {@code salesforce}
     * @param settings texts, numbers, booleans, lists, maps and {@link io.leaddispatch.Secret}s by key
     * @throws LeadConfigurationException with everything that is wrong, below {@code destinations.NAME}
     */
    public DestinationConfig destination(String name, String type, Map<String, ?> settings) {
        Findings findings = new Findings();
        DestinationConfig read = new DestinationSection(providers, references(Path.of("")), findings)
                .read(name, Map.of("type", type, "settings", settings));
        providers
                .doubles()
                .forEach(sentence -> findings.fault("destinations." + SettingsCheck.shown(name) + ".type", sentence));
        findings.throwIfAny();
        return Objects.requireNonNull(read);
    }

    /** A section that a program gives to another module, checked by that as one of a file is. */
    public ConfigSection section(String path, Map<String, ?> settings) {
        return new ConfigSection(path, settings, references(Path.of("")));
    }

    private LeadConfig read(InputStream in, Path base, String shown) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw LeadConfigurationException.of(shown, "is larger than 1 MiB; is it a configuration?");
        }
        Map<String, @Nullable Object> root = JsonTree.read(bytes, shown);
        Findings findings = new Findings();
        LeadConfig config = MarketplaceDocument.recognises(root)
                ? new MarketplaceDocument(providers, references(base), findings).read(root)
                : new ConfigDocument(providers, references(base), findings).read(root);
        findings.throwIfAny();
        return Objects.requireNonNull(config);
    }

    private References references(Path base) {
        return new References(base, environment, clock);
    }
}
