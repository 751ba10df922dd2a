package io.leaddispatch.config;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.ProblemType;
import io.leaddispatch.Route;
import io.leaddispatch.internal.provider.QueueProviders;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadQueueProvider;
import io.leaddispatch.spi.Setting;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that was read and checked: which destinations there are, and which leads go where.
 *
 * <p>Nothing is opened yet. Immutable; safe for use by many threads. It prints no value of a setting.
 *
 * @param destinations at least one, with distinct names, in the order of the file
 * @param routes the first that matches a lead decides; empty if every destination gets every lead
 * @param policy which leads are kept back on purpose
 * @param patience how long a caller of send waits at most
 * @param queue how many leads may wait in memory, per destination
 * @param onFull what happens to a lead when the queue is full
 * @param closeWithin how long closing waits at most
 * @param insecureLoopback whether plain http is allowed, to addresses of this machine only
 * @param outbox the section of lead-outbox, which checks it; null if there is none
 * @param warnings what is odd and does no harm, one line each with its path; maybe empty
 */
public record LeadConfig(
        List<DestinationConfig> destinations,
        List<Route> routes,
        PolicyConfig policy,
        Duration patience,
        int queue,
        OnFull onFull,
        Duration closeWithin,
        boolean insecureLoopback,
        @Nullable ConfigSection outbox,
        List<String> warnings) {

    /** What {@code send} does when a queue is full. */
    public enum OnFull {
        /** It waits for room, within its patience. */
        WAIT,
        /** It reports the lead as undelivered at once. */
        REFUSE
    }

    /** Copies the lists and checks that nothing is missing. */
    public LeadConfig {
        destinations = List.copyOf(destinations);
        routes = List.copyOf(routes);
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(patience, "patience");
        Objects.requireNonNull(onFull, "onFull");
        Objects.requireNonNull(closeWithin, "closeWithin");
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a configuration file: our own form, or the marketplace's customer-leads document.
     *
     * @throws LeadConfigurationException with everything that is wrong, by path and never by value
     */
    public static LeadConfig read(Path file) {
        return LeadConfigReader.standard().read(file);
    }

    /**
     * As {@link #read(Path)}, from a stream, which is left open.
     *
     * @param base what relative paths in the configuration start from
     * @throws LeadConfigurationException with everything that is wrong, by path and never by value
     */
    public static LeadConfig read(InputStream in, Path base) {
        return LeadConfigReader.standard().read(in, base);
    }

    /**
     * Opens all destinations or none; see {@link DestinationConfig#openAll}.
     *
     * @param context what to lend to the destination of that name
     * @throws LeadConfigurationException with the faults of all
     */
    public Map<String, LeadDestination> open(Function<String, DestinationContext> context) {
        return DestinationConfig.openAll(destinations, context);
    }

    /** What may be logged about a configuration that is in use, for the catalogue. */
    public static List<ProblemType> problems() {
        return ConfigProblems.ALL;
    }

    /** Every key there is outside the destinations' own settings, by the path of its object; "" is the top. */
    public static Map<String, List<Setting<?>>> declared() {
        Map<String, List<Setting<?>>> all = new LinkedHashMap<>();
        all.put("", DispatchSettings.ALL);
        all.put("destinations.NAME", DestinationSection.ALL);
        all.put("destinations.NAME.lane", LaneSettings.ALL);
        all.put("routes[]", RouteSection.ALL);
        all.put("policy", PolicyConfig.ALL);
        LeadQueueProvider durable = QueueProviders.find();
        if (durable != null) {
            all.put("outbox", durable.settings());
        }
        return all;
    }
}
