package io.leaddispatch.outbox;

import java.sql.SQLException;

/** What the databases say differently. Stateless. */
interface Dialect {
    /** As in the names of the scripts. */
    String name();

    /** Epoch milliseconds at the begin of the transaction; constant within it, so that an index serves comparisons. */
    String now();

    /** Epoch milliseconds at this moment. */
    String clock();

    /** A condition on ids that is evaluated once, before the table is touched. */
    String among(String subselect);

    /** The column that leads to a row without an index, within one statement. */
    String row();

    /** What keeps two claims from waiting for each other. */
    String skipLocked();

    /** A query for 1 if our tables are there, else 0. */
    String tablesAreThere();

    /** A statement that keeps other processes from migrating until the transaction ends; empty if none is needed. */
    String migrationLock();

    /** Whether the same transaction may succeed if it is tried again. */
    boolean isPassing(SQLException e);

    /** Whether the connection is of no use any more. */
    boolean isConnectionLost(SQLException e);

    /** Whether one statement can take many rows as arrays. */
    boolean hasArrays();

    /** Whether to look before claiming, since a claim of nothing keeps others waiting. */
    boolean looksFirst();

    /** Whether a unique index refused a row. */
    boolean isDuplicate(SQLException e);

    /** A short word for people: SQLState or vendor's code. */
    String code(SQLException e);
}
