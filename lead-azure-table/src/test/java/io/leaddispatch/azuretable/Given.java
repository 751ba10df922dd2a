package io.leaddispatch.azuretable;

import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import io.leaddispatch.testkit.Azurite;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Settings as given, else their defaults: a destination without a dispatcher. */
final class Given implements Settings {
    private static final AtomicInteger TABLES = new AtomicInteger();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Map<Setting<?>, Object> values = new HashMap<>();

    /** A table of its own, which is not there yet. */
    static Given table(Azurite azurite) {
        return connection(azurite.connectionString())
                .with(AzureTableSettings.TABLE, "Leads" + TABLES.incrementAndGet());
    }

    static Given connection(String text) {
        return new Given().with(AzureTableSettings.CONNECTION_STRING, text);
    }

    /** A scripted server in the service's place. */
    static Given server(URI server) {
        return connection("AccountName=contosoleads;AccountKey=" + Azurite.KEY + ";TableEndpoint=" + server);
    }

    /** Reads the value as a configuration would. */
    Given with(Setting<?> setting, Object raw) {
        values.put(setting, setting.read(raw));
        return this;
    }

    AzureTableDestination open() {
        return open(Clock.systemUTC());
    }

    AzureTableDestination open(Clock clock) {
        LeadDestination opened = new AzureTableDestinationProvider().open(this, context(clock));
        return (AzureTableDestination) opened;
    }

    static DestinationContext context(Clock clock) {
        return new DestinationContext("table", clock, () -> CLIENT, "lead-dispatch/test", true);
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
