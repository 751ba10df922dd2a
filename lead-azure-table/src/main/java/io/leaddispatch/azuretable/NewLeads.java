package io.leaddispatch.azuretable;

import io.leaddispatch.Problem;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows written since a checkpoint, to be taken one by one and marked as {@link #done}; what is not marked comes
 * again. Rows come in the order of their keys, so the mark moves only after the last of them, and never beyond the time at
 * which the first were read: a row that is written later may have its place among those that were read already. Until
 * then the checkpoint lists what is done.
 *
 * <p>Safe for use by many threads, but for the stream, which is for one.
 */
public final class NewLeads {
    /** Why one of several destinations does not get the lead of a row again; for rules of the host. */
    public static final Problem DELIVERED_EARLIER = AzureTableProblems.DELIVERED_EARLIER.problem();

    private final TableCheckpoint since;
    private final LeadQuery query;
    private final Stream<StoredLead> all;
    private final Map<String, Instant> done;
    private final Map<String, Instant> open = new HashMap<>();
    private final Supplier<@Nullable Instant> begun;
    private Instant newest;
    private boolean exhausted;

    /** @param begun when the first rows were read, by the service's clock; null if nobody knows, then the mark stays */
    NewLeads(TableCheckpoint since, LeadQuery query, Stream<StoredLead> all, Supplier<@Nullable Instant> begun) {
        this.since = since;
        this.query = query;
        this.all = all;
        this.begun = begun;
        this.done = new HashMap<>(since.done());
        this.newest = since.mark();
    }

    /**
     * The rows, read as the stream goes on. Can be called once.
     *
     * @return throws {@link AzureTableException} where the table cannot be read
     */
    public Stream<StoredLead> rows() {
        return Stream.concat(all.filter(this::isNew), Stream.of(Boolean.TRUE).flatMap(end -> ended()));
    }

    private Stream<StoredLead> ended() {
        synchronized (this) {
            exhausted = true;
        }
        return Stream.empty();
    }

    private synchronized boolean isNew(StoredLead row) {
        Instant writtenAt = row.row().writtenAt();
        newest = writtenAt.isAfter(newest) ? writtenAt : newest;
        String fingerprint = TableCheckpoint.fingerprint(row.row());
        if (done.containsKey(fingerprint)) {
            return false;
        }
        if (!query.matches(row)) {
            done.put(fingerprint, writtenAt);
            return false;
        }
        open.put(fingerprint, writtenAt);
        return true;
    }

    /** This row need not come again. */
    public synchronized void done(StoredLead row) {
        String fingerprint = TableCheckpoint.fingerprint(row.row());
        Instant writtenAt = open.remove(fingerprint);
        done.put(fingerprint, Objects.requireNonNullElse(writtenAt, row.row().writtenAt()));
    }

    /** How far this got: what is marked as done does not come again. */
    public synchronized TableCheckpoint checkpoint() {
        if (!exhausted) {
            return new TableCheckpoint(since.mark(), done);
        }
        Instant first = begun.get();
        Instant mark = first == null ? since.mark() : first.isBefore(newest) ? first : newest;
        for (Instant writtenAt : open.values()) {
            mark = writtenAt.isBefore(mark) ? writtenAt : mark;
        }
        mark = mark.isBefore(since.mark()) ? since.mark() : mark;
        Instant from = TableCheckpoint.at(mark).from();
        Map<String, Instant> near = new HashMap<>(done);
        near.values().removeIf(writtenAt -> writtenAt.isBefore(from));
        return new TableCheckpoint(mark, near);
    }
}
