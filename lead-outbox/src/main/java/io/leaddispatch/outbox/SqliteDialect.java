package io.leaddispatch.outbox;

import java.sql.SQLException;

/**
 * A SQLite file: one writer at a time, and the application's clock.
 *
 * @see <a href="https://www.sqlite.org/rescode.html">Result codes</a>
 */
final class SqliteDialect implements Dialect {
    private static final int PRIMARY = 0xff;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int CONSTRAINT = 19;

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public String now() {
        return ":" + Sql.TIME;
    }

    @Override
    public String clock() {
        return now();
    }

    @Override
    public String among(String subselect) {
        return "in (" + subselect + ")";
    }

    @Override
    public String row() {
        return "id"; // which is the rowid
    }

    @Override
    public String skipLocked() {
        return "";
    }

    @Override
    public String tablesAreThere() {
        return "select count(*) from sqlite_master where type = 'table' and name = 'lead_outbox_schema'";
    }

    @Override
    public String migrationLock() {
        return "";
    }

    @Override
    public boolean isPassing(SQLException e) {
        int code = e.getErrorCode() & PRIMARY;
        return code == BUSY || code == LOCKED;
    }

    @Override
    public boolean isConnectionLost(SQLException e) {
        return false;
    }

    @Override
    public boolean hasArrays() {
        return false;
    }

    @Override
    public boolean looksFirst() {
        return true;
    }

    @Override
    public boolean isDuplicate(SQLException e) {
        return (e.getErrorCode() & PRIMARY) == CONSTRAINT;
    }

    @Override
    public String code(SQLException e) {
        return "SQLite code " + (e.getErrorCode() & PRIMARY);
    }
}
