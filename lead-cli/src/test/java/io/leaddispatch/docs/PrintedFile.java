package io.leaddispatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file below docs that is printed by a test: wholly, or from a line on. */
public final class PrintedFile {
    private PrintedFile() {}

    /** The file is exactly that; with {@code -Ddocs.write=true} it becomes it. */
    public static void isOrBecomes(Path file, String printed, Class<?> test) throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(file, printed);
        }
        assertThat(Files.readString(file))
                .as("print it anew: mvn -pl lead-cli -am test -Dtest=" + test.getSimpleName()
                        + " -Ddocs.write=true -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(printed);
    }

    /** What follows that line is exactly that; what stands before it was written by people. */
    public static void isOrBecomesFrom(String line, Path file, String printed, Class<?> test) throws IOException {
        String page = Files.readString(file);
        isOrBecomes(file, page.substring(0, page.indexOf(line) + line.length()) + printed, test);
    }
}
