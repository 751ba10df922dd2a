package io.leaddispatch.cli;

import io.leaddispatch.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Secrets in a file, one a line, read anew at each use, so that they can be changed while the door is open. While the file
 * is away, empty or half written, what it last held counts. Safe for use by many threads.
 */
final class SecretFile {
    private static final int MOST = 4;

    private final Path file;
    private final Predicate<String> usable;
    private volatile List<String> last;

    private SecretFile(Path file, Predicate<String> usable) throws IOException {
        this.file = file;
        this.usable = usable;
        this.last = read();
    }

    /**
     * The one secret of a file.
     *
     * @throws IOException if it is not there or empty
     */
    static Secret one(Path file) throws IOException {
        SecretFile read = new SecretFile(file, line -> true);
        return Secret.from(() -> read.line(0));
    }

    /**
     * All of a file's secrets, 4 at most; a shorter file has its last line several times.
     *
     * @param usable what a line must be
     * @throws IOException if it is not there or holds none
     */
    static List<Secret> several(Path file, Predicate<String> usable) throws IOException {
        SecretFile read = new SecretFile(file, usable);
        return IntStream.range(0, MOST)
                .mapToObj(i -> Secret.from(() -> read.line(i)))
                .toList();
    }

    private String line(int number) {
        try {
            last = read();
        } catch (IOException e) { // the last ones count
            return of(last, number);
        }
        return of(last, number);
    }

    private static String of(List<String> lines, int number) {
        return lines.get(Math.min(number, lines.size() - 1));
    }

    private List<String> read() throws IOException {
        List<String> lines = Files.readString(file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty() || !lines.stream().allMatch(usable)) {
            throw new IOException("it holds no secret of the form that is needed: " + file);
        }
        return lines;
    }
}
