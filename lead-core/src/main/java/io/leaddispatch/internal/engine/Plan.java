package io.leaddispatch.internal.engine;

import io.leaddispatch.Problem;
import java.util.List;
import java.util.Map;

/**
 * Where a lead goes: routing and policy have spoken.
 *
 * @param destinations all destinations of its route, in order
 * @param suppressed those that a rule keeps it from, with the reason
 */
public record Plan(List<Lane> destinations, Map<String, Problem> suppressed) {
    /** Copies both. */
    public Plan {
        destinations = List.copyOf(destinations);
        suppressed = Map.copyOf(suppressed);
    }

    /** Whether no route matched. */
    public boolean isUnrouted() {
        return destinations.isEmpty();
    }
}
