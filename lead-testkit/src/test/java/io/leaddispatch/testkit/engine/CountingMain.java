package io.leaddispatch.testkit.engine;

import io.leaddispatch.Confirmation;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.testkit.Leads;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Sends so many generated leads to a destination that counts, and says what came. Started as a process of its own. */
public final class CountingMain {
    private CountingMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        long leads = Long.parseLong(arguments[0]);
        Counting counting = new Counting();
        long start = System.nanoTime();
        SendSummary summary;
        try (LeadDispatcher dispatcher =
                LeadDispatcher.builder().to("counting", counting).build()) {
            summary = dispatcher.sendAll(Leads.generate(64).limit(leads), SendProgress.NONE);
        }
        System.out.printf(
                "leads=%d delivered=%d counted=%d calls=%d seconds=%.1f heap=%dMB%n",
                summary.leads(),
                summary.destinations().get("counting").delivered(),
                counting.leads.sum(),
                counting.calls.sum(),
                (System.nanoTime() - start) / 1e9,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private static final class Counting implements LeadDestination {
        private final LongAdder leads = new LongAdder();
        private final LongAdder calls = new LongAdder();

        @Override
        public List<DeliveryResult> deliver(LeadBatch batch) {
            leads.add(batch.size());
            calls.increment();
            return DeliveryResult.all(batch, DeliveryResult.delivered(Confirmation.CREATED));
        }

        @Override
        public Limits limits() {
            return Limits.ONE_BY_ONE.withBatch(200);
        }
    }
}
