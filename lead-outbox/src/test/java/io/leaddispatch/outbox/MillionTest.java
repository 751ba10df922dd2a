package io.leaddispatch.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However many leads go in and out, a small heap is enough: what waits is in the store. */
class MillionTest {
    private static final String HEAP = "-Xmx64m";

    @TempDir
    private Path folder;

    @Test
    void manyLeadsGoInAndOutOnASmallHeap() throws Exception {
        run(10_000);
    }

    @Test
    @Tag("slow")
    void aMillionLeadsGoInAndOutOnASmallHeap() throws Exception {
        run(1_000_000);
    }

    private void run(int leads) throws Exception {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ThroughWorker.class.getName(),
                        Given.sqlite(folder),
                        String.valueOf(leads))
                .redirectError(log.toFile())
                .start();
        List<String> said = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        said.forEach(System.out::println);
        assertThat(said).last().asString().startsWith(leads + " in, " + leads + " out, ");
        try (LeadOutbox outbox = Given.outbox(Given.sqlite(folder))) {
            assertThat(outbox.stats().destinations().get("crm").done()).isEqualTo(leads);
        }
    }
}
