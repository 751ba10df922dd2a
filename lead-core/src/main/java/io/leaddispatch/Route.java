package io.leaddispatch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which leads go to which destinations. Of a list of routes the first that matches decides; a route without conditions
 * takes every lead.
 *
 * <p>A condition is the exact text, or a glob in which {@code *} stands for any characters, also none. A lead that has
 * no such part does not match, not even {@code *}. Immutable; safe for use by many threads.
 *
 * @param offer the offer's id as in {@code contoso.*}, or its title where the lead carries no id; null for any
 * @param publisher the part of the offer's id before the first dot; null for any
 * @param source code of the source, ignoring case; null for any
 * @param action code of the action, ignoring case; null for any
 * @param to names of destinations, at least one
 */
public record Route(
        @Nullable String offer,
        @Nullable String publisher,
        @Nullable String source,
        @Nullable String action,
        List<String> to) {

    /**
     * Copies the list, and spells known codes as {@link Source#of} and {@link Action#of} do.
     *
     * @throws IllegalArgumentException if there is no destination
     */
    public Route {
        source = source == null ? null : Source.of(source).code();
        action = action == null ? null : Action.of(action).code();
        to = List.copyOf(to);
        if (to.isEmpty()) {
            throw new IllegalArgumentException("a route needs at least one destination");
        }
    }

    /** A route for every lead. */
    public static Route all(String... to) {
        return new Route(null, null, null, null, List.of(to));
    }

    /** Whether every lead takes this route. */
    public boolean takesAll() {
        return offer == null && publisher == null && source == null && action == null;
    }

    /** Whether the lead takes this route. */
    public boolean matches(Lead lead) {
        LeadSource from = lead.source();
        Offer of = from.offer();
        return Glob.matches(offer, of == null ? lead.offerTitle() : of.text(), false)
                && Glob.matches(publisher, of == null ? null : of.publisher(), false)
                && Glob.matches(
                        source, from.source() == null ? null : from.source().code(), true)
                && Glob.matches(
                        action, from.action() == null ? null : from.action().code(), true);
    }
}
