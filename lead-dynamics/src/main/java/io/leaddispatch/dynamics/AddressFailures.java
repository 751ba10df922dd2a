package io.leaddispatch.dynamics;

import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;

/**
 * Tells a wrong address from passing trouble: a host that is unknown, or shows no certificate that we trust, several times
 * in a row. Calls that fail together are one failure, since a hold ends what waits in memory; connections that are refused
 * or do not come about pass by themselves. Safe for use by many threads.
 */
final class AddressFailures {
    private static final int MOST = 3;

    private int inARow;
    private int counted;

    /** Failures counted so far; to be asked before a call. */
    synchronized int counted() {
        return counted;
    }

    /** Something answered there. */
    synchronized void answered() {
        inARow = 0;
    }

    /**
     * What follows from this failure: a retry, or that the destination is held since its address must be wrong.
     *
     * @param before the failures counted when the call began
     */
    synchronized DeliveryResult failed(TransportException failure, int before) {
        boolean address = switch (failure.kind()) {
            case UNKNOWN_HOST, TLS -> true;
            case REFUSED, CONNECT_TIMEOUT, UNFIT_CLIENT, TIMEOUT, BROKEN -> false;
        };
        if (address && before == counted) {
            counted++;
            inARow++;
        }
        return address && inARow >= MOST
                ? new DeliveryResult.Pause(DynamicsProblems.WRONG_ADDRESS.problem(failure.describe()), null)
                : DynamicsAnswers.read(failure);
    }
}
