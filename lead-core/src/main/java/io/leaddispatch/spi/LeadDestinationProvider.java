package io.leaddispatch.spi;

import io.leaddispatch.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes destinations of one type from settings. Found by {@link java.util.ServiceLoader}: register it in
 * {@code META-INF/services} and with {@code provides} in {@code module-info.java}.
 *
 * <p>Stateless; touches no network; safe for use by many threads.
 */
public interface LeadDestinationProvider {

    /** The type as in configuration files: {@code [a-z0-9-]+}. */
    String type();

    /** Every key there is, in the order of the documentation. */
    List<Setting<?>> settings();

    /**
     * A destination with these settings. Touches no network: what needs it is fetched by the first delivery.
     *
     * @throws io.leaddispatch.LeadConfigurationException with all faults that need more than one setting to see, by key
     */
    LeadDestination open(Settings settings, DestinationContext context);

    /**
     * The {@code leadDestination} value of the marketplace's document, e.g. {@code httpsEndpoint}, if it has one.
     *
     * @implSpec Returns null.
     */
    default @Nullable String marketplaceName() {
        return null;
    }

    /**
     * The catalogue: every problem this type of destination can answer, each with its code.
     *
     * @implSpec Returns an empty list.
     */
    default List<ProblemType> problems() {
        return List.of();
    }
}
