package io.leaddispatch.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class Postgres18OutboxTest extends OutboxTests {
    @Override
    String newUrl() {
        return Postgres18.newDatabase();
    }

    @Test
    void itIsThatVersion() throws SQLException {
        assertThat(text("show server_version")).startsWith("18.");
    }
}
