package io.leaddispatch.spi;

import io.leaddispatch.ProblemType;
import java.time.Clock;
import java.util.List;

/**
 * Makes the durable queue that the section {@code outbox} of a configuration describes. Found by {@link
 * java.util.ServiceLoader}: register it in {@code META-INF/services} and with {@code provides} in {@code
 * module-info.java}.
 *
 * <p>Stateless; safe for use by many threads.
 */
public interface LeadQueueProvider {

    /** Every key of the section, in the order of the documentation. */
    List<Setting<?>> settings();

    /**
     * A queue with these settings. Touches neither network nor disk: that is for the first use.
     *
     * @throws io.leaddispatch.LeadConfigurationException with all faults that need more than one setting to see, by key
     */
    LeadQueue open(Settings settings, Clock clock);

    /**
     * The catalogue: every problem the queue itself can answer.
     *
     * @implSpec Returns an empty list.
     */
    default List<ProblemType> problems() {
        return List.of();
    }
}
