package io.leaddispatch;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong and what to do about it. Holds neither personal data nor a secret, so it may be logged and shown.
 *
 * <p>Immutable; safe for use by many threads.
 *
 * @param code stable, {@code area.name} in lower case, with an entry in docs/problems.md
 * @param category what kind of trouble this is
 * @param cause one plain sentence: what happened
 * @param remedy one or more sentences: what the operator does next
 * @param vendorCode the destination's own code, if it gave one
 * @param records ids of records at the destination that have to do with it, such as the matches of a duplicate rule
 */
public record Problem(
        String code,
        Category category,
        String cause,
        String remedy,
        @Nullable String vendorCode,
        List<String> records) {

    /** Checks that nothing but {@code vendorCode} is missing, and copies the list. */
    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(remedy, "remedy");
        records = List.copyOf(records);
    }

    /** This problem with the destination's own code. */
    public Problem withVendorCode(@Nullable String newVendorCode) {
        return new Problem(code, category, cause, remedy, newVendorCode, records);
    }

    /** This problem with the ids of the records it is about. */
    public Problem withRecords(List<String> newRecords) {
        return new Problem(code, category, cause, remedy, vendorCode, newRecords);
    }
}
