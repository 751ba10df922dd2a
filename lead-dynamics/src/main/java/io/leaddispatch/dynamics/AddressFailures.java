package io.leaddispatch.dynamics;

import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells a wrong address from passing trouble: the same failure several times in a row. Safe for use by many threads. */
final class AddressFailures {
    private static final int MOST = 3;

    private final AtomicInteger inARow = new AtomicInteger();

    /** Something answered there. */
    void answered() {
        if (inARow.get() != 0) {
            inARow.set(0);
        }
    }

    /** What follows from this failure: a retry, or that the destination is held since its address must be wrong. */
    DeliveryResult failed(TransportException failure) {
        boolean address = switch (failure.kind()) {
            case UNKNOWN_HOST, TLS, REFUSED, CONNECT_TIMEOUT -> true;
            case UNFIT_CLIENT, TIMEOUT, BROKEN -> false;
        };
        return address && inARow.incrementAndGet() >= MOST
                ? new DeliveryResult.Pause(DynamicsProblems.WRONG_ADDRESS.problem(failure.describe()), null)
                : DynamicsAnswers.read(failure);
    }
}
