package io.leaddispatch.internal.engine;

import io.leaddispatch.Category;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LaneOptions;
import io.leaddispatch.LaneOptions.OnUnknown;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows for one delivery from what the destination said of it. Pure: no state, no clock. */
sealed interface Ruling {
    /** It ends like this. */
    record End(Outcome outcome) implements Ruling {}

    /** It is tried again, not before that time, and has cost an attempt if it counts. */
    record Later(Problem problem, Instant at, boolean holdKey, boolean counts) implements Ruling {}

    /** It waits for the end of the pause that it has brought about; no attempt spent. */
    record Wait(Problem problem) implements Ruling {}

    /** It goes out again at once, in a smaller call; no attempt spent. */
    record Again(Problem problem) implements Ruling {}

    /**
     * What a delivery brings with it.
     *
     * @param outage whether the destination answers nobody, and the lead is stored for longer than that may last: then
     *     it is not the lead's fault, and costs it nothing but time
     */
    record Case(
            DeliveryResult result,
            int attemptsBefore,
            boolean mayExist,
            boolean aloneAndRepeated,
            boolean outage,
            List<String> notes,
            Instant now,
            Instant expires) {}

    static Ruling of(Case c, LaneOptions options, Backoff backoff) {
        int attempts = c.attemptsBefore + 1;
        if (c.result instanceof DeliveryResult.Delivered d) {
            return new End(new Outcome.Delivered(d.confirmation(), d.recordId(), join(c.notes, d.notes()), attempts));
        }
        if (c.result instanceof DeliveryResult.Rejected r) {
            return new End(new Outcome.Rejected(r.problem(), attempts));
        }
        if (c.result instanceof DeliveryResult.Retry r) {
            return retry(c, r.problem(), r.notBefore(), options, backoff);
        }
        if (c.result instanceof DeliveryResult.Pause p) {
            return new Wait(p.problem());
        }
        if (c.result instanceof DeliveryResult.NotExecuted n) {
            return c.aloneAndRepeated ? retry(c, n.problem(), null, options, backoff) : new Again(n.problem());
        }
        DeliveryResult.Unknown unknown = (DeliveryResult.Unknown) c.result;
        return options.onUnknown() == OnUnknown.RESEND
                ? retry(c, unknown.problem(), null, options, backoff)
                : new End(new Outcome.Undelivered(unknown.problem(), attempts, true));
    }

    private static Ruling retry(
            Case c, Problem problem, @Nullable Instant notBefore, LaneOptions options, Backoff backoff) {
        int attempts = c.attemptsBefore + 1;
        boolean mayExist = c.mayExist || leavesTraces(c.result);
        if (attempts >= options.attempts() && !c.outage) {
            return new End(new Outcome.Undelivered(problem, attempts, mayExist));
        }
        Instant at = c.now.plusNanos(backoff.jittered(attempts));
        if (notBefore != null && notBefore.isAfter(at)) {
            at = notBefore;
        }
        return at.isBefore(c.expires)
                ? new Later(problem, at, notBefore != null, !c.outage)
                : new End(new Outcome.Undelivered(problem, attempts, mayExist));
    }

    /** Whether the lead may be at the destination although the result is no success. */
    static boolean leavesTraces(DeliveryResult result) {
        return result instanceof DeliveryResult.Unknown
                || result instanceof DeliveryResult.Retry retry
                        && retry.problem().category() == Category.OUTCOME_UNKNOWN;
    }

    private static List<String> join(List<String> first, List<String> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() ? second : first;
        }
        List<String> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
