package io.leaddispatch.outbox;

import io.leaddispatch.Category;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.spi.LeadQueue.Settlement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ends leases in one transaction. The row count is the fence: a row whose token has changed belongs to somebody else. */
final class Settling {
    /** By the id alone: the plus keeps the planner from reading all open rows by the partial index. */
    private static final String OURS = " where id = :id and token = :token and state + 0 = 0 and leased_until > 0";

    private static final String FREE = "leased_until = 0, owner = null, started = 0, token = token + 1";

    private static final String DELIVERED = "update lead_outbox set state = :state, leased_until = 0, busy_key = null,"
            + " owner = null, attempts = attempts + 1, confirmation = :confirmation, record_id = :record,"
            + " notes = :notes, code = null, category = null, cause = null, remedy = null, vendor_code = null,"
            + " records = null, changed_at = {clock}" + OURS;
    private static final String DELIVERED_AND_STRIPPED =
            DELIVERED.replace("notes = :notes", "notes = :notes, payload = null");
    private static final String DELIVERED_AND_GONE = "delete from lead_outbox" + OURS;

    private static final String LATER = "update lead_outbox set " + FREE + ", due_at = {clock} + :delay,"
            + " busy_key = case when :hold = 1 then serial_key else null end,"
            + " attempts = attempts + :attempt, may_exist = case when :mayExist = 1 then 1 else may_exist end, "
            + StoredProblem.SET + ", changed_at = {clock}" + OURS;
    private static final String DEAD =
            "update lead_outbox set state = 2, " + FREE + ", busy_key = null, attempts = attempts + 1,"
                    + " rejected = :rejected, may_exist = case when :mayExist = 1 then 1 else may_exist end, "
                    + StoredProblem.SET + ", changed_at = {clock}" + OURS;
    private static final String RELEASED =
            "update lead_outbox set " + FREE + ", busy_key = null, claims = claims - 1" + OURS;

    private static final String ATTEMPT = "insert into lead_outbox_attempt (outbox_id, attempt, at, code, cause,"
            + " vendor_code) select :id, :number, {clock}, :code, :cause, :vendorCode where true";

    private static final String NO_ATTEMPTS = "delete from lead_outbox_attempt where outbox_id = :id";

    private static final String BEGIN = "update lead_outbox set started = 1" + OURS;

    private static final String RENEW = "update lead_outbox set leased_until = {clock} + :lease" + OURS;

    private final Store store;
    private final String delivered;
    private final int deliveredState;

    Settling(Store store) {
        this.store = store;
        boolean gone = isAtOnce(store.keepIds);
        boolean stripped = isAtOnce(store.keepContent);
        this.delivered = gone ? DELIVERED_AND_GONE : stripped ? DELIVERED_AND_STRIPPED : DELIVERED;
        this.deliveredState = stripped ? State.STRIPPED : State.DELIVERED;
    }

    static boolean isAtOnce(Duration kept) {
        return kept.compareTo(Duration.ofSeconds(1)) < 0;
    }

    int settle(List<Settlement> settlements) {
        Map<String, List<Settlement>> byStatement = new LinkedHashMap<>();
        settlements.stream()
                .sorted(Comparator.comparingLong(
                        settlement -> settlement.claim().id()))
                .forEach(settlement -> byStatement
                        .computeIfAbsent(statement(settlement), text -> new ArrayList<>())
                        .add(settlement));
        Database.Work<Integer> work = session -> {
            int ours = 0;
            for (Map.Entry<String, List<Settlement>> group : byStatement.entrySet()) {
                ours += settle(session, group.getKey(), group.getValue());
            }
            return ours;
        };
        boolean oneStatement = byStatement.size() == 1
                && !byStatement.containsKey(DELIVERED_AND_GONE)
                && settlements.stream().allMatch(one -> problem(one) == null);
        return oneStatement ? store.database.writeOne(work) : store.database.write(work);
    }

    private int settle(Session session, String statement, List<Settlement> group) throws SQLException {
        List<Values> all = group.stream().map(this::values).toList();
        boolean gone = statement.equals(DELIVERED_AND_GONE);
        if (!gone && group.stream().allMatch(settlement -> problem(settlement) == null)) {
            return session.each(statement, all);
        }
        Set<Long> ours = session.touched(statement, all);
        if (gone) {
            session.each(
                    NO_ATTEMPTS, ours.stream().map(id -> Values.of("id", id)).toList());
            return ours.size();
        }
        List<Values> failures = new ArrayList<>(ours.size());
        for (Settlement settlement : group) {
            Problem problem = problem(settlement);
            Claim claim = settlement.claim();
            if (problem != null && ours.contains(claim.id())) {
                Values values = Values.of("id", claim.id()).with("number", claim.attempts() + 1);
                failures.add(StoredProblem.write(values, problem));
            }
        }
        session.each(ATTEMPT, failures);
        return ours.size();
    }

    private String statement(Settlement settlement) {
        if (settlement instanceof Settlement.Done) {
            return delivered;
        }
        if (settlement instanceof Settlement.Later) {
            return LATER;
        }
        return settlement instanceof Settlement.Dead ? DEAD : RELEASED;
    }

    /** What the destination said against the lead, for its history; null if it said nothing. */
    private static @org.jspecify.annotations.Nullable Problem problem(Settlement settlement) {
        if (settlement instanceof Settlement.Later later) {
            return later.countAttempt() ? later.problem() : null;
        }
        return settlement instanceof Settlement.Dead dead ? dead.problem() : null;
    }

    private Values values(Settlement settlement) {
        Values values = ours(settlement.claim());
        if (settlement instanceof Settlement.Done done) {
            DeliveryResult.Delivered result = done.result();
            return values.with("state", deliveredState)
                    .with("confirmation", result.confirmation().name())
                    .with("record", StoredProblem.cut(result.recordId()))
                    .with("notes", StoredProblem.Lines.join(result.notes()));
        }
        if (settlement instanceof Settlement.Later later) {
            values.with("delay", store.millisUntil(later.at()))
                    .with("attempt", later.countAttempt())
                    .with("hold", later.holdKey())
                    .with("mayExist", later.problem().category() == Category.OUTCOME_UNKNOWN);
            return StoredProblem.write(values, later.problem());
        }
        if (settlement instanceof Settlement.Dead dead) {
            values.with("rejected", dead.rejected()).with("mayExist", dead.mayExist());
            return StoredProblem.write(values, dead.problem());
        }
        return values;
    }

    int begin(List<Claim> claims) {
        List<Values> all = claims.stream()
                .sorted(Comparator.comparingLong(Claim::id))
                .map(Settling::ours)
                .toList();
        return store.database.writeOne(session -> session.each(BEGIN, all));
    }

    int renew(List<Claim> claims, Duration lease) {
        List<Values> all = claims.stream()
                .sorted(Comparator.comparingLong(Claim::id))
                .map(claim -> ours(claim).with("lease", lease.toMillis()))
                .toList();
        return store.database.writeOne(session -> session.each(RENEW, all));
    }

    private static Values ours(Claim claim) {
        return Values.of("id", claim.id()).with("token", claim.token());
    }
}
