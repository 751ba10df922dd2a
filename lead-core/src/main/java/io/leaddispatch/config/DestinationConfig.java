package io.leaddispatch.config;

import io.leaddispatch.LaneOptions;
import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * One destination whose settings are checked, and which is not opened yet. It comes from a file or from {@link
 * LeadConfigReader#destination}. Immutable; safe for use by many threads. It prints no value.
 */
public final class DestinationConfig {
    private final String name;
    private final LeadDestinationProvider provider;
    private final Settings settings;
    private final LaneOptions lane;
    private final String path;

    DestinationConfig(String name, LeadDestinationProvider provider, Settings settings, LaneOptions lane, String path) {
        this.name = name;
        this.provider = provider;
        this.settings = settings;
        this.lane = lane;
        this.path = path;
    }

    /** The name, e.g. {@code crm}: 1 to 64 letters, digits, dashes, dots or underscores. */
    public String name() {
        return name;
    }

    /** What makes it. */
    public LeadDestinationProvider provider() {
        return provider;
    }

    /** Its settings, already checked one by one. */
    public Settings settings() {
        return settings;
    }

    /** How it is supplied. */
    public LaneOptions lane() {
        return lane;
    }

    /** This destination, supplied like that. */
    public DestinationConfig withLane(LaneOptions newLane) {
        return new DestinationConfig(name, provider, settings, Objects.requireNonNull(newLane, "lane"), path);
    }

    /**
     * Opens this destination. Touches no network.
     *
     * @throws LeadConfigurationException with all faults that need more than one setting to see, by whole path
     */
    public LeadDestination open(DestinationContext context) {
        try {
            return Objects.requireNonNull(provider.open(settings, context), "the provider gave no destination");
        } catch (LeadConfigurationException e) {
            throw new LeadConfigurationException(
                    e.faults().stream().map(fault -> fault.under(path)).toList());
        } catch (RuntimeException e) { // a fault in somebody else's provider; its message may hold a value
            throw LeadConfigurationException.of(path, "cannot be used: its provider failed with " + where(e));
        }
    }

    /**
     * Opens all or none.
     *
     * @param destinations with distinct names
     * @param context what to lend to the destination of that name
     * @return the opened ones by name, in the order given
     * @throws LeadConfigurationException with the faults of all; what was opened is closed again then
     */
    public static Map<String, LeadDestination> openAll(
            Collection<DestinationConfig> destinations, Function<String, DestinationContext> context) {
        Map<String, LeadDestination> opened = new LinkedHashMap<>();
        List<Fault> faults = new ArrayList<>();
        for (DestinationConfig each : destinations) {
            try {
                opened.put(each.name, each.open(context.apply(each.name)));
            } catch (LeadConfigurationException e) {
                faults.addAll(e.faults());
            }
        }
        if (!faults.isEmpty()) {
            opened.values().forEach(DestinationConfig::close);
            throw new LeadConfigurationException(faults);
        }
        return opened;
    }

    private static void close(LeadDestination destination) {
        try {
            destination.close();
        } catch (RuntimeException e) { // the faults of the configuration matter more, and the others must close too
            return;
        }
    }

    private static String where(RuntimeException e) {
        StackTraceElement[] trace = e.getStackTrace();
        return e.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    /** The name, the type and the keys of the settings, never a value. */
    @Override
    public String toString() {
        return "DestinationConfig[" + name + ", " + provider.getClass().getSimpleName() + ", " + settings + "]";
    }
}
