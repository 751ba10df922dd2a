package io.leaddispatch.salesforce;

import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import io.leaddispatch.testkit.salesforce.SalesforceSimulator;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Settings as given, else their defaults: a destination without a dispatcher. */
final class Given implements Settings {
    private final Map<Setting<?>, Object> values = new HashMap<>();

    /** Mode rest against a simulator, by client credentials. */
    static Given rest(SalesforceSimulator org) {
        return new Given()
                .with(SalesforceSettings.MODE, "rest")
                .with(RestSettings.LOGIN_URL, org.uri().toString())
                .with(RestSettings.AUTH, "client-credentials")
                .with(RestSettings.CLIENT_ID, SalesforceSimulator.CLIENT_ID)
                .with(RestSettings.CLIENT_SECRET, SalesforceSimulator.CLIENT_SECRET);
    }

    /** The same as a configuration for a dispatcher. */
    static Map<String, Object> restConfig(SalesforceSimulator org) {
        return new HashMap<>(Map.of(
                "mode",
                "rest",
                "loginUrl",
                org.uri().toString(),
                "auth",
                "client-credentials",
                "clientId",
                SalesforceSimulator.CLIENT_ID,
                "clientSecret",
                SalesforceSimulator.CLIENT_SECRET));
    }

    /** Mode web-to-lead against a simulator, as a configuration for a dispatcher. */
    static Map<String, Object> webConfig(SalesforceSimulator org) {
        return new HashMap<>(Map.of(
                "mode",
                "web-to-lead",
                "objectIdentifier",
                SalesforceSimulator.ORGANIZATION,
                "webToLeadUrl",
                org.uri() + "/servlet/servlet.WebToLead"));
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
        return new SalesforceDestinationProvider()
                .open(this, new DestinationContext("crm", clock, () -> client, "lead-dispatch/test", true));
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
