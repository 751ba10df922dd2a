package io.leaddispatch.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Creates, migrates or checks the tables. Within a major version only additive steps: a worker of an older version goes
 * on beside newer tables, since every statement names its columns.
 */
final class Schema {
    /** The version of the tables that this code knows. */
    static final int VERSION = 1;

    private static final int KEY_BYTES = 32;

    private final AutoCreate autoCreate;
    private volatile @Nullable String hashKey;

    Schema(AutoCreate autoCreate) {
        this.autoCreate = autoCreate;
    }

    /** What the tables say of themselves. */
    private record Found(int version, int readableBy, String hashKey) {}

    /** The key of the keyed hashes that was made with the tables; there once a session was opened. */
    @Nullable String hashKey() {
        return hashKey;
    }

    void prepare(Connection connection, Session session) throws SQLException {
        Found found = find(session);
        if (autoCreate == AutoCreate.ON && (found == null || found.version < VERSION)) {
            found = Transaction.run(connection, session, this::migrate);
        }
        if (found == null) {
            throw new OutboxException(
                    "the outbox has no tables: run the script "
                            + session.dialect().name() + "-1.sql of lead-outbox, or set autoCreate to on",
                    false,
                    null);
        }
        check(found);
        if (found.hashKey.isEmpty()) {
            found = Transaction.run(connection, session, Schema::fillKey);
        }
        hashKey = found.hashKey;
    }

    private void check(Found found) {
        if (found.readableBy > VERSION) {
            throw new OutboxException(
                    "the outbox's tables are of version " + found.version + ", which this version of the library ("
                            + VERSION + ") cannot work with: use a newer one",
                    false,
                    null);
        }
        if (autoCreate == AutoCreate.CHECK && found.version < VERSION) {
            throw new OutboxException(
                    "the outbox's tables are of version " + found.version + " and " + VERSION
                            + " is needed: run the scripts between them, or set autoCreate to on",
                    false,
                    null);
        }
    }

    private static @Nullable Found find(Session session) throws SQLException {
        return session.number(session.dialect().tablesAreThere(), new Values()) == 0 ? null : read(session);
    }

    private static @Nullable Found read(Session session) throws SQLException {
        return session.first(
                "select version, readable_by, hash_key from lead_outbox_schema",
                new Values(),
                row -> new Found(row.getInt(1), row.getInt(2), row.getString(3)));
    }

    private Found migrate(Session session) throws SQLException {
        session.script(session.dialect().migrationLock() + ";\n");
        Found found = find(session); // somebody may have been quicker
        for (int step = found == null ? 1 : found.version + 1; step <= VERSION; step++) {
            session.script(script(session.dialect().name() + "-" + step + ".sql"));
        }
        session.update("update lead_outbox_schema set version = :version", Values.of("version", VERSION));
        return fillKey(session);
    }

    /** A script cannot make a good key in every database: the first process does, unless there is one. */
    private static Found fillKey(Session session) throws SQLException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        session.update(
                "update lead_outbox_schema set hash_key = :key where hash_key = ''",
                Values.of("key", HexFormat.of().formatHex(key)));
        return Objects.requireNonNull(read(session), "the row of the script");
    }

    private static String script(String name) {
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the script " + name + " is missing in lead-outbox");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
