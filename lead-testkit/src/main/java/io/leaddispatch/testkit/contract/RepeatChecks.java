package io.leaddispatch.testkit.contract;

import io.leaddispatch.Confirmation;
import io.leaddispatch.Lead;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.testkit.Answer.Fault;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.Vendor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The same lead again: after a lost answer, hours later, after a restart. */
final class RepeatChecks {
    private static final Duration LATER = Duration.ofHours(30);

    private RepeatChecks() {}

    static void sameKey(Bench bench) throws Exception {
        Rule.holds(
                bench.repeatSafe(),
                "only where limits().repeatSafe() is false may the group not apply",
                bench.destination().limits());
        bench.server.next(Move.stored(Fault.CLOSED_AFTER_STORING));
        bench.deliver(Leads.ada());
        bench.clock.pass(LATER);
        bench.reopen();
        bench.deliver(Leads.ada());
        bench.deliver(Leads.grace());
        List<Vendor.Write> writes = bench.server.writes();
        String first = key(bench, writes.get(0), Leads.ada());
        Rule.holds(first != null && !first.isBlank(), "where a repeat is safe each lead carries a key", first);
        Rule.same(
                String.valueOf(first),
                String.valueOf(key(bench, writes.get(1), Leads.ada())),
                "a repeat carries the same key, hours later and after a restart");
        Rule.holds(
                !String.valueOf(first).equals(key(bench, writes.get(2), Leads.grace())),
                "different leads carry different keys",
                first);
    }

    private static @Nullable String key(Bench bench, Vendor.Write write, Lead lead) {
        return bench.vendor.key(write.request(), lead);
    }

    static void told(Bench bench) throws Exception {
        bench.server.next(Move.stored(Fault.CLOSED_AFTER_STORING));
        bench.deliver(Leads.ada());
        DeliveryResult again = bench.deliver(Leads.ada()).get(0);
        Rule.holds(
                again instanceof Delivered delivered && delivered.confirmation() != Confirmation.CREATED,
                "a lead that an earlier try has stored is Delivered, and not as a new one",
                again);
        List<Lead> leads = bench.fullCall();
        bench.delivered(List.of(leads.get(leads.size() / 2)), "a lead alone is Delivered");
        Map<Lead, DeliveryResult> ends = Halving.run(bench, leads);
        for (Lead lead : leads) {
            Rule.holds(
                    ends.get(lead) instanceof Delivered && bench.server.holds(lead),
                    "a call with a lead that is there already ends well for all",
                    lead.id() + ": " + ends.get(lead));
        }
    }

    static void keys(Bench bench, Map<Group, String> doesNotApply) {
        LeadDestination destination = bench.destination();
        Rule.holds(
                !doesNotApply.containsKey(Group.REPEATED_LEAD) || !bench.repeatSafe(),
                "a destination whose limits say that a repeat is safe is tried for it",
                Group.REPEATED_LEAD);
        Lead lead = Leads.ada();
        String serial = destination.serialKey(lead);
        String batch = destination.batchKey(lead);
        bench.clock.pass(LATER);
        Rule.same(serial, destination.serialKey(lead), "the serial key of a lead stays the same");
        Rule.same(batch, destination.batchKey(lead), "the batch key of a lead stays the same");
        Rule.holds(
                !serial.equals(destination.serialKey(Leads.grace())),
                "two people's leads have two serial keys",
                serial);
    }
}
