package io.leaddispatch.testkit.chaos;

import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ReceivedRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Takes {@value #CALLS} calls in each {@value #WINDOW_MILLIS} ms and refuses the rest with the time to wait. Knows a lead
 * again by its id and stores it once; every {@value #LOST}th answer is lost after the leads are stored.
 */
final class ThrottlingVendor implements Function<ReceivedRequest, Answer> {
    private static final int CALLS = 10;
    private static final int WINDOW_MILLIS = 50;
    private static final int LOST = 12;

    private final ChaosRecord.Writer record;
    private final Set<String> known = new HashSet<>();
    private long window;
    private int callsInWindow;
    private int taken;

    ThrottlingVendor(ChaosRecord.Writer record) {
        this.record = record;
    }

    @Override
    public synchronized Answer apply(ReceivedRequest request) {
        long millis = System.nanoTime() / 1_000_000;
        if (millis / WINDOW_MILLIS != window) {
            window = millis / WINDOW_MILLIS;
            callsInWindow = 0;
        }
        if (++callsInWindow > CALLS) {
            return Answer.of(429).with(ChaosCall.WAIT_MILLIS, "" + (WINDOW_MILLIS - millis % WINDOW_MILLIS));
        }
        ChaosCall call = ChaosCall.of(request);
        List<String> fresh = new ArrayList<>();
        call.leads().stream()
                .filter(lead -> known.add(call.round() + " " + lead))
                .forEach(fresh::add);
        record.stored(call.round(), fresh);
        return ++taken % LOST == 0
                ? Answer.fault(Answer.Fault.CLOSED_AFTER_STORING)
                : call.answer(lead -> fresh.contains(lead) ? ChaosCall.STORED : ChaosCall.KNOWN);
    }
}
