package io.leaddispatch.benchmarks;

import io.leaddispatch.Lead;
import io.leaddispatch.config.LeadConfigReader;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Our destination without the engine: no books, no keys, no repeats. What is left to {@code sendAll} is the engine's. */
final class MarketoAlone extends MarketoCalls {
    private final LeadDestination destination;

    MarketoAlone(URI base, Map<String, ?> settings) throws IOException, InterruptedException {
        super(base);
        destination = LeadConfigReader.standard()
                .destination("alone", "marketo", settings)
                .open(new DestinationContext("alone", Clock.systemUTC(), () -> client, "lead-dispatch", true));
    }

    @Override
    int call(List<Lead> leads) throws Exception {
        Instant deadline = Instant.now().plus(destination.limits().callTimeout());
        return (int) destination.deliver(new LeadBatch(leads, deadline, false)).stream()
                .filter(DeliveryResult.Delivered.class::isInstance)
                .count();
    }
}
