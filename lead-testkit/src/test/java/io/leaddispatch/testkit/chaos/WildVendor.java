package io.leaddispatch.testkit.chaos;

import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Answer.Fault;
import io.leaddispatch.testkit.ReceivedRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Fails in every way there is, at random, and does not know a lead again: what comes twice is stored twice. Late in each
 * round it refuses the caller's credentials a few times.
 */
final class WildVendor implements Function<ReceivedRequest, Answer> {
    private static final int REFUSALS = 3;

    private final ChaosRecord.Writer record;
    private final Random random;
    private String round = "";
    private int calls;
    private int refusals;

    WildVendor(ChaosRecord.Writer record, long seed) {
        this.record = record;
        this.random = new Random(seed);
    }

    @Override
    public Answer apply(ReceivedRequest request) {
        ChaosCall call = ChaosCall.of(request);
        if (refuses(call)) {
            return Answer.of(401);
        }
        int what = next(100);
        return switch (what < 64 ? 0 : what) {
            case 64, 65, 66 -> Answer.of(503);
            case 67, 68, 69 -> Answer.of(413);
            case 70, 71 -> Answer.of(429).with(ChaosCall.WAIT_MILLIS, "" + (1 + next(20)));
            case 72, 73, 74 -> Answer.fault(Fault.CLOSED_BEFORE_STORING);
            case 75, 76, 77 -> stored(call, Fault.CLOSED_AFTER_STORING);
            case 78, 79, 80 -> stored(call, Fault.RESET_AFTER_STORING);
            case 81, 82 -> stored(call, Fault.SILENT);
            case 83 -> Answer.fault(Fault.SILENT);
            case 84, 85 -> stored(call, Fault.STALLED_BODY);
            case 86, 87 -> stored(call, Fault.TRUNCATED_BODY);
            case 88 -> stored(call, Fault.HUGE_BODY);
            case 89, 90 -> stored(call, Fault.NOT_HTTP);
            case 91, 92 -> malformed(call);
            case 93, 94, 95 -> late(call);
            default -> leadByLead(call);
        };
    }

    private synchronized boolean refuses(ChaosCall call) {
        if (!call.round().equals(round)) {
            round = call.round();
            calls = 0;
            refusals = 0;
        }
        calls++;
        return calls > call.refuseAfter() && refusals++ < REFUSALS;
    }

    private synchronized int next(int bound) {
        return random.nextInt(bound);
    }

    private Answer stored(ChaosCall call, Fault fault) {
        record.stored(call.round(), call.leads());
        return Answer.fault(fault);
    }

    private Answer malformed(ChaosCall call) {
        record.stored(call.round(), call.leads());
        return Answer.of(200).with("what is this\n".repeat(call.leads().size()));
    }

    private Answer late(ChaosCall call) {
        LockSupport.parkNanos(20_000_000L + next(60) * 1_000_000L);
        return leadByLead(call);
    }

    private Answer leadByLead(ChaosCall call) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String lead : call.leads()) {
            int what = next(100);
            words.put(lead, what < 3 ? ChaosCall.BAD : what < 6 ? ChaosCall.BUSY : ChaosCall.STORED);
        }
        List<String> stored = new ArrayList<>(words.keySet());
        stored.removeIf(lead -> !ChaosCall.STORED.equals(words.get(lead)));
        record.stored(call.round(), stored);
        return call.answer(words::get);
    }
}
