package io.leaddispatch.testkit.contract;

import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.spi.DeliveryResult.Retry;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Answer.Fault;
import java.time.Duration;
import java.util.List;

/** Answers that are late, broken, lost, or no answers. */
final class FaultChecks {
    private static final Duration AMPLE = Duration.ofSeconds(20);

    private FaultChecks() {}

    static void away(Bench bench) throws Exception {
        bench.server.server().close();
        List<DeliveryResult> results = bench.deliver(bench.fullCall(), AMPLE);
        Rule.holds(
                !results.isEmpty() && results.stream().allMatch(r -> r instanceof Retry || r instanceof Pause),
                "where nobody listens nothing was sent: Retry, or a Pause",
                results);
    }

    static void serverError(Bench bench) throws Exception {
        bench.server.next(Move.SERVER_ERROR);
        List<DeliveryResult> results = bench.deliver(bench.fullCall());
        Rule.holds(
                results.stream().noneMatch(r -> r instanceof Rejected || r instanceof Delivered),
                "HTTP 503 neither rejects nor delivers",
                results);
    }

    static void slow(Bench bench) throws Exception {
        bench.server.next(Move.stored(answer -> answer.after(Duration.ofMillis(500))));
        bench.delivered(bench.fullCall(), "a slow answer within the deadline is Delivered");
    }

    static void silent(Bench bench) throws Exception {
        bench.warmUp();
        lost(bench, Move.stored(Fault.SILENT), bench.brief, false, "no answer");
    }

    static void stalled(Bench bench) throws Exception {
        bench.warmUp();
        lost(
                bench,
                Move.stored(Fault.STALLED_BODY),
                bench.brief,
                bench.vendor.needsNoBody(),
                "half an answer, then nothing");
    }

    static void truncated(Bench bench) throws Exception {
        lost(bench, Move.stored(Fault.TRUNCATED_BODY), bench.vendor.needsNoBody(), "half an answer, then the end");
    }

    static void huge(Bench bench) throws Exception {
        lost(bench, Move.stored(Fault.HUGE_BODY), bench.vendor.needsNoBody(), "250 MB instead of an answer");
        long read = bench.server.server().hugeBytesTaken();
        Rule.holds(read < 64_000_000, "at most 64 MB of a huge answer are read", read + " bytes");
    }

    static void page(Bench bench) throws Exception {
        for (String body : List.of("<html><body>Sign in</body></html>", "{\"half\":[{\"an", "[]", "null", "")) {
            Move move = Move.stored(answer -> new Answer(
                    answer.status() == 204 ? 200 : answer.status(), answer.headers(), body, Fault.NONE, Duration.ZERO));
            lost(bench, move, bench.vendor.needsNoBody(), "a body that is no answer: '" + body + "'");
        }
    }

    static void notHttp(Bench bench) throws Exception {
        lost(bench, Move.stored(Fault.NOT_HTTP), false, "what is not HTTP");
    }

    static void before(Bench bench) throws Exception {
        lost(bench, Move.LOST_BEFORE, false, "a connection closed before storing");
        lost(bench, Move.RESET_BEFORE, false, "a connection reset before storing");
    }

    static void after(Bench bench) throws Exception {
        lost(bench, Move.stored(Fault.CLOSED_AFTER_STORING), false, "a connection closed after storing");
        lost(bench, Move.stored(Fault.RESET_AFTER_STORING), false, "a connection reset after storing");
    }

    private static void lost(Bench bench, Move move, boolean mayBeDelivered, String what) throws Exception {
        lost(bench, move, AMPLE, mayBeDelivered, what);
    }

    private static void lost(Bench bench, Move move, Duration within, boolean mayBeDelivered, String what)
            throws Exception {
        int before = bench.server.writes().size();
        bench.server.next(move);
        List<DeliveryResult> results = bench.deliver(bench.fullCall(), within);
        boolean delivered = results.stream().allMatch(Delivered.class::isInstance);
        if (!mayBeDelivered || !delivered) {
            bench.unsure(results, what);
        }
        Rule.same(before + 1, bench.server.writes().size(), what + ": the destination does not repeat by itself");
    }
}
