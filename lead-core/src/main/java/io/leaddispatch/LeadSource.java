package io.leaddispatch;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a lead comes from: {@code Source-Action|Offer}, each part of which may be absent.
 *
 * <p>{@link #parse} takes exactly the texts that {@link #format} gives back; {@link #parseLenient} takes any text and
 * keeps it where it cannot be given back. Immutable; safe for use by many threads.
 *
 * @param source where the customer was, or null
 * @param action what the customer did, or null
 * @param offer the offer's id or title, or null
 * @param original the text as it came, where it differs from {@link #format()}; else null
 * @see <a href="https://learn.microsoft.com/partner-center/referrals/commercial-marketplace-get-customer-leads">
 *     Customer leads from your commercial marketplace offer</a>
 */
public record LeadSource(
        @Nullable Source source,
        @Nullable Action action,
        @Nullable Offer offer,
        @Nullable String original) {

    /** The longest text read, in characters. */
    public static final int MAX_LENGTH = 1_000;

    /** A lead that does not say where it comes from. */
    public static final LeadSource NONE = new LeadSource(null, null, null, null);

    /** A lead source of these parts. */
    public static LeadSource of(@Nullable Source source, @Nullable Action action, @Nullable Offer offer) {
        return new LeadSource(source, action, offer, null);
    }

    /**
     * Reads a text that {@link #format()} gives back to the letter.
     *
     * @throws LeadParseException if the text is longer than {@value #MAX_LENGTH} characters or could not be given back:
     *     blanks around a part, a separator with nothing behind it, a known code in another spelling
     */
    public static LeadSource parse(String text) {
        Objects.requireNonNull(text, "text");
        if (text.length() > MAX_LENGTH) {
            throw new LeadParseException(LeadProblems.SOURCE_TOO_LONG.problem(), 0, 0);
        }
        LeadSource read = read(text);
        if (read.original != null) {
            throw new LeadParseException(LeadProblems.SOURCE_MALFORMED.problem(), 0, 0);
        }
        return read;
    }

    /**
     * Reads any text and never throws. The first {@code |} ends the source and action, the first {@code -} among these
     * ends the source; parts are stripped, empty parts absent, known codes recognised in any case.
     *
     * @param text null counts as empty; of a text longer than {@value #MAX_LENGTH} characters only so many are read
     */
    public static LeadSource parseLenient(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return NONE;
        }
        return read(text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text);
    }

    private static LeadSource read(String text) {
        int bar = text.indexOf('|');
        int leftEnd = bar < 0 ? text.length() : bar;
        int dash = text.lastIndexOf('-', leftEnd - 1) < 0 ? -1 : text.indexOf('-');
        int sourceEnd = dash < 0 ? leftEnd : dash;

        Source source = source(text, skipBlanks(text, 0, sourceEnd), sourceEnd);
        Action action = dash < 0 ? null : action(text, skipBlanks(text, dash + 1, leftEnd), leftEnd);
        Offer offer = bar < 0 ? null : offer(text, skipBlanks(text, bar + 1, text.length()));
        LeadSource read = new LeadSource(source, action, offer, null);
        return read.spells(text) ? read : new LeadSource(source, action, offer, text);
    }

    private static @Nullable Source source(String text, int from, int end) {
        int to = dropBlanks(text, from, end);
        if (from == to) {
            return null;
        }
        Source known = Source.knownIn(text, from, to);
        return known != null ? known : new Source(text.substring(from, to));
    }

    private static @Nullable Action action(String text, int from, int end) {
        int to = dropBlanks(text, from, end);
        if (from == to) {
            return null;
        }
        Action known = Action.knownIn(text, from, to);
        return known != null ? known : new Action(text.substring(from, to));
    }

    private static @Nullable Offer offer(String text, int from) {
        int to = dropBlanks(text, from, text.length());
        return from == to ? null : new Offer(text.substring(from, to));
    }

    private static int skipBlanks(String text, int from, int end) {
        int at = from;
        while (at < end && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int dropBlanks(String text, int from, int end) {
        int at = end;
        while (at > from && Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /** Whether {@link #format()} would give exactly this text, found without building it. */
    private boolean spells(String text) {
        int at = 0;
        if (source != null) {
            if (!text.startsWith(source.code())) {
                return false;
            }
            at = source.code().length();
        }
        if (action != null) {
            if (!text.startsWith("-", at) || !text.startsWith(action.code(), at + 1)) {
                return false;
            }
            at += 1 + action.code().length();
        }
        if (offer != null) {
            if (!text.startsWith("|", at) || !text.startsWith(offer.text(), at + 1)) {
                return false;
            }
            at += 1 + offer.text().length();
        }
        return at == text.length();
    }

    /** How many characters {@link #format()} has. */
    int length() {
        return (source == null ? 0 : source.code().length())
                + (action == null ? 0 : 1 + action.code().length())
                + (offer == null ? 0 : 1 + offer.text().length());
    }

    /** {@code Source-Action|Offer}; an absent part is left out with the sign before it. */
    public String format() {
        if (action == null && offer == null) {
            return source == null ? "" : source.code();
        }
        return (source == null ? "" : source.code())
                + (action == null ? "" : "-" + action.code())
                + (offer == null ? "" : "|" + offer.text());
    }

    /** As {@link #format()}. */
    @Override
    public String toString() {
        return format();
    }
}
