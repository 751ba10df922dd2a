package io.leaddispatch.json;

/** How property names of the marketplace's form are written. */
public enum Casing {
    /** {@code userDetails}, {@code firstName}: what the marketplace really sends. */
    CAMEL,
    /** {@code UserDetails}, {@code FirstName}: what its documentation prints; flows made from that read it. */
    PASCAL
}
