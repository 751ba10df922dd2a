package io.leaddispatch.testkit.contract;

import io.leaddispatch.Lead;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.NotExecuted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the lane does with leads that were not executed: some of a call go again as they are, all of it in halves that are
 * suspect. A lead alone has its end.
 */
final class Halving {
    private Halving() {}

    private record Call(List<Lead> leads, boolean suspect) {}

    /** The last result of each lead, after a bounded number of calls. */
    static Map<Lead, DeliveryResult> run(Bench bench, List<Lead> leads) throws Exception {
        Map<Lead, DeliveryResult> ends = new HashMap<>();
        Deque<Call> todo = new ArrayDeque<>(List.of(new Call(leads, false)));
        int most = 3 + 2 * (32 - Integer.numberOfLeadingZeros(leads.size()));
        for (int calls = 0; !todo.isEmpty(); calls++) {
            Rule.holds(
                    calls < most,
                    "one bad lead costs a call of " + leads.size() + " at most " + most + " calls",
                    calls);
            Call call = todo.remove();
            List<DeliveryResult> results =
                    call.suspect() ? bench.deliverSuspect(call.leads()) : bench.deliver(call.leads());
            Rule.same(call.leads().size(), results.size(), "there is exactly one result per lead");
            List<Lead> again = new ArrayList<>();
            for (int i = 0; i < results.size(); i++) {
                ends.put(call.leads().get(i), results.get(i));
                if (results.get(i) instanceof NotExecuted) {
                    again.add(call.leads().get(i));
                }
            }
            split(call, again, todo);
        }
        return ends;
    }

    private static void split(Call call, List<Lead> again, Deque<Call> todo) {
        int size = call.leads().size();
        if (again.isEmpty() || size == 1) {
            return;
        }
        if (again.size() < size) {
            todo.add(new Call(again, call.suspect()));
        } else {
            todo.add(new Call(again.subList(0, size / 2), true));
            todo.add(new Call(again.subList(size / 2, size), true));
        }
    }
}
