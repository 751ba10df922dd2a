package io.leaddispatch.config;

import io.leaddispatch.Route;
import io.leaddispatch.internal.provider.Providers;
import io.leaddispatch.spi.Settings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a configuration in our own form. */
final class ConfigDocument {
    private static final Declared TOP = Declared.by("a configuration", DispatchSettings.ALL)
            .beside("destinations", "routes", "policy", "outbox", "$schema");

    private final Providers providers;
    private final References references;
    private final Findings findings;

    ConfigDocument(Providers providers, References references, Findings findings) {
        this.providers = providers;
        this.references = references;
        this.findings = findings;
    }

    /** The configuration, or null if it has faults. */
    @Nullable LeadConfig read(Map<?, ?> root) {
        if (looksLikeLead(root)) {
            findings.fault("configuration", "seems to be a lead, not a configuration");
            return null;
        }
        Settings top = SettingsCheck.check(TOP, "", root, references, findings);
        List<DestinationConfig> destinations = destinations(root);
        Set<String> names = new LinkedHashSet<>();
        Sections.object(root, "destinations", "", findings).keySet().forEach(name -> names.add(String.valueOf(name)));
        List<Route> routes =
                new RouteSection(names, references, findings).read(Sections.list(root, "routes", findings));
        Settings policy = SettingsCheck.check(
                Declared.by("the policy", PolicyConfig.ALL),
                "policy",
                Sections.object(root, "policy", "", findings),
                references,
                findings);
        ConfigSection outbox = outbox(root);
        return findings.faults() > 0 ? null : config(destinations, routes, PolicyConfig.from(policy), top, outbox);
    }

    private static boolean looksLikeLead(Map<?, ?> root) {
        return Sections.get(root, "destinations") == null
                && (Sections.get(root, "userDetails") != null || Sections.get(root, "customerInfo") != null);
    }

    private List<DestinationConfig> destinations(Map<?, ?> root) {
        DestinationSection section = new DestinationSection(providers, references, findings);
        Map<?, ?> given = Sections.object(root, "destinations", "", findings);
        if (given.isEmpty() && !(Sections.get(root, "destinations") instanceof List)) {
            findings.fault(
                    "destinations",
                    "names no destination; example: {\"destinations\": {\"hook\": {\"type\": \"https\", \"settings\": {}}}}");
        }
        List<DestinationConfig> destinations = new ArrayList<>();
        given.forEach((name, entry) -> {
            DestinationConfig destination = section.read(String.valueOf(name), entry);
            if (destination != null) {
                destinations.add(destination);
            }
        });
        DestinationSection.judge(providers, findings);
        return destinations;
    }

    private @Nullable ConfigSection outbox(Map<?, ?> root) {
        return Sections.get(root, "outbox") == null
                ? null
                : new ConfigSection("outbox", Sections.object(root, "outbox", "", findings), references);
    }

    private LeadConfig config(
            List<DestinationConfig> destinations,
            List<Route> routes,
            PolicyConfig policy,
            Settings top,
            @Nullable ConfigSection outbox) {
        return new LeadConfig(
                destinations,
                routes,
                policy,
                top.get(DispatchSettings.PATIENCE),
                top.get(DispatchSettings.QUEUE),
                top.get(DispatchSettings.ON_FULL),
                top.get(DispatchSettings.CLOSE_WITHIN),
                top.get(DispatchSettings.INSECURE_LOOPBACK),
                outbox,
                findings.warnings());
    }
}
