package io.leaddispatch.internal.text;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what somebody probably meant to write. */
public final class Nearest {
    private static final int LONGEST_GIVEN = 100;

    private Nearest() {}

    /** The known name that is nearest, if it is near: one edit in three characters, and at least one. */
    public static @Nullable String to(String given, Collection<String> known) {
        if (given.length() > LONGEST_GIVEN) {
            return null;
        }
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String each : known) {
            int edits = edits(given.toLowerCase(Locale.ROOT), each.toLowerCase(Locale.ROOT));
            if (edits < least && edits <= Math.max(1, Math.min(given.length(), each.length()) / 3)) {
                least = edits;
                nearest = each;
            }
        }
        return nearest;
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
    static int edits(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, 1 + Math.min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            before = last;
            last = row;
        }
        return last[b.length()];
    }
}
