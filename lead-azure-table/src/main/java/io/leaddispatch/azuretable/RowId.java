package io.leaddispatch.azuretable;

import java.time.Instant;

/**
 * Which row it is, and in which state. Holds no personal data where this library wrote it. Immutable.
 *
 * @param partition its partition key
 * @param key its row key
 * @param writtenAt when the service wrote it last, by the service's clock
 * @param etag the service's mark of its state, which every write changes
 */
public record RowId(String partition, String key, Instant writtenAt, String etag) {
    /** How it is called in reports: partition and key. */
    public String id() {
        return partition + "/" + key;
    }
}
