package io.leaddispatch.config;

import io.leaddispatch.LaneOptions;
import io.leaddispatch.LaneOptions.OnUnknown;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.time.Duration;
import java.util.List;

/** The keys of {@code destinations.NAME.lane}. */
final class LaneSettings {
    static final Setting<Integer> ATTEMPTS = Setting.number("attempts", 1, 100)
            .unit("attempts")
            .or(LaneOptions.DEFAULT_ATTEMPTS)
            .doc(
                    "How often a lead is tried before it is given up. Waiting for a throttled or held destination costs none; with an outbox, nor does an outage.");
    static final Setting<Duration> FIRST_DELAY = Setting.duration("firstDelay")
            .or(LaneOptions.DEFAULT_FIRST_DELAY)
            .doc(
                    "The longest delay before the second attempt; it doubles with each further one. The delay itself is random.");
    static final Setting<Duration> MAX_DELAY = Setting.duration("maxDelay")
            .or(LaneOptions.DEFAULT_MAX_DELAY)
            .doc("The longest delay before any attempt; not less than firstDelay.");
    static final Setting<Duration> HOLD_PROBE = Setting.duration("holdProbe")
            .or(LaneOptions.DEFAULT_HOLD_PROBE)
            .doc(
                    "How long a destination that refused our credentials or configuration is left alone before one lead probes it.");
    static final Setting<Duration> MAX_AGE = Setting.duration("maxAge")
            .doc(
                    "How long a delivery is tried. Without it: as long as a caller waits, or with an outbox as the outbox says.");
    static final Setting<OnUnknown> ON_UNKNOWN = Setting.choice("onUnknown", OnUnknown.class)
            .or(OnUnknown.KEEP)
            .doc("What becomes of a lead that was sent and whose answer was lost, where a repeat may write it twice.");
    static final Setting<Integer> CONCURRENCY = Setting.number("concurrency", 1, 256)
            .unit("calls")
            .doc("The most calls at once. Without it: as many as the destination's own page says.");

    static final List<Setting<?>> ALL =
            List.of(ATTEMPTS, FIRST_DELAY, MAX_DELAY, HOLD_PROBE, MAX_AGE, ON_UNKNOWN, CONCURRENCY);

    private LaneSettings() {}

    /** @throws IllegalArgumentException if the values do not fit each other */
    static LaneOptions options(Settings settings) {
        return new LaneOptions(
                settings.get(ATTEMPTS),
                settings.get(FIRST_DELAY),
                settings.get(MAX_DELAY),
                settings.find(MAX_AGE),
                settings.get(ON_UNKNOWN),
                settings.find(CONCURRENCY),
                settings.get(HOLD_PROBE));
    }
}
