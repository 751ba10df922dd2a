package io.leaddispatch;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * A password, key or token that does not print. It asks its source at each use, so the source can rotate it.
 *
 * <p>Safe for use by many threads if its source is.
 */
public final class Secret {
    private final Supplier<String> source;

    private Secret(Supplier<String> source) {
        this.source = Objects.requireNonNull(source, "source");
    }

    /** A secret with a fixed value. */
    public static Secret of(String value) {
        Objects.requireNonNull(value, "value");
        return new Secret(() -> value);
    }

    /**
     * A secret that is asked for at each use.
     *
     * @param source gives the current value, never null; is called often, so it should be quick or cache
     */
    public static Secret from(Supplier<String> source) {
        return new Secret(source);
    }

    /** The current value; never keep it, never print it. */
    public String reveal() {
        return Objects.requireNonNull(source.get(), "the secret's source gave nothing");
    }

    /** Never the value. */
    @Override
    public String toString() {
        return "Secret[***]";
    }
}
