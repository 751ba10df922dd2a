package io.leaddispatch.outbox;

import java.nio.file.Path;

class PostgresKillTest extends KillTests {
    @Override
    String newUrl(Path folder) {
        return Postgres.newDatabase();
    }

    @Override
    int processes() {
        return 2;
    }
}
