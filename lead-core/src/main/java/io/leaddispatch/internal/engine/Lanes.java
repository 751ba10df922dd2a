package io.leaddispatch.internal.engine;

import io.leaddispatch.LaneOptions;
import io.leaddispatch.LaneStats;
import io.leaddispatch.spi.LeadDestination;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** All lanes of a dispatcher: what is done to all of them at once. Safe for use by many threads. */
public final class Lanes {
    private final Engine engine;
    private final Map<String, Lane> byName = new LinkedHashMap<>();

    /** A lane for each destination, in that order. */
    public Lanes(Engine engine, Map<String, LeadDestination> destinations, Map<String, LaneOptions> options) {
        this.engine = engine;
        Gates gates = new Gates(engine.time(), engine.queue(), engine.events());
        destinations.forEach((name, destination) -> byName.put(
                name, new Lane(name, destination, options.getOrDefault(name, LaneOptions.DEFAULT), engine, gates)));
    }

    /** Begins to fetch what a durable queue holds; one in memory holds nothing yet. */
    public void start() {
        if (engine.queue().durable()) {
            engine.queue().whenWork(() -> all().forEach(Lane::workThere));
            all().forEach(Lane::workThere);
        }
    }

    /** The lanes by name. */
    public Map<String, Lane> byName() {
        return byName;
    }

    private Collection<Lane> all() {
        return byName.values();
    }

    /** Only full calls from now on. */
    public void cork() {
        all().forEach(Lane::cork);
    }

    /** Ends what {@link #cork()} began: the last leads may go. */
    public void uncork() {
        all().forEach(Lane::uncork);
    }

    /** The books of all lanes. */
    public Map<String, LaneStats> stats() {
        Map<String, LaneStats> stats = new LinkedHashMap<>();
        byName.forEach((name, lane) -> stats.put(name, lane.stats()));
        return stats;
    }

    /**
     * Lets what waits go out and what is in flight end, within that time; ends the rest. What an interruption cuts short
     * is cut short for all, and the interruption is passed on.
     */
    public void close(Duration within) {
        all().forEach(lane -> lane.closing().stopIntake());
        boolean interrupted = !awaitIdle(engine.time().plus(within));
        all().forEach(lane -> lane.closing().cutShort());
        interrupted |= !awaitIdle(engine.time().plus(Call.LAST_GRACE));
        all().forEach(lane -> lane.closing().abandonAll());
        interrupted |= !awaitIdle(engine.time().plus(Call.LAST_GRACE)); // what other threads have still to tell
        all().forEach(lane -> lane.closing().flush());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if interrupted. */
    private boolean awaitIdle(long until) {
        try {
            for (Lane lane : all()) {
                lane.closing().awaitIdle(until);
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
