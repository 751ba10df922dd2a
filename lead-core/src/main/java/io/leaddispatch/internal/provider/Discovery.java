package io.leaddispatch.internal.provider;

import io.leaddispatch.spi.LeadDestinationProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One search for providers: what was found, and what could not be used. */
final class Discovery {
    private static final Pattern TYPE = Pattern.compile("[a-z0-9-]+");
    private static final int MOST_FAULTS = 100;

    private final List<Candidate> candidates = new ArrayList<>();
    private final Set<String> broken = new LinkedHashSet<>();
    private final Set<Class<?>> seen = new HashSet<>();

    private Discovery() {}

    /**
     * A provider that answered what it is called.
     *
     * @param provider the provider
     * @param type its type
     * @param marketplaceName its name in the marketplace's document, or null
     */
    record Candidate(
            LeadDestinationProvider provider,
            String type,
            @Nullable String marketplaceName) {}

    static Discovery standard() {
        Discovery discovery = new Discovery();
        ClassLoader own = Discovery.class.getClassLoader();
        ClassLoader threads = Thread.currentThread().getContextClassLoader();
        if (threads != null && threads != own && knowsUs(threads)) {
            discovery.search(ServiceLoader.load(LeadDestinationProvider.class, threads));
        }
        discovery.search(ServiceLoader.load(LeadDestinationProvider.class, own));
        ModuleLayer layer = Discovery.class.getModule().getLayer();
        if (layer != null && layer != ModuleLayer.boot()) {
            discovery.search(ServiceLoader.load(layer, LeadDestinationProvider.class));
        }
        return discovery;
    }

    static Discovery in(ClassLoader loader) {
        Discovery discovery = new Discovery();
        discovery.search(ServiceLoader.load(LeadDestinationProvider.class, loader));
        return discovery;
    }

    static Discovery of(Collection<LeadDestinationProvider> given) {
        Discovery discovery = new Discovery();
        given.forEach(discovery::ask);
        return discovery;
    }

    List<Candidate> candidates() {
        return candidates;
    }

    Set<String> broken() {
        return broken;
    }

    /** A loader that sees another copy of this library, or none, has no providers for us. */
    private static boolean knowsUs(ClassLoader loader) {
        try {
            return Class.forName(LeadDestinationProvider.class.getName(), false, loader)
                    == LeadDestinationProvider.class;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private void search(ServiceLoader<LeadDestinationProvider> services) {
        Iterator<ServiceLoader.Provider<LeadDestinationProvider>> all =
                services.stream().iterator();
        for (int faults = 0; faults < MOST_FAULTS; ) {
            try {
                if (!all.hasNext()) {
                    return;
                }
                ServiceLoader.Provider<LeadDestinationProvider> next = all.next();
                if (seen.add(next.type())) {
                    ask(next.get());
                }
            } catch (ServiceConfigurationError | LinkageError e) { // a module built for another Java, or half of one
                broken.add("a provider cannot be loaded: " + why(e));
                faults++;
            }
        }
    }

    private void ask(LeadDestinationProvider provider) {
        try {
            String type = provider.type();
            if (type == null || !TYPE.matcher(type).matches()) {
                broken.add(Origin.of(provider) + " has a type that is not of the form [a-z0-9-]+");
                return;
            }
            candidates.add(new Candidate(provider, type, provider.marketplaceName()));
        } catch (RuntimeException | LinkageError e) { // someone else's code, and it must not hide the other providers
            broken.add(Origin.of(provider) + " cannot say what it is: "
                    + e.getClass().getName());
        }
    }

    private static String why(Throwable e) {
        Throwable cause = e.getCause();
        String prefix = LeadDestinationProvider.class.getName() + ": ";
        String message = String.valueOf(e.getMessage()).replace(prefix, "");
        String kind =
                cause == null ? e.getClass().getSimpleName() : cause.getClass().getName();
        return message + " (" + kind + ")";
    }
}
