package io.leaddispatch.docs;

import io.leaddispatch.LaneStats;
import io.leaddispatch.LeadDispatcher;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;

/** The books of a dispatcher as meters; shown in docs/embedding.md. */
public final class LeadMetrics implements MeterBinder {
    private final LeadDispatcher dispatcher;

    public LeadMetrics(LeadDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("leads.unrouted", dispatcher, d -> d.stats().unrouted())
                .register(registry);
        for (String destination : dispatcher.destinations()) {
            counter(registry, "leads.delivered", destination, LaneStats::delivered);
            counter(registry, "leads.rejected", destination, LaneStats::rejected);
            counter(registry, "leads.suppressed", destination, LaneStats::suppressed);
            counter(registry, "leads.undelivered", destination, LaneStats::undelivered);
            counter(registry, "leads.calls", destination, LaneStats::calls);
            gauge(registry, "leads.waiting", destination, LaneStats::waiting);
            gauge(registry, "leads.paused", destination, books -> books.pausedUntil() == null ? 0 : 1);
        }
    }

    private void counter(MeterRegistry registry, String name, String destination, ToLongFunction<LaneStats> what) {
        FunctionCounter.builder(name, dispatcher, d -> what.applyAsLong(lane(d, destination)))
                .tag("destination", destination)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String destination, ToLongFunction<LaneStats> what) {
        Gauge.builder(name, dispatcher, d -> what.applyAsLong(lane(d, destination)))
                .tag("destination", destination)
                .register(registry);
    }

    private static LaneStats lane(LeadDispatcher dispatcher, String destination) {
        return dispatcher.stats().lanes().get(destination);
    }
}
