package io.leaddispatch.internal.provider;

import io.leaddispatch.spi.LeadDestinationProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The providers of destinations, by type. They are looked for at the first question; a broken one is reported and hides
 * no other. Safe for use by many threads.
 */
public final class Providers {
    private final Supplier<Discovery> search;
    private @Nullable Found found;

    private Providers(Supplier<Discovery> search) {
        this.search = search;
    }

    /** Those seen by the thread's class loader, by the one that loaded this library, and by its module layer. */
    public static Providers find() {
        return new Providers(Discovery::standard);
    }

    /** Those seen by that class loader alone. */
    public static Providers find(ClassLoader loader) {
        Objects.requireNonNull(loader, "loader");
        return new Providers(() -> Discovery.in(loader));
    }

    /** These and no others. */
    public static Providers of(Collection<LeadDestinationProvider> given) {
        List<LeadDestinationProvider> copy = List.copyOf(given);
        return new Providers(() -> Discovery.of(copy));
    }

    /** The provider of that type, ignoring case, or null. Of several with one type it is the first. */
    public @Nullable LeadDestinationProvider ofType(String type) {
        return found().byType.get(type.toLowerCase(Locale.ROOT));
    }

    /** The provider whose {@link LeadDestinationProvider#marketplaceName()} is that, ignoring case, or null. */
    public @Nullable LeadDestinationProvider ofMarketplaceName(String name) {
        return found().byMarketplaceName.get(name.toLowerCase(Locale.ROOT));
    }

    /** All types, sorted. */
    public Set<String> types() {
        return found().byType.keySet();
    }

    /** What is wrong with providers that could not be used, one sentence each; mostly empty. */
    public List<String> broken() {
        return found().broken;
    }

    /** Which providers claim the same name, one sentence for each claim too many; mostly empty. */
    public List<String> doubles() {
        return found().doubles;
    }

    private synchronized Found found() {
        Found known = found;
        if (known == null) {
            known = new Found(search.get());
            found = known;
        }
        return known;
    }

    private static final class Found {
        final Map<String, LeadDestinationProvider> byType = new TreeMap<>();
        final Map<String, LeadDestinationProvider> byMarketplaceName = new TreeMap<>();
        final List<String> broken;
        final List<String> doubles;

        Found(Discovery discovery) {
            List<String> twice = new ArrayList<>();
            for (Discovery.Candidate each : discovery.candidates()) {
                register(byType, each.type(), "type", each.provider(), twice);
                String name = each.marketplaceName();
                if (name != null) {
                    register(byMarketplaceName, name, "marketplace name", each.provider(), twice);
                }
            }
            broken = List.copyOf(discovery.broken());
            doubles = Collections.unmodifiableList(twice);
        }

        private static void register(
                Map<String, LeadDestinationProvider> providers,
                String name,
                String what,
                LeadDestinationProvider provider,
                List<String> twice) {
            LeadDestinationProvider earlier = providers.putIfAbsent(name.toLowerCase(Locale.ROOT), provider);
            if (earlier != null) {
                twice.add("two providers have the " + what + " " + name + ": " + Origin.of(earlier) + " and "
                        + Origin.of(provider) + "; keep one of them on the path");
            }
        }
    }
}
