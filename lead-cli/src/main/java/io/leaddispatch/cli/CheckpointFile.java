package io.leaddispatch.cli;

import io.leaddispatch.azuretable.TableCheckpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Where it is written how far a table was read: always a whole checkpoint, the old one or the new one. */
final class CheckpointFile {
    private final Path file;

    CheckpointFile(Path file) {
        this.file = file;
    }

    /** What it holds, or null if there is none yet. */
    @Nullable TableCheckpoint read() throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            return TableCheckpoint.parse(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage() + "; name another file with --checkpoint", e);
        }
    }

    synchronized void write(TableCheckpoint checkpoint) {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(beside, checkpoint.format());
            try {
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) { // on file systems that cannot do better
                Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
