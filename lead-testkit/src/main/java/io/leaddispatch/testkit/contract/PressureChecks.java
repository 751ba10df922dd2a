package io.leaddispatch.testkit.contract;

import io.leaddispatch.Category;
import io.leaddispatch.Lead;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Retry;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Answer.Fault;
import io.leaddispatch.testkit.Leads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Throttling, refused credentials, tokens. */
final class PressureChecks {
    private static final Duration DAY = Duration.ofDays(1);
    /** What a destination may add to the vendor's time, for clocks that differ or so that not all come back at once. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private PressureChecks() {}

    static void throttled(Bench bench) throws Exception {
        List<Lead> leads = bench.fullCall();
        bench.server.next(Move.throttled(Duration.ofSeconds(7)));
        List<DeliveryResult> results = bench.deliver(leads);
        Rule.same(leads.size(), results.size(), "there is exactly one result per lead");
        Instant now = bench.clock.instant();
        for (DeliveryResult result : results) {
            Rule.holds(
                    result instanceof Pause pause
                            && pause.until() != null
                            && pause.until().isAfter(now)
                            && !pause.until().isAfter(now.plus(DAY)),
                    "a throttled call is a Pause with an end within a day",
                    result);
            Rule.holds(Rule.is(result, Category.THROTTLED), "its problem is THROTTLED", result);
        }
        Rule.same(1, bench.server.writes().size(), "a throttled call is not repeated by the destination");
        bench.clock.pass(DAY);
        bench.delivered(leads, "after the pause the leads are Delivered");
    }

    static void retryAfter(Bench bench) throws Exception {
        for (int seconds : new int[] {7, 130}) {
            bench.server.next(Move.throttled(Duration.ofSeconds(seconds)));
            DeliveryResult result = bench.deliver(Leads.ada()).get(0);
            Instant wanted = bench.clock.instant().plusSeconds(seconds);
            Rule.holds(
                    result instanceof Pause pause
                            && pause.until() != null
                            && !pause.until().isBefore(wanted)
                            && !pause.until().isAfter(wanted.plus(GRACE)),
                    "the pause ends when the vendor says, " + seconds + " s from now, at " + wanted,
                    result);
            bench.clock.pass(DAY);
        }
    }

    static void refused(Bench bench) throws Exception {
        bench.server.always(Move.REFUSED);
        List<Lead> leads = bench.fullCall();
        List<DeliveryResult> results = bench.deliver(leads);
        Rule.same(leads.size(), results.size(), "there is exactly one result per lead");
        for (DeliveryResult result : results) {
            Rule.holds(
                    result instanceof Pause pause
                            && pause.until() == null
                            && Rule.is(result, Category.AUTH, Category.CONFIG),
                    "refused credentials are a Pause without an end, AUTH or CONFIG",
                    result);
        }
        Rule.holds(
                bench.server.writes().size() <= 2 && bench.server.tokens() <= 2,
                "refused credentials are renewed and tried once more at most",
                bench.server.writes().size() + " writes, " + bench.server.tokens() + " tokens");
        bench.server.always(Move.NORMAL);
        bench.clock.pass(Duration.ofMinutes(2));
        bench.delivered(leads, "when the credentials are good again the leads are Delivered");
    }

    static void expired(Bench bench) throws Exception {
        bench.delivered(List.of(Leads.ada()), "a lead with the first token is Delivered");
        int tokens = bench.server.tokens();
        int writes = bench.server.writes().size();
        Rule.holds(tokens == 1, "the first deliver fetches one token (see Vendor.kind)", tokens);
        bench.clock.pass(Duration.ofSeconds(30));
        bench.server.next(Move.REFUSED);
        bench.delivered(bench.fullCall(), "when the token expires in between, the leads are Delivered with a new one");
        Rule.same(tokens + 1, bench.server.tokens(), "an expired token is replaced by one new one");
        Rule.same(writes + 2, bench.server.writes().size(), "the refused write is repeated once");
    }

    static void oneToken(Bench bench) throws Exception {
        List<Running> calls = new ArrayList<>();
        for (Lead lead : bench.leads(8)) {
            calls.add(bench.start(List.of(lead), Duration.ofSeconds(20), false));
        }
        for (Running call : calls) {
            Rule.all(Delivered.class, call.await(bench.patience.plusSeconds(20)), "calls at once are Delivered");
        }
        Rule.same(1, bench.server.tokens(), "calls that begin at once share one token");
    }

    static void silentToken(Bench bench) throws Exception {
        bench.server.answerTokens(Answer.fault(Fault.SILENT));
        List<DeliveryResult> results = bench.deliver(bench.fullCall(), bench.brief);
        Rule.holds(bench.server.tokens() > 0, "the first deliver fetches a token (see Vendor.kind)", "none");
        Rule.same(0, bench.server.writes().size(), "without a token nothing is written");
        Rule.holds(
                !results.isEmpty() && results.stream().allMatch(r -> r instanceof Retry || r instanceof Pause),
                "without a token nothing was sent: Retry, or a Pause",
                results);
    }
}
