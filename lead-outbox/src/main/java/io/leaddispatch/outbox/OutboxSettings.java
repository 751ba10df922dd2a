package io.leaddispatch.outbox;

import io.leaddispatch.Secret;
import io.leaddispatch.spi.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The keys of the section {@code outbox}. */
final class OutboxSettings {
    static final Setting<String> URL = Setting.text(
                    "url", "a JDBC address of SQLite or PostgreSQL", OutboxSettings::isKnown)
            .required()
            .doc("Where the leads are kept: jdbc:sqlite:leads.db, or jdbc:postgresql://host/database. Without a user or"
                    + " password; these are settings of their own.");
    static final Setting<String> USER = Setting.text("user").doc("The database's user. PostgreSQL only.");
    static final Setting<Secret> PASSWORD = Setting.secret("password").doc("That user's password. PostgreSQL only.");
    static final Setting<AutoCreate> AUTO_CREATE = Setting.choice("autoCreate", AutoCreate.class)
            .or(AutoCreate.ON)
            .doc(
                    "What becomes of missing or older tables: on creates and migrates them, check refuses to work, off does"
                            + " not look.");
    static final Setting<Integer> CONNECTIONS = Setting.number("connections", 1, 100)
            .or(8)
            .doc("The most connections of this process. PostgreSQL only; a SQLite file has one.");
    static final Setting<Duration> LEASE = Setting.duration("lease")
            .or(Duration.ofMinutes(2))
            .doc("How long a lead is this process's own without a sign of life; what a process that died held is taken"
                    + " over after that. At least 1s, and more than twice the longest call.");
    static final Setting<Integer> POISON_AFTER = Setting.number("poisonAfter", 2, 100)
            .or(5)
            .doc("How many processes may end while they hold a lead before it becomes a dead letter.");
    static final Setting<Duration> KEEP_CONTENT = Setting.duration("keepContent")
            .or(Duration.ofDays(7))
            .doc("How long the content of a delivered lead is kept; less than a second removes it at once.");
    static final Setting<Duration> KEEP_IDS = Setting.duration("keepIds")
            .or(Duration.ofDays(90))
            .doc("How long the id of a delivered lead is kept, which keeps a repeat from being delivered again; less"
                    + " than a second removes the row at once.");
    static final Setting<Map<String, Secret>> KEYS = Setting.secretMap("keys")
            .or(Map.of())
            .doc("Keys for the content at rest by name, each Base64 of 16, 24 or 32 bytes. All of them decrypt.");
    static final Setting<String> ENCRYPT_WITH =
            Setting.text("encryptWith").doc("The name of the key that encrypts. Without it content is stored plain.");
    static final Setting<Secret> HASH_KEY = Setting.secret("hashKey")
            .doc("The key of the hashes by which an e-mail address is found again. Without it the one made with the"
                    + " tables, which stands beside them.");

    static final List<Setting<?>> ALL = List.of(
            URL,
            USER,
            PASSWORD,
            AUTO_CREATE,
            CONNECTIONS,
            LEASE,
            POISON_AFTER,
            KEEP_CONTENT,
            KEEP_IDS,
            KEYS,
            ENCRYPT_WITH,
            HASH_KEY);

    private OutboxSettings() {}

    private static boolean isKnown(String url) {
        return url.startsWith("jdbc:sqlite:") && url.length() > "jdbc:sqlite:".length()
                || url.startsWith("jdbc:postgresql:");
    }
}
