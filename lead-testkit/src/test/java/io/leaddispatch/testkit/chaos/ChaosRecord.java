package io.leaddispatch.testkit.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a vendor stored: how often, by round and lead. Written by one process, read by another. */
record ChaosRecord(Map<String, Integer> times) {

    static Writer writer(Path directory, String vendor) throws IOException {
        return new Writer(FileChannel.open(directory.resolve(vendor), CREATE, APPEND));
    }

    static ChaosRecord read(Path directory, String vendor) throws IOException {
        Map<String, Integer> times = new HashMap<>();
        for (String line : Files.readAllLines(directory.resolve(vendor))) {
            times.merge(line, 1, Integer::sum);
        }
        return new ChaosRecord(times);
    }

    int times(String round, String lead) {
        return times.getOrDefault(line(round, lead), 0);
    }

    private static String line(String round, String lead) {
        return round + " " + lead;
    }

    /** Writes one call's leads at once, before the vendor answers. */
    record Writer(FileChannel file) implements AutoCloseable {
        void stored(String round, List<String> leads) {
            StringBuilder lines = new StringBuilder();
            leads.forEach(lead -> lines.append(line(round, lead)).append('\n'));
            ByteBuffer bytes = UTF_8.encode(lines.toString());
            try {
                synchronized (file) {
                    while (bytes.hasRemaining()) {
                        file.write(bytes);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
