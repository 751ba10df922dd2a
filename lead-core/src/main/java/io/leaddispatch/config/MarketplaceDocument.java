package io.leaddispatch.config;

import static io.leaddispatch.config.SettingsCheck.path;

import io.leaddispatch.LaneOptions;
import io.leaddispatch.internal.provider.Providers;
import io.leaddispatch.internal.text.Nearest;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The marketplace's own document of where leads go: the resource {@code customer-leads}, alone or among others, or the
 * older flat one with {@code resourceType}. It makes a configuration with one destination, called by its type.
 *
 * @see <a href="https://learn.microsoft.com/partner-center/marketplace-offers/product-ingestion-api">Product Ingestion
 *     API</a>
 */
final class MarketplaceDocument {
    private static final String SCHEMA = "/schema/customer-leads/";
    private static final String SUFFIX = "LeadConfiguration";

    /** What a settings object may hold for the marketplace alone. */
    private static final Set<String> FOR_NOTICES = Set.of("contactemail", "dailydigestemailcontacts");

    private final Providers providers;
    private final References references;
    private final Findings findings;

    MarketplaceDocument(Providers providers, References references, Findings findings) {
        this.providers = providers;
        this.references = references;
        this.findings = findings;
    }

    /** Whether this is such a document, and not one of ours. */
    static boolean recognises(Map<?, ?> root) {
        return Sections.get(root, "destinations") == null
                && (isResource(root) || isFlat(root) || Sections.get(root, "resources") instanceof List);
    }

    private static boolean isResource(@Nullable Object value) {
        return value instanceof Map<?, ?> map
                && (Sections.get(map, "leadDestination") != null
                        || Sections.get(map, "$schema") instanceof String schema && schema.contains(SCHEMA));
    }

    private static boolean isFlat(Map<?, ?> root) {
        return Sections.get(root, "resourceType") instanceof String type
                && type.toLowerCase(Locale.ROOT).endsWith(SUFFIX.toLowerCase(Locale.ROOT));
    }

    /** The configuration, or null if it has faults. */
    @Nullable LeadConfig read(Map<?, ?> root) {
        DestinationConfig destination;
        if (isFlat(root)) {
            destination = flat(root);
        } else if (isResource(root)) {
            destination = resource("", root);
        } else {
            destination = amongResources((List<?>) Sections.list(root, "resources", findings));
        }
        DestinationSection.judge(providers, findings);
        if (destination == null || findings.faults() > 0) {
            return null;
        }
        Settings top = new CheckedSettings(Map.of());
        return new LeadConfig(
                List.of(destination),
                List.of(),
                PolicyConfig.DEFAULT,
                top.get(DispatchSettings.PATIENCE),
                top.get(DispatchSettings.QUEUE),
                top.get(DispatchSettings.ON_FULL),
                top.get(DispatchSettings.CLOSE_WITHIN),
                top.get(DispatchSettings.INSECURE_LOOPBACK),
                null,
                findings.warnings());
    }

    private @Nullable DestinationConfig amongResources(List<?> resources) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < resources.size(); i++) {
            if (isResource(resources.get(i))) {
                found.add(i);
            }
        }
        if (found.size() != 1) {
            findings.fault(
                    "resources",
                    found.isEmpty()
                            ? "holds no customer-leads resource"
                            : "holds " + found.size() + " customer-leads resources; keep one, or write a configuration "
                                    + "with destinations and routes");
            return null;
        }
        int only = found.get(0);
        return resources.get(only) instanceof Map<?, ?> map ? resource("resources[" + only + "]", map) : null;
    }

    private @Nullable DestinationConfig resource(String path, Map<?, ?> resource) {
        String at = path(path, "leadDestination");
        if (!(Sections.get(resource, "leadDestination") instanceof String given) || given.isBlank()) {
            findings.fault(at, "is missing; one of " + String.join(", ", KnownTypes.marketplaceNames()));
            return null;
        }
        String name = given.strip();
        LeadDestinationProvider provider = provider(at, name);
        if (provider == null) {
            return null;
        }
        String key = String.valueOf(provider.marketplaceName()) + SUFFIX;
        warnOfOthers(path, resource, key);
        if (!(Sections.get(resource, key) instanceof Map<?, ?> object)) {
            findings.fault(path(path, key), "is missing; leadDestination asks for this object");
            return null;
        }
        return destination(provider, path(path, key), object);
    }

    private void warnOfOthers(String path, Map<?, ?> resource, String used) {
        for (Object key : resource.keySet()) {
            String name = String.valueOf(key);
            boolean other = name.toLowerCase(Locale.ROOT).endsWith(SUFFIX.toLowerCase(Locale.ROOT))
                    && !name.equalsIgnoreCase(used);
            if (other) {
                findings.warn(path(path, SettingsCheck.shown(name)), "is not used: leadDestination names another");
            }
        }
    }

    private @Nullable DestinationConfig flat(Map<?, ?> root) {
        String type = String.valueOf(Sections.get(root, "resourceType"));
        String name = KnownTypes.ofResourceType(type.strip());
        if (name == null) {
            findings.fault("resourceType", "is not one of the marketplace's lead configurations");
            return null;
        }
        LeadDestinationProvider provider = provider("resourceType", name);
        if (provider == null) {
            return null;
        }
        Map<Object, @Nullable Object> settings = new LinkedHashMap<>(root);
        settings.keySet().removeIf(key -> "resourceType".equalsIgnoreCase(String.valueOf(key)));
        return destination(provider, "", settings);
    }

    private @Nullable LeadDestinationProvider provider(String path, String name) {
        String answer = KnownTypes.answerTo(name);
        if (answer != null) {
            findings.fault(path, answer);
            return null;
        }
        LeadDestinationProvider provider = providers.ofMarketplaceName(name);
        if (provider != null) {
            return provider;
        }
        String type = KnownTypes.ofMarketplaceName(name);
        String missing = type == null ? null : KnownTypes.missing(type);
        if (missing != null) {
            findings.fault(path, missing);
            return null;
        }
        Set<String> known = new TreeSet<>(KnownTypes.marketplaceNames());
        String nearest = Nearest.to(name, known);
        findings.fault(
                path,
                "is not a lead destination of the marketplace"
                        + (nearest != null
                                ? "; did you mean " + nearest + "?"
                                : "; known: " + String.join(", ", known)));
        return null;
    }

    private DestinationConfig destination(LeadDestinationProvider provider, String path, Map<?, ?> given) {
        Map<Object, @Nullable Object> settings = new LinkedHashMap<>(given);
        settings.keySet().removeIf(key -> isForNotices(path, String.valueOf(key)));
        Declared declared = Declared.by(provider.type(), provider.settings()).inForeignDocument();
        Settings checked = SettingsCheck.check(declared, path, settings, references, findings);
        for (Setting<?> setting : provider.settings()) {
            warnOfLeftOver(path, setting, checked);
        }
        return new DestinationConfig(provider.type(), provider, checked, LaneOptions.DEFAULT, path);
    }

    private boolean isForNotices(String path, String key) {
        boolean notices = FOR_NOTICES.contains(key.toLowerCase(Locale.ROOT));
        if (notices) {
            findings.warn(path(path, key), "is not used: it only tells the marketplace whom to notify");
        }
        return notices;
    }

    private void warnOfLeftOver(String path, Setting<?> setting, Settings checked) {
        Setting.When<?> when = setting.condition();
        if (when != null
                && !setting.isRequired()
                && setting.standard() == null
                && checked.find(setting) != null
                && !when.value().equals(checked.find(when.other()))) {
            findings.warn(path(path, setting.key()), "may be left over: it is needed only when " + when);
        }
    }
}
