package io.leaddispatch.salesforce;

import io.leaddispatch.Problem;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What we know of the org's Lead object: asked for once, by the first call that needs it, one request at a time; lengths
 * that answers teach are kept. Safe for use by many threads.
 */
final class Schema {
    private final Session session;
    private final RestCalls calls;
    private final boolean ask;
    private final CallFaults faults;
    private final Function<LeadFields, @Nullable Problem> fault;
    private final Consumer<LeadFields> found;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable LeadFields known;

    /**
     * @param ask whether deliveries ask the org
     * @param fault why leads cannot be written with these fields, or null
     * @param found hears of each description that deliveries take
     */
    Schema(
            Session session,
            RestCalls calls,
            boolean ask,
            CallFaults faults,
            Function<LeadFields, @Nullable Problem> fault,
            Consumer<LeadFields> found,
            Clock clock) {
        this.session = session;
        this.calls = calls;
        this.ask = ask;
        this.faults = faults;
        this.fault = fault;
        this.found = found;
        this.clock = clock;
        this.known = ask ? null : LeadFields.STANDARD;
    }

    /**
     * The fields, asked for if nobody did yet.
     *
     * @throws NotWrittenException if they cannot be had now, or the mapping does not fit them
     */
    LeadFields get(Instant deadline) throws IOException, InterruptedException {
        LeadFields now = known;
        return now != null ? now : first(deadline);
    }

    private LeadFields first(Instant deadline) throws IOException, InterruptedException {
        long wait = Math.max(0, Duration.between(clock.instant(), deadline).toMillis());
        if (!asking.tryLock(wait, TimeUnit.MILLISECONDS)) {
            throw new NotWrittenException(new DeliveryResult.Retry(
                    SalesforceProblems.BUSY.problem("the fields of Lead did not come in time"), null));
        }
        try {
            LeadFields meanwhile = known;
            if (meanwhile != null) {
                return meanwhile;
            }
            LeadFields fields = describe(deadline);
            Problem problem = fault.apply(fields);
            if (problem != null) { // not kept: once it is mended the next probe asks again
                throw new NotWrittenException(new DeliveryResult.Pause(problem, null));
            }
            known = fields;
            found.accept(fields);
            return fields;
        } finally {
            asking.unlock();
        }
    }

    /** Why leads cannot be written with these fields, or null if they can. */
    @Nullable Problem faultOf(LeadFields fields) {
        return fault.apply(fields);
    }

    /** Asks the org, whatever is known. */
    LeadFields describe(Instant deadline) throws IOException, InterruptedException {
        HttpAnswer answer = answer(server -> calls.describe(server), deadline);
        int misrouted = session.misroutedBefore(answer);
        LeadFields fields = answer.isSuccess() ? LeadFields.parse(Json.tree(answer), calls.keyField() != null) : null;
        if (fields != null) {
            return fields;
        }
        throw new NotWrittenException(
                answer.isSuccess()
                        ? new DeliveryResult.Retry(SalesforceProblems.BUSY.problem("no description of Lead came"), null)
                        : faults.ofRead(answer, SalesforceError.first(Json.tree(answer)), misrouted));
    }

    /** Reading writes nothing: without an answer it is tried again. */
    private HttpAnswer answer(Session.At call, Instant deadline) throws IOException, InterruptedException {
        try {
            return session.exchange(call, deadline);
        } catch (TransportException e) {
            throw new NotWrittenException(
                    e.kind() == TransportException.Kind.UNFIT_CLIENT
                            ? CallFaults.of(e, true)
                            : new DeliveryResult.Retry(SalesforceProblems.UNREACHABLE.problem(e.describe()), null));
        }
    }

    /** Fields are shorter than we thought. */
    synchronized void learn(Map<String, Integer> lengths) {
        LeadFields fields = known;
        if (fields == null) {
            return;
        }
        for (Map.Entry<String, Integer> length : lengths.entrySet()) {
            fields = fields.withLength(length.getKey(), length.getValue());
        }
        known = fields;
    }

    /** The org says that a field is not as we were told: the next call asks again. */
    synchronized void forget() {
        if (ask) {
            known = null;
        }
    }
}
