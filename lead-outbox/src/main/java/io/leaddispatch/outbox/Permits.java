package io.leaddispatch.outbox;

import io.leaddispatch.spi.LeadQueue.Permit;
import io.leaddispatch.spi.Limits;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls that all processes together may make in a window, as rows: one for each call of the window. A row is free
 * again a window after its call has ended, so a vendor never sees more calls in a window than allowed, however long they
 * were under way; what a process that died held comes back a window after the call must have ended.
 */
final class Permits {
    private static final String FREE = "select slot from lead_outbox_permit where gate = :gate and slot < :calls and"
            + " free_at <= {now} order by slot limit 1 ";
    private static final String GIVE_BACK =
            "update lead_outbox_permit set free_at = {clock} + :window where gate = :gate"
                    + " and slot = :slot and token = :token";
    private static final String NEXT =
            "select min(free_at) - {clock} from lead_outbox_permit where gate = :gate and" + " slot < :calls";

    private final Store store;

    Permits(Store store) {
        this.store = store;
    }

    Permit take(String gate, Limits.Rate rate, Duration longest) {
        Values values = Values.of("gate", gate)
                .with("calls", rate.calls())
                .with("hold", longest.plus(rate.per()).toMillis());
        return store.database.write(session -> {
            List<Permit> taken = take(session, gate, values);
            if (taken.isEmpty() && missing(session, rate, values)) {
                taken = take(session, gate, values);
            }
            return taken.isEmpty() ? refused(session, gate, values) : taken.get(0);
        });
    }

    private static List<Permit> take(Session session, String gate, Values values) throws SQLException {
        Dialect dialect = session.dialect();
        return session.query(
                "update lead_outbox_permit set free_at = {clock} + :hold, token = token + 1 where gate = :gate and slot "
                        + dialect.among(FREE + dialect.skipLocked()) + " returning slot, token",
                values,
                row -> new Permit(gate, row.getInt(1), row.getLong(2), null));
    }

    /** Makes the rows that are not there yet; says whether it made any. */
    private static boolean missing(Session session, Limits.Rate rate, Values values) throws SQLException {
        long there =
                session.number("select count(*) from lead_outbox_permit where gate = :gate and slot < :calls", values);
        if (there >= rate.calls()) {
            return false;
        }
        List<Values> slots = new ArrayList<>();
        for (int slot = 0; slot < rate.calls(); slot++) {
            slots.add(Values.of("gate", values.get("gate")).with("slot", slot));
        }
        session.batch(
                "insert into lead_outbox_permit (gate, slot, free_at, token) values (:gate, :slot, 0, 0) on conflict do"
                        + " nothing",
                slots);
        return true;
    }

    private static Permit refused(Session session, String gate, Values values) throws SQLException {
        long millis = session.number(NEXT, values);
        return new Permit(gate, -1, 0, Duration.ofMillis(Math.max(1, millis)));
    }

    void giveBack(Permit permit, Limits.Rate rate) {
        if (permit.slot() >= 0) {
            Values values = Values.of("gate", permit.gate())
                    .with("slot", permit.slot())
                    .with("token", permit.token())
                    .with("window", rate.per().toMillis());
            store.database.write(session -> session.update(GIVE_BACK, values));
        }
    }
}
