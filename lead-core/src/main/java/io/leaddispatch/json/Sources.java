package io.leaddispatch.json;

import io.leaddispatch.Action;
import io.leaddispatch.LeadSource;
import io.leaddispatch.Offer;
import io.leaddispatch.Source;
import org.jspecify.annotations.Nullable;

/** Puts a lead source together from the separate properties of the JSON forms. */
final class Sources {
    private Sources() {}

    /**
     * The lead source of a marketplace form. A bare source may hold a {@code -}, because free text occurs; so it is cut
     * only if there is no action, and it holds a {@code |} or begins with a known source and a {@code -}.
     */
    static LeadSource ofMarketplace(@Nullable String source, @Nullable String action, @Nullable String offer) {
        Offer separate = offer == null ? null : new Offer(offer.strip());
        if (source != null && action == null && isCombined(source)) {
            LeadSource combined = LeadSource.parseLenient(source);
            return combined.offer() != null || separate == null
                    ? combined
                    : LeadSource.of(combined.source(), combined.action(), separate);
        }
        return LeadSource.of(
                source == null ? null : Source.of(source.strip()),
                action == null ? null : Action.of(action.strip()),
                separate);
    }

    private static boolean isCombined(String text) {
        if (text.length() > LeadSource.MAX_LENGTH) {
            return false; // parseLenient would cut it off; as a source it is refused with a clear problem
        }
        if (text.indexOf('|') >= 0) {
            return true;
        }
        String beforeDash = text.substring(0, Math.max(0, text.indexOf('-'))).strip();
        return !beforeDash.isEmpty() && Source.of(beforeDash).meaning() != null;
    }

    /** The lead source of the complete form, to the letter. */
    static LeadSource exactly(
            @Nullable String source, @Nullable String action, @Nullable String offer, @Nullable String original) {
        return new LeadSource(
                source == null ? null : source(source),
                action == null ? null : action(action),
                offer == null ? null : new Offer(offer),
                original);
    }

    private static Source source(String code) {
        Source known = Source.of(code);
        return known.code().equals(code) ? known : new Source(code);
    }

    private static Action action(String code) {
        Action known = Action.of(code);
        return known.code().equals(code) ? known : new Action(code);
    }
}
