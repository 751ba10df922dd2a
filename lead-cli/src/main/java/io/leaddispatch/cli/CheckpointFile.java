package io.leaddispatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Where it is written how far a table was read: always a whole state, the old one or the new one, also after a loss of
 * power. For one relay at a time.
 */
final class CheckpointFile {
    private final Path file;

    CheckpointFile(Path file) {
        this.file = file;
    }

    /** It is ours until the channel is closed; null if another relay has it. The file beside it, for the lock, stays. */
    @Nullable FileChannel lock() throws IOException {
        FileChannel channel = FileChannel.open(beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) { // of this process
            channel.close();
            return null;
        }
        channel.close();
        return null;
    }

    /** What it holds, or null if there is none yet. */
    @Nullable RelayState read() throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            return RelayState.parse(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage() + "; name another file with --checkpoint", e);
        }
    }

    synchronized void write(RelayState state) {
        Path fresh = beside(".new");
        try {
            writeThrough(fresh, state.format());
            try {
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) { // on file systems that cannot do better
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeThrough(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true); // else the name may outlive the content
        }
    }

    private Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
