package io.leaddispatch.spi;

/** What becomes of a value that is longer than its field. */
public enum OnTooLong {
    /** It is cut to fit, and a note of the delivery says so. */
    CUT,
    /** The lead is rejected. */
    REJECT
}
