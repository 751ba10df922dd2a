package io.leaddispatch.spi;

import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What the host lends a destination. Immutable.
 *
 * @param name the destination's name in the configuration, e.g. {@code crm}
 * @param clock for every "now"; tests move it
 * @param http the host's HTTP client, or one made at first use and shared by all destinations
 * @param userAgent product and version for requests
 * @param insecureLoopback whether plain http is allowed, to loopback addresses only
 */
public record DestinationContext(
        String name, Clock clock, Supplier<HttpClient> http, String userAgent, boolean insecureLoopback) {
    /** Checks that nothing is missing. */
    public DestinationContext {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(http, "http");
        Objects.requireNonNull(userAgent, "userAgent");
    }
}
