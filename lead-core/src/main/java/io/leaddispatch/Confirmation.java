package io.leaddispatch;

/** How sure a destination is that it holds a delivered lead. */
public enum Confirmation {
    /** The destination wrote a new record. */
    CREATED,
    /** The destination changed a record it already had. */
    UPDATED,
    /** The record of an earlier attempt was found under the lead's own key; nothing was written. */
    ALREADY_PRESENT,
    /** The destination took the lead without confirming that it is stored (Web-to-Lead, HTTPS 200 or 202). */
    ACCEPTED
}
