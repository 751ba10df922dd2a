package io.leaddispatch.azuretable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What this module brings into a host: small, and without netty. */
class RuntimeSizeTest {
    private static final long MOST_BYTES = 7_000_000;

    /** What only the tests need. */
    private static final List<String> FOR_TESTS = List.of(
            "apiguardian-",
            "assertj-",
            "byte-buddy-",
            "jspecify-",
            "junit-",
            "lead-",
            "opentest4j-",
            "org.jacoco",
            "slf4j-jdk14-",
            "surefire-");

    @Test
    void theRuntimeTreeIsSmallAndHasNoNetty() throws IOException {
        List<File> jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(File::new)
                .filter(file -> file.getName().endsWith(".jar"))
                .toList();
        assertThat(jars).noneMatch(jar -> jar.getName().contains("netty"));
        List<File> ours = jars.stream()
                .filter(jar -> FOR_TESTS.stream().noneMatch(jar.getName()::startsWith))
                .toList();
        assertThat(ours.stream().map(File::getName)).anyMatch(name -> name.startsWith("azure-data-tables-"));
        long bytes = ours.stream().mapToLong(File::length).sum();
        System.out.println(ours.size() + " jars of others at run time, " + bytes + " bytes: "
                + ours.stream().map(File::getName).toList());
        assertThat(bytes).isLessThan(MOST_BYTES);
        assertThat(Files.readString(Path.of("..", "docs", "azure-table.md")))
                .contains(String.format(Locale.ROOT, "%d jars of %.1f MB", ours.size(), bytes / 1e6));
    }
}
