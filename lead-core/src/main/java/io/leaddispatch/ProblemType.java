package io.leaddispatch;

import java.util.List;
import java.util.Objects;

/**
 * One entry of a module's catalogue of problems: what every {@link Problem} with this code has in common.
 *
 * <p>Immutable; safe for use by many threads.
 *
 * @param code stable, {@code area.name} in lower case: {@code [a-z0-9-]+(\.[a-z0-9-]+)+}
 * @param category what kind of trouble it is
 * @param cause one plain sentence without a full stop, to which a detail may be added
 * @param remedy what the operator does next, in full sentences
 */
public record ProblemType(String code, Category category, String cause, String remedy) {

    /** Checks that nothing is missing. */
    public ProblemType {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(remedy, "remedy");
    }

    /** A problem of this type that needs no further words. */
    public Problem problem() {
        return new Problem(code, category, cause, remedy, null, List.of());
    }

    /**
     * A problem of this type.
     *
     * @param detail what was special this time, such as a field's name or a number; never a value of a lead or a secret
     */
    public Problem problem(String detail) {
        return new Problem(code, category, cause + ": " + detail, remedy, null, List.of());
    }
}
