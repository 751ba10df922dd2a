package io.leaddispatch.config;

import io.leaddispatch.internal.text.Nearest;
import io.leaddispatch.spi.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys that one object of a configuration may have. Immutable. */
final class Declared {
    private static final int MOST_TO_LIST = 12;

    private final String owner;
    private final List<Setting<?>> settings;
    private final List<String> sections;
    private final boolean lenient;
    private final Map<String, Setting<?>> bySpelling = new HashMap<>();

    private Declared(String owner, List<Setting<?>> settings, List<String> sections, boolean lenient) {
        this.owner = owner;
        this.settings = List.copyOf(settings);
        this.sections = List.copyOf(sections);
        this.lenient = lenient;
        for (Setting<?> setting : settings) {
            bySpelling.putIfAbsent(spelling(setting.key()), setting);
            setting.aliases().forEach(alias -> bySpelling.putIfAbsent(spelling(alias), setting));
        }
    }

    /** @param owner whose settings these are, in words */
    static Declared by(String owner, List<Setting<?>> settings) {
        return new Declared(owner, settings, List.of(), false);
    }

    /** These and keys that are read elsewhere. */
    Declared beside(String... otherKeys) {
        return new Declared(owner, settings, List.of(otherKeys), lenient);
    }

    /** These in a document of somebody else's, in which what is superfluous is warned of and no fault. */
    Declared inForeignDocument() {
        return new Declared(owner, settings, sections, true);
    }

    String owner() {
        return owner;
    }

    List<Setting<?>> settings() {
        return settings;
    }

    boolean lenient() {
        return lenient;
    }

    /** The setting with that key, ignoring case, or with that further spelling; or null. */
    @Nullable Setting<?> spelled(String key) {
        return bySpelling.get(spelling(key));
    }

    /** What to say about a key that is no setting, or null if it is read elsewhere. */
    @Nullable String hintFor(String key) {
        if (sections.stream().anyMatch(key::equalsIgnoreCase)) {
            return null;
        }
        List<String> known = new ArrayList<>();
        settings.forEach(setting -> known.add(setting.key()));
        known.addAll(sections);
        String nearest = Nearest.to(key, known);
        if (nearest != null) {
            return "; did you mean " + nearest + "?";
        }
        String spelling = Nearest.to(key, bySpelling.keySet());
        Setting<?> setting = spelling == null ? null : bySpelling.get(spelling);
        if (setting != null) {
            return "; did you mean " + setting.key() + "?";
        }
        return known.isEmpty() || known.size() > MOST_TO_LIST ? "" : "; known: " + String.join(", ", known);
    }

    private static String spelling(String key) {
        return key.toLowerCase(Locale.ROOT);
    }
}
