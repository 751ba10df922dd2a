package io.leaddispatch.testkit.contract;

import static io.leaddispatch.testkit.contract.QueueBench.CRM;
import static io.leaddispatch.testkit.contract.QueueBench.LONG;

import io.leaddispatch.Lead;
import io.leaddispatch.spi.LeadQueue;
import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.testkit.Leads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Many threads, and many processes, on one store. */
final class QueueCrowdChecks {
    private static final int THREADS = 4;
    private static final int LEADS = 300;

    private QueueCrowdChecks() {}

    static void claimers(QueueBench bench) throws Exception {
        bench.store(Leads.numbered(0, LEADS).toArray(new Lead[0]));
        List<Callable<List<Long>>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            tasks.add(() -> drain(bench.queue));
        }
        eachOnce(together(tasks, bench));
    }

    static void processes(QueueBench bench) throws Exception {
        bench.store(Leads.numbered(0, LEADS).toArray(new Lead[0]));
        LeadQueue other = bench.openAgain();
        eachOnce(together(
                List.of(() -> drain(bench.queue), () -> drain(other), () -> drain(bench.queue), () -> drain(other)),
                bench));
    }

    private static List<Long> drain(LeadQueue queue) {
        List<Long> ids = new ArrayList<>();
        for (List<Claim> claims = queue.claim(CRM, 7, LONG); !claims.isEmpty(); claims = queue.claim(CRM, 7, LONG)) {
            claims.forEach(claim -> ids.add(claim.id()));
            int settled = queue.settle(claims.stream().map(QueueBench::done).toList());
            Rule.same(claims.size(), settled, "who claimed settles");
        }
        return ids;
    }

    private static void eachOnce(List<List<Long>> claimed) {
        List<Long> all = claimed.stream().flatMap(List::stream).sorted().toList();
        Rule.same(all.stream().distinct().toList(), all, "nobody claims what another has claimed");
        Rule.same(LEADS, all.size(), "everything is claimed");
    }

    static void storers(QueueBench bench) throws Exception {
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            tasks.add(() -> {
                int fresh = 0;
                for (Lead lead : Leads.numbered(0, 50)) {
                    fresh += bench.queue.store(lead, List.of(CRM), null).get(0).isNew() ? 1 : 0;
                }
                return fresh;
            });
        }
        int fresh = together(tasks, bench).stream().mapToInt(n -> n).sum();
        Rule.same(50, fresh, "of those who store one lead at once, one is told that it is new");
        Rule.same(50L, bench.queue.waiting(CRM), "each lead waits once");
    }

    static void survives(QueueBench bench) throws Exception {
        Rule.holds(bench.queue.durable(), "a queue for which DURABILITY applies says so", false);
        bench.store(Leads.unicode());
        bench.queue.close();
        LeadQueue other = bench.openAgain();
        Rule.same(1L, other.waiting(CRM), "what is stored is there after a restart");
        Rule.holds(
                !other.store(Leads.unicode(), List.of(CRM), null).get(0).isNew(),
                "what is stored is known after a restart",
                "new");
        Rule.same(Leads.unicode(), other.claim(CRM, 10, LONG).get(0).lead(), "a lead comes back as it was");
    }

    static void givesBack(QueueBench bench) throws Exception {
        bench.store(Leads.ada());
        Claim claim = bench.claimOne();
        bench.queue.close();
        List<Claim> again = bench.openAgain().claim(CRM, 10, LONG);
        Rule.same(List.of(claim.id()), again.stream().map(Claim::id).toList(), "closing gives leases back at once");
        Rule.same(0, again.get(0).attempts(), "giving back costs no attempt");
    }

    private static <T> List<T> together(List<Callable<T>> tasks, QueueBench bench) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks, 2 + bench.patience.toSeconds() * 4, TimeUnit.SECONDS)) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
