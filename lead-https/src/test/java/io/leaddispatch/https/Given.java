package io.leaddispatch.https;

import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Settings as given, else their defaults: a destination without a dispatcher. */
final class Given implements Settings {
    private final Map<Setting<?>, Object> values = new HashMap<>();

    static Given endpoint(String url) {
        return new Given().with(HttpsSettings.URL, url);
    }

    /** Reads the value as a configuration would. */
    Given with(Setting<?> setting, Object raw) {
        values.put(setting, setting.read(raw));
        return this;
    }

    LeadDestination open(Clock clock) {
        return open(HttpClient.newBuilder().build(), clock);
    }

    LeadDestination open(HttpClient client, Clock clock) {
        return new HttpsDestinationProvider()
                .open(this, new DestinationContext("hook", clock, () -> client, "lead-dispatch/test", true));
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
