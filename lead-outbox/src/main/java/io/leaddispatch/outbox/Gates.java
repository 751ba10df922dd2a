package io.leaddispatch.outbox;

import io.leaddispatch.Problem;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pauses that all processes keep. */
final class Gates {
    private static final long FOR_EVER = Long.MAX_VALUE / 4;

    /** The longest counts; only who made a pause shortens or ends it, except that anybody ends one that has no end. */
    private static final String PAUSE =
            "insert into lead_outbox_gate (gate, paused_until, code, category, cause, remedy,"
                    + " changed_at, owner) values (:gate, {clock} + :time, :code, :category, :cause, :remedy, {clock}, :owner) on"
                    + " conflict (gate) do update set paused_until = excluded.paused_until, code = excluded.code, category ="
                    + " excluded.category, cause = excluded.cause, remedy = excluded.remedy, changed_at = excluded.changed_at,"
                    + " owner = excluded.owner where excluded.paused_until >= lead_outbox_gate.paused_until or"
                    + " lead_outbox_gate.owner = excluded.owner or :time = 0 and lead_outbox_gate.paused_until > :held";

    private final Store store;

    Gates(Store store) {
        this.store = store;
    }

    /** A pause in force. */
    record Paused(String gate, Instant until, @Nullable Problem why) {}

    void pause(String gate, @Nullable Instant until, Problem why) {
        long time = until == null ? FOR_EVER : store.millisUntil(until);
        Values values = Values.of("gate", gate)
                .with("time", time)
                .with("owner", store.owner)
                .with("held", FOR_EVER);
        store.database.write(session -> session.update(PAUSE, StoredProblem.write(values, why)));
    }

    /** By gate, ordered; the times are this process's. */
    Map<String, Paused> pauses() {
        List<Paused> all = store.database.read(this::read);
        Map<String, Paused> byGate = new LinkedHashMap<>();
        all.forEach(paused -> byGate.put(paused.gate, paused));
        return byGate;
    }

    private List<Paused> read(Session session) throws SQLException {
        return session.query(
                "select gate, paused_until - {clock}, code, category, cause, remedy, null, null from lead_outbox_gate"
                        + " where paused_until > {clock} order by gate",
                new Values(),
                row -> new Paused(row.getString(1), until(row.getLong(2)), StoredProblem.read(row, 3)));
    }

    private Instant until(long millis) {
        return millis > FOR_EVER / 2 ? Instant.MAX : store.clock.instant().plusMillis(millis);
    }

    Map<String, Instant> ends() {
        Map<String, Instant> ends = new HashMap<>();
        pauses().forEach((gate, paused) -> ends.put(gate, paused.until));
        return ends;
    }
}
