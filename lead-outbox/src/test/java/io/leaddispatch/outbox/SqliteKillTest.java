package io.leaddispatch.outbox;

import java.nio.file.Path;

class SqliteKillTest extends KillTests {
    @Override
    String newUrl(Path folder) {
        return Given.sqlite(folder);
    }

    @Override
    int processes() {
        return 1;
    }
}
