package io.leaddispatch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where a lead goes: routing and rules have spoken, nothing is stored or sent yet. Immutable; safe for use by many
 * threads.
 *
 * @param lead the lead
 * @param serialKeys the lead's serial key at each destination that gets it, by name, in the order of the route, as a
 *     {@link io.leaddispatch.spi.LeadQueue} wants it; empty if none does
 * @param suppressed the reasons of those destinations that a rule keeps it from, by name
 */
public record DeliveryPlan(Lead lead, Map<String, String> serialKeys, Map<String, Problem> suppressed) {
    /** Copies the maps. */
    public DeliveryPlan {
        Objects.requireNonNull(lead, "lead");
        serialKeys = Collections.unmodifiableMap(new LinkedHashMap<>(serialKeys));
        suppressed = Map.copyOf(suppressed);
    }

    /** Whether no route led anywhere. */
    public boolean isUnrouted() {
        return serialKeys.isEmpty() && suppressed.isEmpty();
    }

    /** Names the lead's id and the destinations, never a value of the lead. */
    @Override
    public String toString() {
        return "DeliveryPlan[" + lead.id() + " to " + serialKeys.keySet() + "]";
    }
}
