package io.leaddispatch.testkit.contract;

import static io.leaddispatch.Confirmation.CREATED;
import static io.leaddispatch.testkit.contract.QueueBench.CRM;
import static io.leaddispatch.testkit.contract.QueueBench.LONG;
import static io.leaddispatch.testkit.contract.QueueBench.PROBLEM;

import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LeadId;
import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.spi.LeadQueue.Settlement;
import io.leaddispatch.testkit.Leads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How claims end, and what a claim that was lost may still do: nothing. */
final class SettlingChecks {
    private static final Duration SOON = Duration.ofMillis(400);
    /** Stores may keep milliseconds only. */
    private static final Duration ROUNDING = Duration.ofMillis(2);

    private SettlingChecks() {}

    static void ends(QueueBench bench) throws Exception {
        bench.store(Leads.ada(), Leads.grace());
        List<Claim> claims = bench.claim(10);
        Settlement dead = new Settlement.Dead(claims.get(1), PROBLEM, true, false);
        Rule.same(2, bench.queue.settle(List.of(QueueBench.done(claims.get(0)), dead)), "settle counts what was ours");
        bench.nothingToClaim("what is done or dead is not claimed again");
        Rule.same(0L, bench.queue.waiting(CRM), "what is done or dead does not wait");
        Rule.same(0, bench.settle(dead), "what has ended ends once");
    }

    static void outcomes(QueueBench bench) throws Exception {
        bench.store(Leads.ada(), Leads.grace(), Leads.sparse(), Leads.unicode());
        List<Claim> claims = bench.claim(3);
        bench.queue.settle(
                List.of(QueueBench.done(claims.get(0)), new Settlement.Dead(claims.get(1), PROBLEM, true, false)));
        List<LeadId> asked = new ArrayList<>(List.of(Leads.unicode().id(), LeadId.of("nobody")));
        claims.forEach(claim -> asked.add(claim.lead().id()));
        Map<LeadId, Outcome> told = bench.queue.outcomes(CRM, asked);
        Outcome done = told.getOrDefault(claims.get(0).lead().id(), new Outcome.Delivered(CREATED, null, List.of(), 1));
        Rule.holds(done instanceof Outcome.Delivered, "if it is told how a delivery ended, that is true", done);
        Outcome dead = told.getOrDefault(claims.get(1).lead().id(), new Outcome.Rejected(PROBLEM, 1));
        Rule.holds(dead instanceof Outcome.Rejected, "if it is told how a delivery ended, that is true", dead);
        for (LeadId open : List.of(asked.get(0), asked.get(1), asked.get(4))) {
            Rule.holds(!told.containsKey(open), "no end is told of what has not ended", told.get(open));
        }
        Rule.same(Map.of(), bench.queue.outcomes("other", asked), "no end is told of what is not stored");
    }

    static void released(QueueBench bench) throws Exception {
        bench.store(Leads.ada());
        Claim claim = bench.claimOne();
        Rule.same(1, bench.settle(new Settlement.Released(claim)), "a release counts as ours");
        Claim again = bench.claimOne();
        Rule.same(claim.id(), again.id(), "what is released is claimed again");
        Rule.same(0, again.attempts(), "a release costs no attempt");
    }

    static void later(QueueBench bench) throws Exception {
        bench.store(Leads.ada(), Leads.grace());
        List<Claim> claims = bench.claim(10);
        Instant at = bench.now().plus(SOON);
        bench.settle(QueueBench.later(claims.get(0), at, true));
        bench.settle(QueueBench.later(claims.get(1), bench.now().plus(LONG), true));
        List<Claim> due = bench.awaitClaims(10);
        Rule.holds(!bench.now().plus(ROUNDING).isBefore(at), "what is for later is not claimed sooner", bench.now());
        Rule.same(List.of(claims.get(0).id()), due.stream().map(Claim::id).toList(), "only what is due is claimed");
    }

    static void attempts(QueueBench bench) throws Exception {
        bench.store(Leads.ada());
        boolean[] costs = {true, false, true};
        int expected = 0;
        for (boolean cost : costs) {
            Claim claim = bench.awaitClaims(1).get(0);
            Rule.same(expected, claim.attempts(), "a claim knows the attempts so far");
            bench.settle(QueueBench.later(claim, bench.now(), cost));
            expected += cost ? 1 : 0;
        }
        Rule.same(expected, bench.awaitClaims(1).get(0).attempts(), "a claim knows the attempts so far");
    }

    static void fence(QueueBench bench) throws Exception {
        bench.store(Leads.ada(), Leads.grace());
        List<Claim> claims = bench.claim(10);
        Claim lost = claims.get(0);
        bench.settle(new Settlement.Released(lost));
        Claim ours = bench.claimOne();
        Rule.holds(ours.token() != lost.token(), "each claim of a delivery has its own token", ours.token());
        for (Settlement settlement : List.of(
                QueueBench.done(lost),
                QueueBench.later(lost, bench.now(), true),
                new Settlement.Dead(lost, PROBLEM, false, true),
                new Settlement.Released(lost))) {
            Rule.same(0, bench.settle(settlement), "a claim that was lost settles nothing");
            bench.nothingToClaim("a claim that was lost changes nothing");
        }
        Rule.same(
                1,
                bench.queue.settle(List.of(QueueBench.done(lost), QueueBench.done(claims.get(1)))),
                "settle counts only what was ours");
        Rule.same(1, bench.settle(QueueBench.done(ours)), "the claim that holds the lease settles");
    }

    static void renewFence(QueueBench bench) throws Exception {
        bench.store(Leads.ada());
        Claim lost = bench.claimOne();
        bench.settle(new Settlement.Released(lost));
        Claim ours = bench.claimOne();
        Rule.same(1, bench.queue.renew(List.of(lost, ours), LONG), "renew counts only what was ours");
    }

    static void leaseEnds(QueueBench bench) throws Exception {
        bench.store(Leads.ada());
        Claim lost = bench.queue.claim(CRM, 10, SOON).get(0);
        Claim ours = bench.awaitClaims(10).get(0);
        Rule.same(lost.id(), ours.id(), "when a lease has ended the delivery is claimed again");
        Rule.same(0, bench.settle(QueueBench.done(lost)), "who lost its lease settles nothing");
        Rule.same(1, bench.settle(QueueBench.done(ours)), "who has the lease settles");
    }

    static void renewed(QueueBench bench) throws Exception {
        bench.store(Leads.ada(), Leads.grace());
        List<Claim> claims = bench.queue.claim(CRM, 10, SOON);
        Rule.same(1, bench.queue.renew(claims.subList(0, 1), LONG), "a lease that has not ended can be renewed");
        List<Claim> again = bench.awaitClaims(10);
        Rule.same(
                List.of(claims.get(1).id()), again.stream().map(Claim::id).toList(), "a lease that was renewed lasts");
        Rule.same(1, bench.settle(QueueBench.done(claims.get(0))), "who renewed its lease settles");
    }

    static void withdrawn(QueueBench bench) throws Exception {
        bench.store(Leads.ada());
        Claim claim = Rule.there(
                bench.queue.store(Leads.grace(), List.of(CRM), LONG).get(0).claim(),
                "a delivery born leased has its claim");
        Rule.holds(bench.queue.withdraw(claim), "what is leased can be taken out", claim);
        Rule.holds(!bench.queue.withdraw(claim), "what is out cannot be taken out again", claim);
        Claim other = bench.claimOne();
        bench.settle(new Settlement.Released(other));
        Rule.holds(bench.queue.withdraw(other), "what waits can be taken out", other);
        bench.nothingToClaim("what was taken out is not claimed");
    }
}
