package io.leaddispatch.dynamics;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a check of the connection has to know of the settings.
 *
 * @param columns every column that a lead may fill
 * @param columnLengths the operator's own bounds, which count where they are shorter than the environment's
 * @param directoryId as set, or null
 * @param asUser whether a user signs in, which is deprecated
 * @param knownCloud whether the sign-in host follows from the address or was set
 * @param removeTestLead whether the test lead is deleted again
 * @param timeout for each request
 * @param clock for deadlines
 */
record VerifySettings(
        Set<String> columns,
        Map<String, Integer> columnLengths,
        @Nullable String directoryId,
        boolean asUser,
        boolean knownCloud,
        boolean removeTestLead,
        Duration timeout,
        Clock clock) {
    VerifySettings {
        columns = Set.copyOf(columns);
        columnLengths = Map.copyOf(columnLengths);
    }
}
