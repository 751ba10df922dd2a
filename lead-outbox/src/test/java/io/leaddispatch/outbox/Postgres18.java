package io.leaddispatch.outbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Assumptions;

/** The newest PostgreSQL beside the one of {@link Postgres}; the build puts its program into {@code target/servers}. */
final class Postgres18 {
    private static final Path PROGRAM = Path.of("target", "servers", "postgres-18.jar");
    private static EmbeddedPostgres server;

    private Postgres18() {}

    /** The address of a new, empty database. */
    static synchronized String newDatabase() {
        if (server == null) {
            boolean there = PROGRAM.toFile().exists();
            Assumptions.assumeTrue(there || System.getenv("LEAD_CI") != null, "missing tool: " + PROGRAM);
            server = Postgres.start(EmbeddedPostgres.builder().setPgBinaryResolver((system, machine) -> program()));
            Runtime.getRuntime().addShutdownHook(new Thread(Postgres18::stop));
        }
        return Postgres.newDatabase(server);
    }

    private static InputStream program() throws IOException {
        JarFile jar = new JarFile(PROGRAM.toFile()); // ends with this JVM
        return jar.getInputStream(jar.getEntry("postgres-linux-x86_64.txz"));
    }

    private static void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
