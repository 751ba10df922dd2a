package io.leaddispatch.testkit.contract;

import io.leaddispatch.Category;
import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.ProblemType;
import io.leaddispatch.TestLead;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.NotExecuted;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.spi.DeliveryResult.Unknown;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One result per lead, in order; what becomes of a bad one and of its neighbours. */
final class OutcomeChecks {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(7);

    private OutcomeChecks() {}

    static void one(Bench bench) throws Exception {
        bench.delivered(List.of(Leads.ada()), "a lead that the vendor stores is Delivered");
    }

    static void sparse(Bench bench) throws Exception {
        DeliveryResult result = bench.deliver(Leads.sparse()).get(0);
        Rule.holds(
                result instanceof Delivered || result instanceof Rejected,
                "a lead with nothing but an address is Delivered or Rejected",
                result);
    }

    static void full(Bench bench) throws Exception {
        List<Lead> leads = bench.fullCall();
        List<DeliveryResult> results = bench.deliver(leads);
        Rule.same(leads.size(), results.size(), "there is exactly one result per lead");
        Rule.all(Delivered.class, results, "a full call that the vendor stores is Delivered");
        Rule.same(leads.size(), bench.server.storedLeads(), "every lead of the call is there");
    }

    static void oneWrite(Bench bench) throws Exception {
        List<Lead> leads = bench.fullCall();
        bench.server.always(Move.SERVER_ERROR);
        bench.deliver(leads);
        Rule.same(1, bench.server.writes().size(), "a call that the vendor fails is not repeated by the destination");
        bench.server.always(Move.NORMAL);
        bench.deliver(leads);
        Rule.holds(bench.server.executed() <= 1, "one deliver executes at most one write", bench.server.executed());
    }

    /** Drives a destination through what may happen, and looks at what it says of it. */
    static void resultsFit(Bench bench) throws Exception {
        Set<String> catalogue =
                bench.provider.problems().stream().map(ProblemType::code).collect(Collectors.toSet());
        bench.server.refuse(Leads.grace());
        List<DeliveryResult> results = new ArrayList<>(bench.deliver(Leads.grace()));
        bench.server.next(Move.throttled(RETRY_AFTER));
        results.addAll(bench.deliver(Leads.ada()));
        bench.clock.pass(RETRY_AFTER.plusSeconds(60));
        for (Move move : List.of(Move.SERVER_ERROR, Move.LOST_BEFORE, Move.stored(Answer.Fault.CLOSED_AFTER_STORING))) {
            bench.server.next(move);
            results.addAll(bench.deliver(Leads.ada()));
        }
        for (DeliveryResult result : results) {
            Problem problem = Rule.problem(result);
            if (problem != null) {
                Rule.holds(
                        catalogue.contains(problem.code()),
                        "every problem is in the provider's catalogue",
                        problem.code());
                fits(result);
            }
        }
    }

    private static void fits(DeliveryResult result) {
        if (result instanceof Rejected) {
            Rule.holds(
                    Rule.is(result, Category.INVALID_LEAD, Category.DUPLICATE),
                    "only what is wrong with the lead itself is Rejected",
                    result);
        }
        if (result instanceof Unknown) {
            Rule.holds(Rule.is(result, Category.OUTCOME_UNKNOWN), "Unknown has an OUTCOME_UNKNOWN problem", result);
        }
        if (result instanceof Pause pause && pause.until() == null) {
            Rule.holds(
                    Rule.is(result, Category.AUTH, Category.CONFIG),
                    "a Pause without an end is for AUTH and CONFIG",
                    result);
        }
    }

    static void badAlone(Bench bench) throws Exception {
        Lead bad = Leads.grace();
        bench.server.refuse(bad);
        Map<Lead, DeliveryResult> ends = Halving.run(bench, List.of(bad));
        rejected(ends, bad);
        Rule.holds(!bench.server.holds(bad), "a lead that the vendor refuses is not there", bad);
        bench.delivered(List.of(Leads.ada()), "the lead after a bad one is Delivered");
    }

    static void oneBad(Bench bench) throws Exception {
        List<Lead> leads = bench.fullCall();
        for (int at : new int[] {0, leads.size() - 1}) {
            bench.reopen();
            List<Lead> fresh = Leads.numbered(2_000 + 100 * at, 2_000 + 100 * at + leads.size());
            Lead bad = fresh.get(at);
            bench.server.refuse(bad);
            Map<Lead, DeliveryResult> ends = Halving.run(bench, fresh);
            rejected(ends, bad);
            for (Lead lead : fresh) {
                Rule.holds(
                        lead.equals(bad) || ends.get(lead) instanceof Delivered && bench.server.holds(lead),
                        "a bad lead hurts no other of its call",
                        lead.id() + ": " + ends.get(lead));
            }
        }
    }

    private static void rejected(Map<Lead, DeliveryResult> ends, Lead bad) {
        DeliveryResult end = ends.get(bad);
        Rule.holds(
                end instanceof Rejected || end instanceof NotExecuted,
                "a lead that the vendor refuses for good is Rejected, in its place",
                end);
        Rule.holds(end instanceof Rejected, "a lead alone that the vendor refuses for good is Rejected", end);
    }

    static void verification(Bench bench) throws Exception {
        Verification quiet = bench.destination().verify(new Verification.Probe(null));
        Rule.same(0, bench.server.writes().size(), "a check without a test lead writes nothing");
        Lead test = TestLead.at(bench.clock.instant());
        bench.server.expect(List.of(test));
        Verification full = bench.destination().verify(new Verification.Probe(test));
        Rule.holds(quiet.passed() && full.passed(), "a check of a vendor that works passes", List.of(quiet, full));
        Rule.holds(
                bench.server.writes().size() <= 1 && bench.server.storedLeads() <= 1,
                "a check writes its test lead at most once",
                bench.server.writes().size());
    }
}
