package io.leaddispatch.azuretable;

import io.leaddispatch.Problem;

/** Hears of new leads in a table; called by the thread that watches. */
@FunctionalInterface
public interface LeadWatcher {
    /**
     * A row that is new, or was edited since it was last found.
     *
     * @throws Exception to get it again in the next round
     */
    void found(StoredLead row) throws Exception;

    /** How far the watch got, to be kept: after every round, and every few seconds of a long one. */
    default void reached(TableCheckpoint checkpoint) {}

    /** The table could not be read this time; the next round tries again. */
    default void failed(Problem problem) {}
}
