package io.leaddispatch.marketo;

import io.leaddispatch.Lead;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import io.leaddispatch.testkit.marketo.MarketoSimulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Settings as given, else their defaults: a destination without a dispatcher. */
final class Given implements Settings {
    private final Map<Setting<?>, Object> values = new HashMap<>();

    /** What both REST modes need at that address. */
    static Given at(URI base) {
        return new Given()
                .with(MarketoSettings.BASE_URL, base.toString())
                .with(MarketoSettings.MUNCHKIN_ID, "284-RPR-133")
                .with(MarketoSettings.CLIENT_ID, MarketoSimulator.CLIENT_ID)
                .with(MarketoSettings.CLIENT_SECRET, MarketoSimulator.CLIENT_SECRET)
                .with(MarketoSettings.FORM_ID, MarketoSimulator.FORM_ID);
    }

    /** The same as a program or a file gives it. */
    static Map<String, Object> settings(URI base, String mode) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("mode", mode);
        settings.put("baseUrl", base.toString());
        settings.put("munchkinId", "284-RPR-133");
        settings.put("clientId", MarketoSimulator.CLIENT_ID);
        settings.put("clientSecret", MarketoSimulator.CLIENT_SECRET);
        settings.put("formId", String.valueOf(MarketoSimulator.FORM_ID));
        return settings;
    }

    /** Reads the value as a configuration would. */
    Given with(Setting<?> setting, Object raw) {
        values.put(setting, setting.read(raw));
        return this;
    }

    Given without(Setting<?> setting) {
        values.remove(setting);
        return this;
    }

    LeadDestination open() {
        return open(Clock.systemUTC());
    }

    LeadDestination open(Clock clock) {
        return open(HttpClient.newBuilder().build(), clock);
    }

    LeadDestination open(HttpClient client, Clock clock) {
        return new MarketoDestinationProvider()
                .open(this, new DestinationContext("crm", clock, () -> client, "lead-dispatch/test", true));
    }

    /** Delivers in one call. */
    static List<DeliveryResult> deliver(LeadDestination destination, Clock clock, Lead... leads) throws Exception {
        return destination.deliver(new LeadBatch(List.of(leads), clock.instant().plus(Duration.ofSeconds(20)), false));
    }

    /** Delivers each in a call of its own, all at once. */
    static List<DeliveryResult> atOnce(LeadDestination destination, Clock clock, List<Lead> leads) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(leads.size());
        try {
            List<DeliveryResult> results = new ArrayList<>();
            for (Future<List<DeliveryResult>> call : threads.invokeAll(leads.stream()
                    .<Callable<List<DeliveryResult>>>map(lead -> () -> deliver(destination, clock, lead))
                    .toList())) {
                results.addAll(call.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Override
    public <T> T get(Setting<T> declared) {
        T value = find(declared);
        if (value == null) {
            throw new IllegalStateException(declared + " has no value");
        }
        return value;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T find(Setting<T> declared) {
        T given = (T) values.get(declared);
        return given != null ? given : declared.standard();
    }
}
