package io.leaddispatch.testkit.salesforce;

/** Record ids of 18 characters: a prefix for the type, a number, and the suffix that records capitals. */
final class SalesforceIds {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private static final int LENGTH = 15;

    private SalesforceIds() {}

    /** The n-th id of a type, e.g. {@code 00Q}. */
    static String of(String prefix, long n) {
        StringBuilder id = new StringBuilder();
        for (long rest = n; rest > 0; rest /= DIGITS.length()) {
            id.insert(0, DIGITS.charAt((int) (rest % DIGITS.length())));
        }
        String head = prefix + "5g";
        return withSuffix(head + "0".repeat(LENGTH - head.length() - id.length()) + id);
    }

    /** [1.3 recorded] Five characters at a time, bit i is set where character i is a capital. */
    private static String withSuffix(String id) {
        StringBuilder all = new StringBuilder(id);
        for (int block = 0; block < LENGTH; block += 5) {
            int bits = 0;
            for (int i = 0; i < 5; i++) {
                bits |= Character.isUpperCase(id.charAt(block + i)) ? 1 << i : 0;
            }
            all.append(SUFFIX.charAt(bits));
        }
        return all.toString();
    }
}
