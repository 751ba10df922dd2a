package io.leaddispatch.testkit.contract;

import io.leaddispatch.Category;
import io.leaddispatch.Confirmation;
import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadQueue;
import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.spi.LeadQueue.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One queue for one test. */
final class QueueBench implements AutoCloseable {
    static final String CRM = "crm";
    static final Duration LONG = Duration.ofHours(1);
    static final Problem PROBLEM =
            new Problem("contract.test", Category.TRANSIENT, "a test", "Do nothing.", null, List.of());

    final LeadQueue queue;
    final Duration patience;
    private final LeadQueueContract contract;
    private final List<LeadQueue> open = new ArrayList<>();

    QueueBench(LeadQueueContract contract) throws Exception {
        this.contract = contract;
        this.queue = contract.open();
        this.patience = contract.patience();
        open.add(queue);
    }

    LeadQueue openAgain() throws Exception {
        LeadQueue other = contract.openAgain();
        open.add(other);
        return other;
    }

    Instant now() throws Exception {
        return contract.now();
    }

    void store(Lead... leads) throws InterruptedException {
        for (Lead lead : leads) {
            queue.store(lead, List.of(CRM), null);
        }
    }

    List<Claim> claim(int max) {
        return queue.claim(CRM, max, LONG);
    }

    /** The one claim there is. */
    Claim claimOne() {
        List<Claim> claims = claim(10);
        Rule.same(1, claims.size(), "one delivery can be claimed");
        return claims.get(0);
    }

    /** Waits until something can be claimed, and claims it. */
    List<Claim> awaitClaims(int max) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        List<Claim> claims = claim(max);
        while (claims.isEmpty() && System.nanoTime() < end) {
            queue.awaitWork(CRM, Duration.ofMillis(200));
            claims = claim(max);
        }
        Rule.holds(!claims.isEmpty(), "what is due can be claimed", "nothing within " + patience);
        return claims;
    }

    void nothingToClaim(String rule) {
        List<Claim> claims = claim(10);
        Rule.holds(claims.isEmpty(), rule, claims);
    }

    int settle(Settlement settlement) {
        return queue.settle(List.of(settlement));
    }

    static Settlement done(Claim claim) {
        return new Settlement.Done(claim, new DeliveryResult.Delivered(Confirmation.CREATED, null, List.of()));
    }

    static Settlement later(Claim claim, Instant at, boolean countAttempt) {
        return new Settlement.Later(claim, at, PROBLEM, countAttempt);
    }

    @Override
    public void close() {
        open.forEach(LeadQueue::close);
    }
}
