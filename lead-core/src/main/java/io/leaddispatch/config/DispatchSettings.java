package io.leaddispatch.config;

import io.leaddispatch.spi.Setting;
import java.time.Duration;
import java.util.List;

/** The keys at the top of a configuration, beside its sections. */
final class DispatchSettings {
    static final Setting<Duration> PATIENCE =
            Setting.duration("patience").or(Duration.ofSeconds(30)).doc("How long a caller of send waits at most.");
    static final Setting<Integer> QUEUE = Setting.number("queue", 1, 1_000_000)
            .unit("leads")
            .or(1_000)
            .doc("How many leads may wait in memory, per destination.");
    static final Setting<LeadConfig.OnFull> ON_FULL = Setting.choice("onFull", LeadConfig.OnFull.class)
            .or(LeadConfig.OnFull.WAIT)
            .doc("What send does when the queue is full: wait for room, or report the lead as undelivered at once.");
    static final Setting<Duration> CLOSE_WITHIN = Setting.duration("closeWithin")
            .or(Duration.ofSeconds(30))
            .doc("How long closing waits at most for deliveries that wait or are in flight.");
    static final Setting<Boolean> INSECURE_LOOPBACK = Setting.flag("insecureLoopback")
            .or(false)
            .doc("Whether plain http is allowed, to addresses of this machine only. For tests.");

    static final List<Setting<?>> ALL = List.of(PATIENCE, QUEUE, ON_FULL, CLOSE_WITHIN, INSECURE_LOOPBACK);

    private DispatchSettings() {}
}
