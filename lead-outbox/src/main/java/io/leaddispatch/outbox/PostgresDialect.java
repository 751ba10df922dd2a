package io.leaddispatch.outbox;

import java.sql.SQLException;
import java.util.Set;

/**
 * PostgreSQL 10 and later: the database's clock, claims that skip what others are claiming.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-select.html#SQL-FOR-UPDATE-SHARE">SKIP LOCKED</a>
 */
final class PostgresDialect implements Dialect {
    private static final Set<String> PASSING = Set.of("40001", "40P01", "55P03", "57P01", "57P02", "57P03");
    private static final String IDLE_TOO_LONG = "25P03"; // in a transaction
    private static final String MILLISECONDS = "(select (extract(epoch from %s) * 1000)::bigint)";

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public String now() {
        return MILLISECONDS.formatted("now()");
    }

    @Override
    public String clock() {
        return MILLISECONDS.formatted("clock_timestamp()");
    }

    @Override
    public String among(String subselect) {
        return "= any(array(" + subselect + "))";
    }

    @Override
    public String row() {
        return "ctid"; // a row that another transaction has just moved is not found, and so is left for the next claim
    }

    @Override
    public String skipLocked() {
        return "for update skip locked";
    }

    @Override
    public String tablesAreThere() {
        return "select count(*) from pg_catalog.pg_class where relname = 'lead_outbox_schema' and"
                + " pg_catalog.pg_table_is_visible(oid)"; // to_regclass may answer from before the lock
    }

    @Override
    public String migrationLock() {
        return "select pg_advisory_xact_lock(730580886923165)";
    }

    @Override
    public boolean isPassing(SQLException e) {
        return PASSING.contains(state(e)) || isConnectionLost(e);
    }

    @Override
    public boolean isConnectionLost(SQLException e) {
        return state(e).startsWith("08") || state(e).startsWith("57P0") || state(e).equals(IDLE_TOO_LONG);
    }

    @Override
    public boolean hasArrays() {
        return true;
    }

    @Override
    public boolean looksFirst() {
        return false;
    }

    @Override
    public boolean isDuplicate(SQLException e) {
        return state(e).equals("23505");
    }

    @Override
    public String code(SQLException e) {
        return "SQLState " + state(e);
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
