package io.leaddispatch.dynamics;

import io.leaddispatch.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What one step of a check found.
 *
 * @param problem why it failed, or null
 * @param advice what to know although it passed, or null
 */
record Found(@Nullable Problem problem, @Nullable String advice) {
    static final Found WELL = new Found(null, null);

    static Found failed(Problem problem) {
        return new Found(problem, null);
    }

    static Found advice(String words) {
        return new Found(null, words);
    }
}
