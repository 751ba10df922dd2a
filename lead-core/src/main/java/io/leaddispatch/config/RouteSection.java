package io.leaddispatch.config;

import io.leaddispatch.Route;
import io.leaddispatch.internal.text.Nearest;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code routes}. */
final class RouteSection {
    static final Setting<String> OFFER = Setting.text("offer")
            .doc(
                    "The offer's id, or its title where a lead carries no id; * stands for any characters: contoso.* is all of contoso's.");
    static final Setting<String> PUBLISHER = Setting.text("publisher")
            .doc("The part of the offer's id before the first dot; * stands for any characters.");
    static final Setting<String> SOURCE =
            Setting.text("source").doc("Code of the source, such as AzureMarketplace; * stands for any characters.");
    static final Setting<String> ACTION =
            Setting.text("action").doc("Code of the action, such as INS; * stands for any characters.");
    static final Setting<List<String>> TO =
            Setting.list("to").required().doc("Names of the destinations that the leads of this route go to.");
    static final List<Setting<?>> ALL = List.of(OFFER, PUBLISHER, SOURCE, ACTION, TO);

    private final Set<String> destinations;
    private final References references;
    private final Findings findings;

    /** @param destinations the names there are */
    RouteSection(Set<String> destinations, References references, Findings findings) {
        this.destinations = destinations;
        this.references = references;
        this.findings = findings;
    }

    List<Route> read(List<?> given) {
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            Route route = route("routes[" + i + "]", given.get(i));
            if (route != null) {
                routes.add(route);
            }
        }
        if (routes.size() == given.size()) {
            warn(routes);
        }
        return routes;
    }

    private @Nullable Route route(String path, @Nullable Object given) {
        if (!(given instanceof Map<?, ?> entry)) {
            findings.fault(path, "is not an object with offer, publisher, source, action and to");
            return null;
        }
        int before = findings.faults();
        Settings settings = SettingsCheck.check(Declared.by("a route", ALL), path, entry, references, findings);
        List<String> to = settings.find(TO);
        if (to == null) {
            return null;
        }
        for (int i = 0; i < to.size(); i++) {
            known(path + ".to[" + i + "]", to.get(i));
        }
        if (to.isEmpty()) {
            findings.fault(path + ".to", "names no destination");
        }
        return findings.faults() > before
                ? null
                : new Route(
                        settings.find(OFFER),
                        settings.find(PUBLISHER),
                        settings.find(SOURCE),
                        settings.find(ACTION),
                        List.copyOf(new LinkedHashSet<>(to)));
    }

    private void known(String path, String name) {
        if (destinations.contains(name)) {
            return;
        }
        String nearest = Nearest.to(name, destinations);
        findings.fault(
                path,
                "is not the name of a destination"
                        + (nearest != null
                                ? "; did you mean " + nearest + "?"
                                : "; known: " + String.join(", ", destinations)));
    }

    private void warn(List<Route> routes) {
        for (int i = 0; i + 1 < routes.size(); i++) {
            if (routes.get(i).takesAll()) {
                findings.warn("routes[" + (i + 1) + "]", "is never reached: routes[" + i + "] takes every lead");
                break;
            }
        }
        Set<String> idle = new LinkedHashSet<>(destinations);
        routes.forEach(route -> route.to().forEach(idle::remove));
        if (!routes.isEmpty()) {
            idle.forEach(name -> findings.warn("destinations." + name, "gets no leads: no route names it"));
        }
    }
}
