package io.leaddispatch.spi;

import org.jspecify.annotations.Nullable;

/**
 * Values already checked against the declared settings. Immutable; safe for use by many threads.
 *
 * <p>For a setting that is required or has a default use {@link #get}; for any other use {@link #find}.
 */
public interface Settings {
    /**
     * The value of a setting that is required or has a default.
     *
     * @throws IllegalStateException if there is none: the provider declared neither a rule nor a default
     */
    <T> T get(Setting<T> declared);

    /** The value, the default, or null. */
    <T> @Nullable T find(Setting<T> declared);
}
