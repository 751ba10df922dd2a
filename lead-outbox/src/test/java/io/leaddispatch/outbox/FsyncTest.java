package io.leaddispatch.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Power loss cannot be had in a test; that every commit reaches the disk can be counted. */
class FsyncTest {
    private static final int COMMITS = 200;

    @TempDir
    private Path folder;

    /** Stores leads one after the other; its argument says how careful SQLite is to be. */
    public static final class Storing {
        private Storing() {}

        /** Arguments: address, and a pragma or nothing. */
        public static void main(String[] args) throws InterruptedException {
            try (LeadOutbox outbox = Given.outbox(args[0])) {
                if (args.length > 1) {
                    outbox.store().database.read(session -> {
                        session.script(args[1] + ";\n");
                        return 1;
                    });
                }
                for (int i = 0; i < COMMITS; i++) {
                    outbox.enqueue(Given.lead("l" + i), List.of("crm"));
                }
                Runtime.getRuntime().halt(0); // closing would write the log back
            }
        }
    }

    @BeforeAll
    static void straceIsThere() throws InterruptedException {
        boolean there;
        try {
            Process probe = new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            there = probe.waitFor(20, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException e) {
            there = false;
        }
        if (!there) {
            assertThat(System.getenv("LEAD_CI"))
                    .as("strace is missing or may not trace")
                    .isNull();
            Assumptions.abort("missing tool: strace is not there or may not trace");
        }
    }

    private long syncs(String... pragma) throws Exception {
        Path log = folder.resolve("strace.log");
        List<String> command = new java.util.ArrayList<>(List.of(
                "strace",
                "-f",
                "-e",
                "trace=fsync,fdatasync",
                "-o",
                log.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Storing.class.getName(),
                Given.sqlite(folder)));
        command.addAll(List.of(pragma));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("sync(") && !line.contains("resumed"))
                    .count();
        }
    }

    @Test
    void everyStoredLeadIsSynced() throws Exception {
        long syncs = syncs();
        System.out.printf("%d leads stored: %d fsyncs%n", COMMITS, syncs);
        assertThat(syncs).isGreaterThanOrEqualTo(COMMITS);
    }

    @Test
    void theCountTellsACarelessDatabase() throws Exception {
        long syncs = syncs("pragma synchronous = NORMAL");
        System.out.printf("%d leads stored with synchronous = NORMAL: %d fsyncs%n", COMMITS, syncs);
        assertThat(syncs).isLessThan(COMMITS / 2);
    }
}
