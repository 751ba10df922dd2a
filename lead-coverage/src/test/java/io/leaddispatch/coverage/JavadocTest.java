package io.leaddispatch.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All that others may call is described. Doclint's group {@code missing} would also demand a tag for each parameter and
 * return value, most of which would only say the name again; the release checks everything else it knows.
 */
class JavadocTest {
    private static final Pattern EXPORTS = Pattern.compile("(?m)^ *exports ([a-z.]+)( to|;)");

    @TempDir
    private Path folder;

    @Test
    void everythingInAnExportedPackageIsDescribed() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : Project.published()) {
            Path main = Project.file(module, "src/main/java");
            for (String exported : exported(main.resolve("module-info.java"))) {
                try (Stream<Path> files = Files.list(main.resolve(exported.replace('.', '/')))) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        assertThat(sources).hasSizeGreaterThan(100);
        assertThat(Undescribed.in(sources)).isEmpty();
    }

    /** Packages that are open to all; one that is exported to our own modules is internal. */
    private static List<String> exported(Path moduleInfo) throws IOException {
        return EXPORTS.matcher(Files.readString(moduleInfo))
                .results()
                .filter(match -> match.group(2).equals(";"))
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    @Test
    void whatIsNotDescribedIsFound() throws IOException {
        Path file = folder.resolve("Seen.java");
        Files.writeString(file, """
                package seen;
                public class Seen {
                    public int field;
                    int hidden;
                    protected void method() {}
                    @Override public String toString() { return ""; }
                    /** Described. */ public interface Inner { void implicit(); private void hidden() {} }
                    /** A part is not. @param told this one is */ public record Parts(int told, int untold) {}
                    /** Described. */ public enum Few { ONE }
                    static class Hidden { public void hidden() {} }
                }
                """);
        assertThat(Undescribed.in(List.of(file)))
                .containsExactly(
                        "Seen.java: Seen",
                        "Seen.java: Seen (constructor)",
                        "Seen.java: field",
                        "Seen.java: method",
                        "Seen.java: implicit",
                        "Seen.java: Parts.untold",
                        "Seen.java: ONE");
    }
}
