package io.leaddispatch.config;

import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values by key, each read by the setting that declares it. */
final class CheckedSettings implements Settings {
    private final Map<String, Object> values;

    /** @param values by the key as it is declared */
    CheckedSettings(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    @Override
    public <T> T get(Setting<T> declared) {
        T value = find(declared);
        if (value == null) {
            throw new IllegalStateException(
                    declared.key() + " has no value: declare it required or with a default, or use find");
        }
        return value;
    }

    @Override
    @SuppressWarnings("unchecked") // the value was made by the setting declared under this key
    public <T> @Nullable T find(Setting<T> declared) {
        Object value = values.get(declared.key());
        return value == null ? declared.standard() : (T) value;
    }

    /** The keys that have a value, never a value. */
    @Override
    public String toString() {
        return "Settings" + new TreeMap<>(values).keySet();
    }
}
