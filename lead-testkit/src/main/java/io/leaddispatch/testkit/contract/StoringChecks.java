package io.leaddispatch.testkit.contract;

import static io.leaddispatch.testkit.contract.QueueBench.CRM;
import static io.leaddispatch.testkit.contract.QueueBench.LONG;

import io.leaddispatch.Lead;
import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.spi.LeadQueue.Stored;
import io.leaddispatch.testkit.Leads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is stored, and in which order it comes out. */
final class StoringChecks {
    private StoringChecks() {}

    static void once(QueueBench bench) throws Exception {
        Lead first = Leads.ada();
        Lead other =
                Lead.builder().id(first.id().value()).email("other@example.com").build();
        Rule.same(List.of(new Stored(true, null)), bench.queue.store(first, List.of(CRM), null), "a new lead is new");
        Rule.same(
                List.of(new Stored(false, null)),
                bench.queue.store(other, List.of(CRM), LONG),
                "a lead with the id of a stored one is not stored again");
        Rule.same(1L, bench.queue.waiting(CRM), "one delivery waits");
        Rule.same(first, bench.claimOne().lead(), "the lead that was stored first stays");
        Rule.holds(
                !bench.queue.store(first, List.of(CRM), null).get(0).isNew(),
                "a lead whose delivery is leased is not stored again",
                "new");
    }

    static void all(QueueBench bench) throws Exception {
        bench.queue.store(Leads.ada(), List.of("b"), null);
        List<Stored> stored = bench.queue.store(Leads.ada(), List.of("a", "b", "c"), null);
        Rule.same(
                List.of(true, false, true),
                stored.stream().map(Stored::isNew).toList(),
                "store answers for each destination, in order");
        for (String destination : List.of("a", "b", "c")) {
            Rule.same(1, bench.queue.claim(destination, 10, LONG).size(), "each destination has the lead once");
        }
    }

    static void bornLeased(QueueBench bench) throws Exception {
        Claim claim = Rule.there(
                bench.queue.store(Leads.ada(), List.of(CRM), LONG).get(0).claim(),
                "a delivery born leased has its claim");
        Rule.same(Leads.ada(), claim.lead(), "a claim has its lead");
        bench.nothingToClaim("a delivery born leased is not to be claimed");
        Rule.same(0L, bench.queue.waiting(CRM), "a delivery born leased does not wait");
        Rule.same(1, bench.settle(QueueBench.done(claim)), "a delivery born leased can be settled");
    }

    static void whole(QueueBench bench) throws Exception {
        Lead[] leads = {Leads.ada(), Leads.unicode(), Leads.longest(), Leads.sparse()};
        bench.store(leads);
        List<Claim> claims = bench.claim(10);
        Rule.same(
                List.of(leads),
                claims.stream().map(Claim::lead).toList(),
                "leads come back in every field as they were");
        for (Claim claim : claims) {
            Rule.same(CRM, claim.destination(), "a claim names its destination");
            Rule.same(0, claim.attempts(), "a new delivery has no attempts");
            Duration age = Duration.between(claim.storedAt(), bench.now()).abs();
            Rule.holds(age.toMinutes() < 5, "a claim knows when it was stored", claim.storedAt());
        }
    }

    static void oldestFirst(QueueBench bench) throws Exception {
        List<Lead> leads = Leads.numbered(0, 30);
        bench.store(leads.toArray(new Lead[0]));
        List<Lead> claimed = new ArrayList<>();
        for (List<Claim> claims = bench.claim(7); !claims.isEmpty(); claims = bench.claim(7)) {
            Rule.holds(claims.size() <= 7, "at most so many are claimed", claims.size());
            claims.forEach(claim -> claimed.add(claim.lead()));
        }
        Rule.same(leads, claimed, "the oldest are claimed first, and each once");
    }

    static void ownDestination(QueueBench bench) throws Exception {
        bench.store(Leads.ada());
        Rule.same(List.of(), bench.queue.claim("other", 10, LONG), "another destination has nothing to claim");
        Rule.same(0L, bench.queue.waiting("other"), "nothing waits for another destination");
        bench.claimOne();
    }

    static void waiting(QueueBench bench) throws Exception {
        bench.store(Leads.numbered(0, 5).toArray(new Lead[0]));
        Rule.same(5L, bench.queue.waiting(CRM), "what is stored waits");
        List<Claim> claims = bench.claim(3);
        Rule.same(2L, bench.queue.waiting(CRM), "what is leased does not wait");
        bench.settle(QueueBench.later(claims.get(0), bench.now().plus(LONG), true));
        Rule.same(3L, bench.queue.waiting(CRM), "what is for later waits");
        bench.settle(QueueBench.done(claims.get(1)));
        Rule.same(3L, bench.queue.waiting(CRM), "what is done does not wait");
    }
}
