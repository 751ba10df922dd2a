package io.leaddispatch.outbox;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteOutboxTest extends OutboxTests {
    @TempDir
    private Path folder;

    private int files;

    @Override
    String newUrl() {
        return "jdbc:sqlite:" + folder.resolve("leads" + files++ + ".db");
    }
}
