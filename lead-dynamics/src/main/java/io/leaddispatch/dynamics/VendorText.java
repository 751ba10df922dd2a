package io.leaddispatch.dynamics;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of a foreign message may be shown: one line, bounded, without what looks like or is known to be personal. */
final class VendorText {
    private static final int LONGEST = 200;
    private static final int READ = 4_000;
    /** Shorter values stand in too many words: they are taken for themselves only where they stand alone. */
    private static final int LONG_ENOUGH = 3;

    private static final Pattern EMAIL = Pattern.compile("[^\\s'\"<>(),;:]{1,100}@[^\\s'\"<>(),;:]{1,100}");

    private VendorText() {}

    /**
     * The message as it may be shown.
     *
     * @param personal values that must not be shown, such as those of the lead that the message is about
     */
    static String shown(String message, Collection<String> personal) {
        String text = message.length() > READ ? message.substring(0, READ) : message;
        List<String> longestFirst = personal.stream()
                .filter(value -> !value.isBlank())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String value : longestFirst) {
            text = text.replaceAll(
                    value.length() < LONG_ENOUGH
                            ? "(?<![\\p{L}\\p{N}])" + Pattern.quote(value) + "(?![\\p{L}\\p{N}])"
                            : "(?iu)" + Pattern.quote(value),
                    "***");
        }
        text = EMAIL.matcher(text).replaceAll("***").replaceAll("\\s+", " ").strip();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    /** The first group of the pattern, or null. */
    static @Nullable String find(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message.length() > READ ? message.substring(0, READ) : message);
        return matcher.find() ? matcher.group(1) : null;
    }
}
