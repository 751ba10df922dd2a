package io.leaddispatch.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A record that several processes write: whatever a process wrote in one go is there, also when it is killed next. */
final class Lines {
    private final Path file;
    private FileChannel out;

    Lines(Path file) {
        this.file = file;
    }

    synchronized void add(List<String> lines) {
        try {
            if (out == null) {
                out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            out.write(ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> all() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
