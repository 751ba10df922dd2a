package io.leaddispatch.outbox;

import io.leaddispatch.Confirmation;
import io.leaddispatch.DispatcherBuilder;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own that feeds an outbox, delivers from it, or both, until it is killed or its input ends: to a
 * receiver that counts what arrives and, if one is named, to a Salesforce org, which knows a lead that it has by its id.
 *
 * <p>Arguments: address, folder, name, number of feeding threads, the org's address or {@link #NO_ORG}, and settings as
 * pairs.
 */
public final class Worker {
    /** Most leads in a call. */
    static final int BATCH = 20;
    /** Most calls at once. */
    static final int CALLS = 2;
    /** Most leads sent and not noted as delivered: of the calls under way, and of as many whose ends are being stored. */
    static final int UNSETTLED = 2 * CALLS * BATCH;
    /** There is no org. */
    static final String NO_ORG = "none";
    /** A lead whose delivery ends the process. */
    static final String POISON = "poison";

    private Worker() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        String name = args[2];
        Lines acknowledged = new Lines(folder.resolve("acknowledged"));
        Object[] settings = List.of(args).subList(5, args.length).toArray();
        DispatcherBuilder builder = LeadDispatcher.builder()
                .to("crm", new Receiver(new Lines(folder.resolve("received"))))
                .queue(Given.outbox(args[0], settings).queue());
        if (!args[4].equals(NO_ORG)) {
            Map<String, Object> org = new HashMap<>(FleetWorker.salesforce(args[4]));
            org.putAll(Map.of("batch", BATCH, "concurrency", CALLS));
            builder.insecureLoopback(true).to("org", "salesforce", org);
        }
        LeadDispatcher dispatcher = builder.build();
        System.out.println("READY");
        for (int i = 0; i < Integer.parseInt(args[3]); i++) {
            int thread = i;
            new Thread(() -> feed(dispatcher, name + "-" + thread, acknowledged)).start();
        }
        while (System.in.read() >= 0) {
            continue;
        }
        dispatcher.close();
        System.exit(0);
    }

    private static void feed(LeadDispatcher dispatcher, String name, Lines acknowledged) {
        for (int i = 0; ; i++) {
            String id = name + "-" + i;
            try {
                if (dispatcher.enqueue(Given.lead(id)).isSettled()) {
                    acknowledged.add(List.of(id));
                }
            } catch (OutboxException e) { // the caller still owns it
                continue;
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Writes down what arrives, takes its time, and dies of poison. */
    private static final class Receiver implements LeadDestination {
        private final Lines received;
        private final CountDownLatch never = new CountDownLatch(1);

        Receiver(Lines received) {
            this.received = received;
        }

        @Override
        public List<DeliveryResult> deliver(LeadBatch batch) throws InterruptedException {
            if (batch.leads().stream().anyMatch(lead -> lead.id().value().equals(POISON))) {
                Runtime.getRuntime().halt(9);
            }
            received.add(batch.leads().stream().map(lead -> lead.id().value()).toList());
            never.await(20, TimeUnit.MILLISECONDS); // as a destination does, so that kills hit calls in flight
            return DeliveryResult.all(batch, DeliveryResult.delivered(Confirmation.CREATED));
        }

        @Override
        public Limits limits() {
            return Limits.ONE_BY_ONE.withBatch(BATCH).withConcurrency(CALLS).whereRepeatIsSafe();
        }
    }
}
