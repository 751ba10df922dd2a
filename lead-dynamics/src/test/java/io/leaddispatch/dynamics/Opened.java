package io.leaddispatch.dynamics;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Settings as given, else their defaults: a destination without a dispatcher. */
final class Opened implements Settings {
    private final Map<Setting<?>, Object> values = new HashMap<>();

    /** Reads the values as a configuration would. */
    Opened(Map<String, ?> raw) {
        Map<String, Setting<?>> declared = new HashMap<>();
        DynamicsSettings.ALL.forEach(setting -> declared.put(setting.key(), setting));
        raw.forEach(
                (key, value) -> values.put(declared.get(key), declared.get(key).read(value)));
    }

    static DynamicsDestination with(Map<String, ?> raw) {
        return with(raw, Clock.systemUTC());
    }

    static DynamicsDestination with(Map<String, ?> raw, Clock clock) throws LeadConfigurationException {
        return with(raw, clock, HttpClient.newHttpClient());
    }

    static DynamicsDestination with(Map<String, ?> raw, Clock clock, HttpClient client) {
        return (DynamicsDestination) new DynamicsDestinationProvider()
                .open(new Opened(raw), new DestinationContext("crm", clock, () -> client, "lead-dispatch/test", true));
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
