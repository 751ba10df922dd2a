package io.leaddispatch.outbox;

import io.leaddispatch.Secret;
import io.leaddispatch.spi.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What all parts of one outbox share. Safe for use by many threads. */
final class Store implements AutoCloseable {
    final Database database;
    final PayloadCipher cipher;
    final Clock clock;
    /** Who holds the leases of this queue. */
    final String owner =
            ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 13);

    final Duration lease;
    final int poisonAfter;
    final Duration keepContent;
    final Duration keepIds;

    private final Schema schema;
    private final @Nullable Secret givenHashKey;
    private volatile @Nullable KeyedHash hash;

    Store(Database database, Schema schema, Settings settings, Clock clock) {
        this.database = database;
        this.schema = schema;
        this.clock = clock;
        this.cipher = new PayloadCipher(settings.get(OutboxSettings.KEYS), settings.find(OutboxSettings.ENCRYPT_WITH));
        this.lease = settings.get(OutboxSettings.LEASE);
        this.poisonAfter = settings.get(OutboxSettings.POISON_AFTER);
        this.keepContent = settings.get(OutboxSettings.KEEP_CONTENT);
        this.keepIds = settings.get(OutboxSettings.KEEP_IDS);
        this.givenHashKey = settings.find(OutboxSettings.HASH_KEY);
    }

    /** The keyed hashes; only once there was a session, which is when the tables' own key is known. */
    KeyedHash hash() {
        KeyedHash known = hash;
        if (known == null) {
            String key = givenHashKey != null ? givenHashKey.reveal() : schema.hashKey();
            if (key == null) {
                throw new IllegalStateException("no session yet");
            }
            known = new KeyedHash(key);
            hash = known;
        }
        return known;
    }

    /** Milliseconds from now until then on this process's clock: other clocks are not compared with it. */
    long millisUntil(java.time.Instant moment) {
        if (!moment.isBefore(java.time.Instant.ofEpochMilli(Long.MAX_VALUE / 4))) {
            return Long.MAX_VALUE / 4;
        }
        return Math.max(0, Duration.between(clock.instant(), moment).toMillis());
    }

    @Override
    public void close() {
        database.close();
    }
}
