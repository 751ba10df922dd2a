package io.leaddispatch.https;

import io.leaddispatch.http.AddressFailures;
import io.leaddispatch.http.TransportException.Kind;
import io.leaddispatch.spi.DeliveryResult;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what happens in a row: that tells a wrong endpoint from a bad lead or from passing trouble. What is wrong with
 * the endpoint must not cost leads. Safe for use by many threads.
 */
final class Streaks {
    private final int mostRefusals;
    private final AtomicInteger refusals = new AtomicInteger();
    private final AddressFailures addresses = new AddressFailures();

    /** @param mostRefusals 0 for any number */
    Streaks(int mostRefusals) {
        this.mostRefusals = mostRefusals;
    }

    /** The result of an answer, or that the endpoint is held instead of refusing yet another lead. */
    DeliveryResult answered(DeliveryResult result) {
        addresses.answered();
        if (result instanceof DeliveryResult.Delivered) {
            end(refusals);
        } else if (result instanceof DeliveryResult.Rejected rejected
                && mostRefusals > 0
                && refusals.incrementAndGet() > mostRefusals) {
            return new DeliveryResult.Pause(
                    HttpsProblems.REFUSES_LEADS
                            .problem()
                            .withVendorCode(rejected.problem().vendorCode()),
                    null);
        }
        return result;
    }

    /** A call begins: {@link #failed} takes back what this says. */
    int begun() {
        return addresses.begun();
    }

    /** The result of an exchange without an answer, or that the endpoint is held since its address must be wrong. */
    DeliveryResult failed(int begun, Kind kind, DeliveryResult result) {
        return addresses.isWrong(begun, kind)
                ? new DeliveryResult.Pause(
                        HttpsProblems.WRONG_ADDRESS.problem(kind == Kind.TLS ? "TLS" : "no address"), null)
                : result;
    }

    /** Mostly there is nothing to end, and many threads share the line of memory. */
    private static void end(AtomicInteger streak) {
        if (streak.get() != 0) {
            streak.set(0);
        }
    }
}
