package io.leaddispatch.outbox;

/** What becomes of tables that are missing or of an older version. */
public enum AutoCreate {
    /** They are created or migrated at the first use. */
    ON,
    /** The outbox refuses to work until somebody has run the scripts. */
    CHECK,
    /** Nobody looks: the operator vouches for the tables. */
    OFF
}
