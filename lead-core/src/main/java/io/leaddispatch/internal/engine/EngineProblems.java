package io.leaddispatch.internal.engine;

import static io.leaddispatch.Category.CONFIG;
import static io.leaddispatch.Category.INTERNAL;
import static io.leaddispatch.Category.OUTCOME_UNKNOWN;
import static io.leaddispatch.Category.THROTTLED;
import static io.leaddispatch.Category.TRANSIENT;

import io.leaddispatch.ProblemType;
import java.util.List;

/** What the engine itself has to say about a delivery. */
public final class EngineProblems {
    /** No room in the lane. */
    public static final ProblemType LANE_FULL = new ProblemType(
            "lane.full",
            TRANSIENT,
            "as many leads as allowed already wait for this destination",
            "Send it again later. If that happens often, raise queue, wait longer (patience), or use an outbox.");
    /** Patience ended before the first attempt. */
    public static final ProblemType PATIENCE_ENDED = new ProblemType(
            "lane.patience-ended",
            TRANSIENT,
            "the time for this lead ended before it could be sent",
            "Send it again. If that happens often, the destination is slower than the leads come: raise patience or"
                    + " concurrency, or use an outbox.");
    /** Every call hangs. */
    public static final ProblemType LANE_STUCK = new ProblemType(
            "lane.stuck",
            INTERNAL,
            "every call the destination may make hangs and does not heed its deadline",
            "The destination's code has to keep its deadline or heed interruption. Take a thread dump, mend it, and"
                    + " restart the process if the calls do not come back.");
    /** A call outlived its deadline. */
    public static final ProblemType CALL_TIMED_OUT = new ProblemType(
            "lane.call-timeout",
            OUTCOME_UNKNOWN,
            "the call did not end by its deadline and was given up",
            "Look at the destination before sending the lead again: it may be there. If calls are rightly slow, raise"
                    + " the destination's timeout.");
    /** A call was interrupted. */
    public static final ProblemType CALL_INTERRUPTED = new ProblemType(
            "lane.call-interrupted",
            OUTCOME_UNKNOWN,
            "the call was interrupted before its answer came",
            "Look at the destination before sending the lead again: it may be there.");
    /** The destination threw. */
    public static final ProblemType DESTINATION_THREW = new ProblemType(
            "lane.destination-threw",
            INTERNAL,
            "the destination's code threw an exception instead of answering",
            "Report it to the author of the destination, with the log at level DEBUG. Look at the destination before"
                    + " sending the lead again: it may be there.");
    /** The destination's answer does not fit. */
    public static final ProblemType WRONG_ANSWER = new ProblemType(
            "lane.wrong-answer",
            INTERNAL,
            "the destination's code did not give one result per lead",
            "Report it to the author of the destination. Look at the destination before sending the lead again: it may"
                    + " be there.");
    /** The queue does not answer. */
    public static final ProblemType QUEUE_FAILED = new ProblemType(
            "queue.failed",
            TRANSIENT,
            "the queue could not store or settle the lead",
            "Look at the outbox's database: is it running, is there room on its disk? What was stored before is safe"
                    + " and will be tried again.");
    /** The processes together have made as many calls as allowed. */
    public static final ProblemType SHARED_RATE = new ProblemType(
            "lane.shared-rate",
            THROTTLED,
            "all processes together have made as many calls as this destination allows for now",
            "Nothing: the leads wait in the outbox for their turn. If the backlog grows, ask the vendor for a higher"
                    + " limit.");
    /** Another process has paused the gate. */
    public static final ProblemType PAUSED_ELSEWHERE = new ProblemType(
            "lane.paused-elsewhere",
            TRANSIENT,
            "another process that shares the outbox has paused this destination",
            "Look at that process's log or at lead status: the reason stands there.");
    /** A process died while it was sending. */
    public static final ProblemType SENDER_DIED = new ProblemType(
            "lane.sender-died",
            OUTCOME_UNKNOWN,
            "the process that was sending the lead ended before it could store the answer",
            "Look at the destination before sending the lead again: it may be there. If doubles do no harm, set onUnknown"
                    + " to resend.");
    /** Cancelled by the caller. */
    public static final ProblemType CANCELLED = new ProblemType(
            "dispatcher.cancelled",
            TRANSIENT,
            "the caller cancelled the lead before it was sent",
            "Nothing, if that was meant; else send it again.");
    /** The caller was interrupted. */
    public static final ProblemType INTERRUPTED = new ProblemType(
            "dispatcher.interrupted",
            OUTCOME_UNKNOWN,
            "the caller was interrupted while the lead was on its way",
            "Look at the destination before sending the lead again: it may be there.");
    /** The dispatcher is closed. */
    public static final ProblemType CLOSED = new ProblemType(
            "dispatcher.closed",
            TRANSIENT,
            "the dispatcher is closed or was closed before the lead could be sent",
            "Send it again with a dispatcher that is open. To let more leads out at the end, raise closeWithin.");
    /** A host's rule threw. */
    public static final ProblemType RULE_FAILED = new ProblemType(
            "policy.rule-failed",
            INTERNAL,
            "a rule of the host threw an exception instead of answering, so the lead was kept back",
            "Mend the rule and send the lead again.");
    /** Code of the host or of a destination threw where nothing hangs on it. */
    public static final ProblemType FOREIGN_CODE = new ProblemType(
            "dispatcher.foreign-code",
            INTERNAL,
            "a listener, a gauge or a closing destination threw an exception, which no lead suffers from",
            "Mend the class that the log names: it missed an event, a number or its own clean-up.");
    /** No route. */
    public static final ProblemType UNROUTED = new ProblemType(
            "dispatcher.unrouted",
            CONFIG,
            "no route matches the lead, so no destination got it",
            "Add a route that matches, or a last route without conditions, and send the lead again.");

    /** The catalogue. */
    public static final List<ProblemType> ALL = List.of(
            LANE_FULL,
            PATIENCE_ENDED,
            LANE_STUCK,
            CALL_TIMED_OUT,
            CALL_INTERRUPTED,
            DESTINATION_THREW,
            WRONG_ANSWER,
            QUEUE_FAILED,
            SHARED_RATE,
            PAUSED_ELSEWHERE,
            SENDER_DIED,
            CANCELLED,
            INTERRUPTED,
            CLOSED,
            RULE_FAILED,
            FOREIGN_CODE,
            UNROUTED);

    private EngineProblems() {}
}
