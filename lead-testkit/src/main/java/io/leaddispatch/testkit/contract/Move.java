package io.leaddispatch.testkit.contract;

import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Answer.Fault;
import io.leaddispatch.testkit.Vendor;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * What the vendor's server does with one write.
 *
 * @param stores whether the leads of it are stored
 */
record Move(boolean stores, Answering answering) {
    /** Makes the answer. */
    @FunctionalInterface
    interface Answering {
        Answer answer(Vendor vendor, Vendor.Write write);
    }

    static final Move NORMAL = new Move(true, Vendor::answer);
    static final Move REFUSED = new Move(false, (vendor, write) -> vendor.refusedCredentials(write.request()));
    static final Move SERVER_ERROR = new Move(false, (vendor, write) -> Answer.of(503));
    static final Move LOST_BEFORE = new Move(false, (vendor, write) -> Answer.fault(Fault.CLOSED_BEFORE_STORING));
    static final Move RESET_BEFORE = new Move(false, (vendor, write) -> Answer.fault(Fault.RESET_BEFORE_STORING));

    static Move throttled(Duration retryAfter) {
        return new Move(false, (vendor, write) -> vendor.throttled(retryAfter));
    }

    /** Stored, and the answer comes with that fault. */
    static Move stored(Fault fault) {
        return stored(answer -> answer.with(fault));
    }

    /** Stored, and the answer is changed on its way. */
    static Move stored(UnaryOperator<Answer> change) {
        return new Move(true, (vendor, write) -> change.apply(vendor.answer(write)));
    }
}
