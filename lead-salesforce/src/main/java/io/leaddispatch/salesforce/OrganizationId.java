package io.leaddispatch.salesforce;

import java.util.regex.Pattern;

/**
 * A Salesforce id: 15 characters, or 18 with a suffix that records which of them are capitals. Pure.
 *
 * @see <a href="https://help.salesforce.com/s/articleView?id=000385008">Salesforce help, 15 and 18 character ids</a>
 */
final class OrganizationId {
    private static final Pattern FORM = Pattern.compile("00D[0-9A-Za-z]{12}(?:[A-Z0-5]{3})?");
    private static final String SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private static final int SHORT = 15;
    private static final int BLOCK = 5;

    private OrganizationId() {}

    /**
     * The 15 characters that generated forms send.
     *
     * @throws IllegalArgumentException in words for the operator; the id is public and may be quoted
     */
    static String parse(String given) {
        String text = given.strip();
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "is not the id of an organization: 15 characters that begin with 00D, or 18"
                            + " with the suffix; take only what stands between the quotation marks of the generated form's oid");
        }
        String id = text.substring(0, SHORT);
        if (text.length() == SHORT || suffix(id).equals(text.substring(SHORT))) {
            return id;
        }
        throw new IllegalArgumentException(
                "has a suffix that does not fit its letters: one of them has the wrong case. By the suffix it is "
                        + withCaseOf(id, text.substring(SHORT)));
    }

    /** The three characters that belong to an id of 15. */
    static String suffix(String id) {
        StringBuilder suffix = new StringBuilder(3);
        for (int from = 0; from < SHORT; from += BLOCK) {
            int bits = 0;
            for (int i = 0; i < BLOCK; i++) {
                char c = id.charAt(from + i);
                bits |= c >= 'A' && c <= 'Z' ? 1 << i : 0;
            }
            suffix.append(SUFFIX.charAt(bits));
        }
        return suffix.toString();
    }

    private static String withCaseOf(String id, String suffix) {
        StringBuilder right = new StringBuilder(SHORT);
        for (int i = 0; i < SHORT; i++) {
            boolean capital = (SUFFIX.indexOf(suffix.charAt(i / BLOCK)) >> i % BLOCK & 1) == 1;
            char c = id.charAt(i);
            right.append(capital ? Character.toUpperCase(c) : Character.toLowerCase(c));
        }
        return right.toString();
    }
}
