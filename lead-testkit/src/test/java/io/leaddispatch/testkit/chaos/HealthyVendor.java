package io.leaddispatch.testkit.chaos;

import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ReceivedRequest;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Stores everything and answers after 5 ms. */
record HealthyVendor(ChaosRecord.Writer record) implements Function<ReceivedRequest, Answer> {
    private static final long DELAY_NANOS = 5_000_000;

    @Override
    public Answer apply(ReceivedRequest request) {
        ChaosCall call = ChaosCall.of(request);
        record.stored(call.round(), call.leads());
        long end = System.nanoTime() + DELAY_NANOS;
        for (long left = DELAY_NANOS; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return call.answer(lead -> ChaosCall.STORED);
    }
}
