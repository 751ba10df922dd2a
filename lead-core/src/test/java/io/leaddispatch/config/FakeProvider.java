package io.leaddispatch.config;

import io.leaddispatch.Confirmation;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A provider with the settings a test declares. */
record FakeProvider(
        String type,
        @Nullable String marketplaceName,
        List<Setting<?>> settings,
        BiFunction<Settings, DestinationContext, LeadDestination> opening)
        implements LeadDestinationProvider {

    FakeProvider(String type, @Nullable String marketplaceName, Setting<?>... settings) {
        this(
                type,
                marketplaceName,
                List.of(settings),
                (given, context) -> LeadDestination.each(lead -> DeliveryResult.delivered(Confirmation.CREATED)));
    }

    @Override
    public LeadDestination open(Settings given, DestinationContext context) {
        return opening.apply(given, context);
    }
}
