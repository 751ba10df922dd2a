package io.leaddispatch.testkit.contract;

import io.leaddispatch.Lead;
import io.leaddispatch.config.LeadConfigReader;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.MovableClock;
import io.leaddispatch.testkit.Vendor;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** One destination before one vendor, for one test. */
final class Bench implements AutoCloseable {
    /** One for all tests, since each has threads of its own. */
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final int MANY = 25;

    final Vendor vendor;
    final VendorServer server;
    final LeadDestinationProvider provider;
    final MovableClock clock = MovableClock.at(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    final Duration patience;
    /** A deadline for calls that cannot end well. */
    final Duration brief;

    final Map<String, ?> settings;
    private LeadDestination destination;

    Bench(LeadDestinationContract contract) throws Exception {
        vendor = contract.vendor();
        provider = contract.provider();
        patience = contract.patience();
        brief = contract.brief();
        server = new VendorServer(vendor, contract.startServer());
        settings = contract.settings(server.server().uri());
        destination = open(settings);
    }

    /** A destination with these settings, checked as those of a file are. */
    LeadDestination open(Map<String, ?> raw) {
        return LeadConfigReader.standard()
                .providers(List.of(provider))
                .destination("contract", provider.type(), raw)
                .open(new DestinationContext("contract", clock, () -> CLIENT, "lead-dispatch/contract", true));
    }

    LeadDestination destination() {
        return destination;
    }

    /** Closes the destination and opens another with the same settings, as after a restart. */
    void reopen() {
        destination.close();
        destination = open(settings);
    }

    boolean repeatSafe() {
        return destination.limits().repeatSafe();
    }

    /** Leads that fill a call, or 25; they share a batch key, and each has a serial key of its own. */
    List<Lead> fullCall() {
        return leads(Math.min(MANY, destination.limits().batch()));
    }

    List<Lead> leads(int count) {
        return Leads.numbered(1_000, 1_000 + count);
    }

    List<DeliveryResult> deliver(Lead lead) throws Exception {
        return deliver(List.of(lead));
    }

    List<DeliveryResult> deliver(List<Lead> leads) throws Exception {
        return deliver(leads, AMPLE);
    }

    /** Delivers, and expects the call back soon after its deadline. */
    List<DeliveryResult> deliver(List<Lead> leads, Duration within) throws Exception {
        return start(leads, within, false).await(within.plus(patience));
    }

    List<DeliveryResult> deliverSuspect(List<Lead> leads) throws Exception {
        return start(leads, AMPLE, true).await(AMPLE.plus(patience));
    }

    Running start(List<Lead> leads, Duration within, boolean suspect) {
        server.expect(leads);
        LeadBatch batch = new LeadBatch(leads, clock.instant().plus(within), suspect);
        LeadDestination current = destination;
        return new Running(() -> current.deliver(batch));
    }

    /** Delivers and expects that all arrive. */
    void delivered(List<Lead> leads, String rule) throws Exception {
        Rule.all(DeliveryResult.Delivered.class, deliver(leads), rule);
        leads.forEach(lead -> Rule.holds(server.holds(lead), rule + ", and is there", "not there: " + lead));
    }

    /** Gets the token and the connection, so that a brief call gets as far as its lead on a busy machine. */
    void warmUp() throws Exception {
        delivered(List.of(Leads.ada()), "a lead is Delivered");
    }

    /** What may be said of leads that may have arrived while the answer did not. */
    void unsure(List<DeliveryResult> results, String what) {
        if (repeatSafe()) {
            Rule.holds(
                    !results.isEmpty()
                            && results.stream()
                                    .allMatch(r ->
                                            r instanceof DeliveryResult.Retry || r instanceof DeliveryResult.Pause),
                    what + ": the repeat is safe, so the lead is a Retry",
                    results);
        } else {
            Rule.all(
                    DeliveryResult.Unknown.class,
                    results,
                    what + ": a repeat may write twice, so the outcome is Unknown");
        }
    }

    @Override
    public void close() {
        try (server) {
            server.server().close(); // first, so that nothing hangs that a destination may wait for
            destination.close();
        }
    }
}
