package io.leaddispatch.outbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is alive among the processes that share a SQLite file: each locks a file of its own beside it, and the operating
 * system frees the lock when the process ends, however it ends. So what a killed process held is taken over at once and
 * not when its leases run out. Without a file (PostgreSQL) leases run out.
 */
final class Owners implements AutoCloseable {
    /** A second handle on a locked file would free this process's lock when it is closed. */
    private static final Set<String> OF_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final @Nullable Path database;
    private @Nullable FileChannel channel;
    private @Nullable String own;

    Owners(@Nullable Path database) {
        this.database = database;
    }

    /** Says that this owner is alive, from now until {@link #close} or the end of the process. */
    synchronized void announce(String owner) {
        if (database == null || channel != null) {
            return;
        }
        OF_THIS_PROCESS.add(owner);
        own = owner;
        try {
            FileChannel opened =
                    FileChannel.open(file(database, owner), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            opened.lock();
            channel = opened;
        } catch (IOException e) { // others then wait for the end of our leases
            OF_THIS_PROCESS.remove(owner);
        }
    }

    private static Path file(Path database, String owner) {
        return database.resolveSibling(database.getFileName() + "-owner-" + owner);
    }

    /** Makes what dead processes held due at once; says how many leads that are. */
    int takeOver(Store store) {
        Path file = database;
        if (file == null) {
            return 0;
        }
        List<String> holders = store.database.read(session -> session.query(
                "select distinct owner from lead_outbox where state = 0 and leased_until > 0 and owner is not null",
                new Values(),
                row -> row.getString(1)));
        int taken = 0;
        for (String holder : holders) {
            if (!OF_THIS_PROCESS.contains(holder) && isDead(file(file, holder))) {
                taken += store.database.write(session -> session.update(
                        "update lead_outbox set leased_until = {clock} where owner = :owner and state = 0 and"
                                + " leased_until > {clock}",
                        Values.of("owner", holder)));
            }
        }
        return taken;
    }

    private static boolean isDead(Path file) {
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = other.tryLock()) {
            if (lock == null) {
                return false;
            }
            Files.deleteIfExists(file);
            return true;
        } catch (IOException | java.nio.channels.OverlappingFileLockException e) { // not known: its leases run out
            return false;
        }
    }

    @Override
    public synchronized void close() {
        FileChannel open = channel;
        if (open == null || database == null || own == null) {
            return;
        }
        try {
            Files.deleteIfExists(file(database, own));
            open.close();
        } catch (IOException e) { // the end of the process does it
            return;
        } finally {
            channel = null;
            OF_THIS_PROCESS.remove(own);
        }
    }
}
