package io.leaddispatch.outbox;

class Postgres18QueueContractTest extends PostgresQueueContractTest {
    @Override
    String newUrl() {
        return Postgres18.newDatabase();
    }
}
