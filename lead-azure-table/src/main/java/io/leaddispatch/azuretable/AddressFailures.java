package io.leaddispatch.azuretable;

import io.leaddispatch.http.TransportException;
import io.leaddispatch.http.TransportException.Kind;
import io.leaddispatch.spi.DeliveryResult;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts in a row what tells a wrong address from passing trouble, so that it costs no lead. Safe for many threads. */
final class AddressFailures {
    private static final int MOST = 3;

    private final AtomicInteger inARow = new AtomicInteger();

    void answered() {
        if (inARow.get() != 0) {
            inARow.set(0);
        }
    }

    DeliveryResult failed(TransportException failure) {
        Kind kind = failure.kind();
        boolean address = kind == Kind.TLS || kind == Kind.UNKNOWN_HOST;
        return address && inARow.incrementAndGet() >= MOST
                ? new DeliveryResult.Pause(AzureTableProblems.WRONG_ADDRESS.problem(failure.describe()), null)
                : AzureTableAnswers.read(failure);
    }
}
