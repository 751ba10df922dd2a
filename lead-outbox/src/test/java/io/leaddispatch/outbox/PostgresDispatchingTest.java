package io.leaddispatch.outbox;

class PostgresDispatchingTest extends DispatchingTests {
    @Override
    String newUrl() {
        return Postgres.newDatabase();
    }
}
