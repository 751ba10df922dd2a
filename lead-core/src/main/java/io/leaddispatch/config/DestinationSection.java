package io.leaddispatch.config;

import static io.leaddispatch.config.SettingsCheck.path;

import io.leaddispatch.LaneOptions;
import io.leaddispatch.internal.provider.Providers;
import io.leaddispatch.internal.text.Nearest;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code destinations}. */
final class DestinationSection {
    static final Setting<String> TYPE = Setting.text("type")
            .required()
            .doc("What kind of destination it is; each module has one, custom modules have their own.");
    static final List<Setting<?>> ALL = List.of(TYPE);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Providers providers;
    private final References references;
    private final Findings findings;

    DestinationSection(Providers providers, References references, Findings findings) {
        this.providers = providers;
        this.references = references;
        this.findings = findings;
    }

    /** The destination, or null if it has faults. */
    @Nullable DestinationConfig read(String name, @Nullable Object given) {
        int before = findings.faults();
        String path = path("destinations", SettingsCheck.shown(name));
        if (!NAME.matcher(name).matches()) {
            findings.fault(path, "is no name for a destination: 1 to 64 letters, digits, dots, dashes or underscores");
        }
        if (!(given instanceof Map<?, ?> entry)) {
            findings.fault(path, "is not an object with type, settings and lane");
            return null;
        }
        Declared declared = Declared.by("a destination", ALL).beside("settings", "lane");
        Settings top = SettingsCheck.check(declared, path, entry, references, findings);
        LaneOptions lane = lane(path(path, "lane"), Sections.object(entry, "lane", path, findings));
        Map<?, ?> raw = Sections.object(entry, "settings", path, findings);
        String type = top.find(TYPE);
        LeadDestinationProvider provider = type == null ? null : provider(path(path, "type"), type);
        if (provider == null) {
            return null;
        }
        String settingsPath = path(path, "settings");
        Declared own = Declared.by(provider.type(), provider.settings());
        Settings settings = SettingsCheck.check(own, settingsPath, raw, references, findings);
        return findings.faults() > before ? null : new DestinationConfig(name, provider, settings, lane, settingsPath);
    }

    private LaneOptions lane(String path, Map<?, ?> given) {
        int before = findings.faults();
        Settings settings =
                SettingsCheck.check(Declared.by("a lane", LaneSettings.ALL), path, given, references, findings);
        if (findings.faults() > before) {
            return LaneOptions.DEFAULT;
        }
        if (settings.get(LaneSettings.FIRST_DELAY).compareTo(settings.get(LaneSettings.MAX_DELAY)) > 0) {
            findings.fault(path(path, "firstDelay"), "is longer than maxDelay");
            return LaneOptions.DEFAULT;
        }
        return LaneSettings.options(settings);
    }

    private @Nullable LeadDestinationProvider provider(String path, String type) {
        LeadDestinationProvider provider = providers.ofType(type);
        if (provider == null) {
            noProvider(path, type);
        }
        return provider;
    }

    private void noProvider(String path, String type) {
        String missing = KnownTypes.missing(type);
        if (missing != null) {
            findings.fault(path, missing + brokenHint());
            return;
        }
        Set<String> known = new TreeSet<>(providers.types());
        known.addAll(KnownTypes.types());
        String nearest = Nearest.to(type, known);
        String hint = nearest != null ? "; did you mean " + nearest + "?" : "; known: " + String.join(", ", known);
        findings.fault(path, "is not a type of destination" + hint + brokenHint());
    }

    private String brokenHint() {
        List<String> broken = providers.broken();
        return broken.isEmpty() ? "" : " (it may be one that is there and broken: " + String.join("; ", broken) + ")";
    }

    /** Says which modules on the path are broken, and refuses two modules with one name. */
    static void judge(Providers providers, Findings findings) {
        providers.doubles().forEach(sentence -> findings.fault("destinations", sentence));
        providers.broken().forEach(sentence -> findings.warn("destinations", sentence));
    }
}
