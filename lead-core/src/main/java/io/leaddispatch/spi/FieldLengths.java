package io.leaddispatch.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How long the texts in a destination's fields may be, and what becomes of longer ones.
 *
 * <p>Lengths are counted in UTF-16 units, as databases that hold such fields count them. Immutable; safe for use by
 * many threads.
 */
public final class FieldLengths {
    private final Map<String, Integer> longest;
    private final Set<String> neverCut;
    private final OnTooLong rule;

    private FieldLengths(Map<String, Integer> longest, Set<String> neverCut, OnTooLong rule) {
        this.longest = longest;
        this.neverCut = neverCut;
        this.rule = rule;
    }

    /** The setting {@code onTooLong} with a destination's own default. */
    public static Setting<OnTooLong> onTooLong(OnTooLong standard) {
        return Setting.choice("onTooLong", OnTooLong.class)
                .or(standard)
                .doc("What becomes of a value that is longer than its field: cut to fit, with a note, or the lead"
                        + " rejected. E-mail addresses, ids and keys are never cut.");
    }

    /**
     * Lengths by field.
     *
     * @param longest most UTF-16 units by field name, each at least 0; other fields take any length
     * @param neverCut names of fields whose cut value would be another value: e-mail, ids, keys
     * @param rule for all other fields
     */
    public static FieldLengths of(Map<String, Integer> longest, Set<String> neverCut, OnTooLong rule) {
        return new FieldLengths(Map.copyOf(longest), Set.copyOf(neverCut), Objects.requireNonNull(rule, "rule"));
    }

    /**
     * Fields that fit, or what does not.
     *
     * @param fields every field, those cut included; what is too long to fit and may not be cut is still whole
     * @param notes one for each cut: {@code LastName: 300 -> 255 characters}
     * @param tooLong one for each field that is too long: {@code Email: 130 characters, 100 allowed}; the lead is to be
     *     rejected unless this is empty
     */
    public record Fitted(Map<String, Object> fields, List<String> notes, List<String> tooLong) {
        /** The names of the fields, never a value. */
        @Override
        public String toString() {
            return "Fitted[fields=" + fields.keySet() + ", notes=" + notes + ", tooLong=" + tooLong + "]";
        }
    }

    /** Cuts what may be cut and names the rest. The given map is not changed. */
    public Fitted fit(Map<String, Object> fields) {
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            if (isTooLong(field.getKey(), field.getValue())) {
                return cut(fields);
            }
        }
        return new Fitted(fields, List.of(), List.of());
    }

    private boolean isTooLong(String name, Object value) {
        return value instanceof String text && text.length() > longest.getOrDefault(name, Integer.MAX_VALUE);
    }

    private Fitted cut(Map<String, Object> fields) {
        List<String> notes = new ArrayList<>(1);
        List<String> tooLong = new ArrayList<>(1);
        Map<String, Object> fitted = new LinkedHashMap<>(fields);
        fitted.replaceAll((name, value) -> {
            if (!isTooLong(name, value)) {
                return value;
            }
            String text = (String) value;
            int most = longest.getOrDefault(name, Integer.MAX_VALUE);
            if (rule == OnTooLong.REJECT || neverCut.contains(name)) {
                tooLong.add(name + ": " + text.length() + " characters, " + most + " allowed");
                return value;
            }
            String cut = cut(text, most);
            notes.add(name + ": " + text.length() + " -> " + cut.length() + " characters");
            return cut;
        });
        return new Fitted(fitted, notes, tooLong);
    }

    /** At most so many UTF-16 units of a text, never half a character. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        boolean splits = most > 0
                && Character.isHighSurrogate(text.charAt(most - 1))
                && Character.isLowSurrogate(text.charAt(most));
        return text.substring(0, splits ? most - 1 : most);
    }
}
