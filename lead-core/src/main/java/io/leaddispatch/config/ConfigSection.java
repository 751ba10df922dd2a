package io.leaddispatch.config;

import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a configuration that another module declares and checks, such as {@code outbox}.
 *
 * <p>Immutable; safe for use by many threads. It prints its keys, never a value.
 */
public final class ConfigSection {
    private final String path;
    private final Map<String, @Nullable Object> given;
    private final References references;

    ConfigSection(String path, Map<?, ?> given, References references) {
        this.path = path;
        this.references = references;
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        given.forEach((key, value) -> copy.put(String.valueOf(key), value));
        this.given = Collections.unmodifiableMap(copy);
    }

    /** Where the section stands, for messages. */
    public String path() {
        return path;
    }

    /**
     * The section read by these settings; references to the environment and to files are followed.
     *
     * @param declared every key there is
     * @throws io.leaddispatch.LeadConfigurationException with all faults, each with its whole path
     */
    public Settings check(List<Setting<?>> declared) {
        Findings findings = new Findings();
        Settings settings = SettingsCheck.check(Declared.by(path, declared), path, given, references, findings);
        findings.throwIfAny();
        return settings;
    }

    /** The keys, never a value. */
    @Override
    public String toString() {
        List<String> keys = new ArrayList<>();
        given.keySet().forEach(key -> keys.add(SettingsCheck.shown(key)));
        return "ConfigSection[" + path + ": " + String.join(", ", keys) + "]";
    }
}
