package io.leaddispatch.outbox;

import java.nio.file.Path;

class SqliteTwoProcessesKillTest extends KillTests {
    @Override
    String newUrl(Path folder) {
        return Given.sqlite(folder);
    }

    @Override
    int processes() {
        return 2;
    }
}
