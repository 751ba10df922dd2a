package io.leaddispatch.marketo;

import io.leaddispatch.Problem;
import io.leaddispatch.http.AddressFailures;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens in a row: that tells a form that lacks a field from a bad lead, and a wrong address from passing
 * trouble. What is wrong with the destination must not cost leads. Safe for use by many threads.
 */
final class Streaks {
    private final int mostSkips;
    private final AtomicInteger skips = new AtomicInteger();
    private final AddressFailures addresses = new AddressFailures();

    /** @param mostSkips 0 for any number */
    Streaks(int mostSkips) {
        this.mostSkips = mostSkips;
    }

    /**
     * The result of a form submission, or that the form is held instead of refusing yet another lead. A bad value is not
     * counted: it says nothing of the form.
     */
    DeliveryResult submitted(DeliveryResult result) {
        if (result instanceof DeliveryResult.Delivered) {
            end(skips);
        } else if (result instanceof DeliveryResult.Rejected rejected
                && !rejected.problem().code().equals(MarketoProblems.BAD_VALUE.code())
                && mostSkips > 0
                && skips.incrementAndGet() > mostSkips) {
            Problem held = MarketoProblems.FORM_SKIPS_LEADS
                    .problem()
                    .withVendorCode(rejected.problem().vendorCode());
            return new DeliveryResult.Pause(held, null);
        }
        return result;
    }

    /** A call begins: {@link #exchanged} takes back what this says. */
    int begun() {
        return addresses.begun();
    }

    /**
     * That the destination is held since its address must be wrong, or null.
     *
     * @param begun what {@link #begun} said at the beginning
     * @param failure why there was no answer, or null
     */
    DeliveryResult.@Nullable Pause exchanged(int begun, @Nullable TransportException failure) {
        if (failure == null) {
            addresses.answered();
            return null;
        }
        return addresses.isWrong(begun, failure)
                ? new DeliveryResult.Pause(MarketoProblems.WRONG_ADDRESS.problem(failure.describe()), null)
                : null;
    }

    /** Mostly there is nothing to end, and many threads share the line of memory. */
    private static void end(AtomicInteger streak) {
        if (streak.get() != 0) {
            streak.set(0);
        }
    }
}
