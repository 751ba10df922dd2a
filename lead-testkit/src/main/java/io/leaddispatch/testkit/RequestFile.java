package io.leaddispatch.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Requests in a file, one line each: method, target, headers and body, percent-encoded. A line is written at once, so
 * that the file is whole however the process ends. Safe for use by many threads and processes.
 */
public final class RequestFile {
    private RequestFile() {}

    /** The requests in the file, in order; none if it does not exist. */
    public static List<ReceivedRequest> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file).stream().map(RequestFile::parse).toList();
    }

    static void append(Path file, ReceivedRequest request) throws IOException {
        StringBuilder line = new StringBuilder();
        line.append(encoded(request.method())).append(' ').append(encoded(request.target()));
        request.headers()
                .forEach((name, values) -> values.forEach(value ->
                        line.append(' ').append(encoded(name)).append('=').append(encoded(value))));
        line.append(" : ").append(encoded(request.body())).append('\n');
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(line.toString().getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static ReceivedRequest parse(String line) {
        String[] parts = line.split(" ", -1);
        Map<String, List<String>> headers = new TreeMap<>();
        int colon = 2;
        for (; !parts[colon].equals(":"); colon++) {
            String[] header = parts[colon].split("=", 2);
            headers.computeIfAbsent(decoded(header[0]), name -> new ArrayList<>())
                    .add(decoded(header[1]));
        }
        return new ReceivedRequest(decoded(parts[0]), decoded(parts[1]), headers, decoded(parts[colon + 1]));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
