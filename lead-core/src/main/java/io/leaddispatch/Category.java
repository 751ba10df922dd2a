package io.leaddispatch;

/**
 * What kind of trouble a {@link Problem} is, in words for people. What happens to the lead is decided by the kind of
 * the {@linkplain io.leaddispatch.spi.DeliveryResult result}, not by the category.
 */
public enum Category {
    /** Passing trouble: no connection, a server error. The delivery is tried again and each try counts. */
    TRANSIENT,
    /** The destination asked for less, or for later. Nobody calls it until then; no try is spent. */
    THROTTLED,
    /** Credentials or permissions were refused. The destination is held until they are mended. */
    AUTH,
    /** The destination, as configured, cannot take leads. It is held until that is mended. */
    CONFIG,
    /** This lead is refused, now and always. */
    INVALID_LEAD,
    /** A rule of the destination's owner refused this lead as a double. */
    DUPLICATE,
    /** The lead was sent and the answer was lost: it may or may not be there. */
    OUTCOME_UNKNOWN,
    /** The host's own rules kept the lead back; nothing is wrong. */
    POLICY,
    /** A destination broke its contract, or this library did. */
    INTERNAL
}
