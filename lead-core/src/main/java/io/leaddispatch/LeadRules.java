package io.leaddispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Cleans and checks the fields of one lead, and remembers what it found: faults, and notes of what it changed. */
final class LeadRules {
    static final int CONTACT_LENGTH = 1_000;
    static final int EMAIL_LENGTH = 320;
    static final int OFFER_TITLE_LENGTH = 1_000;
    static final int DESCRIPTION_LENGTH = 32_000;
    static final int ATTRIBUTES = 100;
    static final int ATTRIBUTE_NAME_LENGTH = 255;
    static final int ATTRIBUTE_LENGTH = 32_000;

    private final List<Problem> faults = new ArrayList<>(0);
    private final List<String> notes = new ArrayList<>(0);

    @Nullable String contact(String field, @Nullable String value) {
        return text(field, value, CONTACT_LENGTH);
    }

    @Nullable String email(@Nullable String value) {
        String clean = text("email", value == null ? null : value.strip(), EMAIL_LENGTH);
        if (clean != null && !looksLikeEmail(clean)) {
            faults.add(LeadProblems.EMAIL_INVALID.problem());
        }
        return clean;
    }

    void someone(Contact contact) {
        if (contact.email() == null
                && contact.phone() == null
                && contact.firstName() == null
                && contact.lastName() == null) {
            faults.add(LeadProblems.EMPTY.problem());
        }
    }

    LeadSource source(LeadSource source) {
        String original = source.original();
        if (source.length() > LeadSource.MAX_LENGTH || original != null && original.length() > LeadSource.MAX_LENGTH) {
            faults.add(LeadProblems.SOURCE_TOO_LONG.problem());
        }
        String from = source.source() == null ? "" : source.source().code();
        String action = source.action() == null ? "" : source.action().code();
        String offer = source.offer() == null ? "" : source.offer().text();
        if (isFit(from) && isFit(action) && isFit(offer) && (original == null || isFit(original))) {
            return source;
        }
        if (original != null) {
            return LeadSource.parseLenient(clean("source", original));
        }
        String cleanFrom = part(from);
        String cleanAction = part(action);
        String cleanOffer = part(offer);
        return LeadSource.of(
                cleanFrom.isEmpty() ? null : Source.of(cleanFrom),
                cleanAction.isEmpty() ? null : Action.of(cleanAction),
                cleanOffer.isEmpty() ? null : new Offer(cleanOffer));
    }

    private String part(String value) {
        return clean("source", value).strip();
    }

    private static boolean isFit(String value) {
        return firstUnfit(value) < 0;
    }

    @Nullable String text(String field, @Nullable String value, int longest) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > longest) {
            faults.add(LeadProblems.TOO_LONG.problem(String.format(
                    Locale.ROOT, "%s has %,d characters, %,d are allowed", field, value.length(), longest)));
            return value;
        }
        String clean = clean(field, value);
        return clean.isBlank() ? null : clean;
    }

    Map<String, String> attributes(Map<String, String> given) {
        Map<String, String> kept = new TreeMap<>();
        int number = 0;
        for (Map.Entry<String, String> attribute : given.entrySet()) {
            String label = "attribute " + ++number;
            String name = text(label + "'s name", attribute.getKey(), ATTRIBUTE_NAME_LENGTH);
            String value = text(label, attribute.getValue(), ATTRIBUTE_LENGTH);
            if (name == null) {
                faults.add(LeadProblems.ATTRIBUTES.problem(label + " has no name"));
            } else if (value != null && kept.put(name, value) != null) {
                faults.add(LeadProblems.ATTRIBUTES.problem("two attributes have one name"));
            }
        }
        if (kept.size() > ATTRIBUTES) {
            faults.add(LeadProblems.ATTRIBUTES.problem(kept.size() + " attributes"));
        }
        return kept;
    }

    void throwIfBroken() {
        if (!faults.isEmpty()) {
            throw new InvalidLeadException(faults);
        }
    }

    List<String> notes() {
        return notes;
    }

    private String clean(String field, String value) {
        int first = firstUnfit(value);
        if (first < 0) {
            return value;
        }
        StringBuilder clean = new StringBuilder(value);
        int replaced = 0;
        for (int i = first; i < clean.length(); i++) {
            if (isUnfit(clean, i)) {
                clean.setCharAt(i, Character.isSurrogate(clean.charAt(i)) ? '\uFFFD' : ' ');
                replaced++;
            }
        }
        notes.add(field + ": " + replaced + " control characters replaced");
        return clean.toString();
    }

    private static int firstUnfit(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (isUnfit(value, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isUnfit(CharSequence text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
        }
        return Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r';
    }

    /** Lenient on purpose: a name, an {@code @}, a domain, and no blank anywhere. */
    private static boolean looksLikeEmail(String text) {
        int at = text.lastIndexOf('@');
        return at > 0 && at < text.length() - 1 && !hasBlank(text);
    }

    private static boolean hasBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
