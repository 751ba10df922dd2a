package io.leaddispatch.outbox;

import io.leaddispatch.Problem;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The books of an outbox at one moment. Immutable.
 *
 * @param destinations by name, in the order of the names
 * @param pauses in force
 */
public record OutboxStats(Map<String, Books> destinations, List<Pause> pauses) {
    /** Copies both. */
    public OutboxStats {
        destinations = Collections.unmodifiableMap(new LinkedHashMap<>(destinations));
        pauses = List.copyOf(pauses);
    }

    /**
     * One destination. Always {@code stored = done + rejected + dead + waiting + leased}.
     *
     * @param stored all that is there
     * @param done delivered, as far as its id is still kept
     * @param rejected dead letters that the destination refused
     * @param dead the other dead letters
     * @param waiting for their turn
     * @param leased held by a process
     * @param oldestOpen when the oldest of those that wait or are leased was stored, or null
     */
    public record Books(
            long stored,
            long done,
            long rejected,
            long dead,
            long waiting,
            long leased,
            @Nullable Instant oldestOpen) {}

    /**
     * A gate that all processes leave alone.
     *
     * @param gate {@code lane NAME} for the gate of one destination, {@code shared NAME} for one that several share
     * @param until the end, {@link Instant#MAX} if it is held until a probe succeeds
     * @param why the reason, if it is known
     */
    public record Pause(
            String gate, Instant until, @Nullable Problem why) {}
}
