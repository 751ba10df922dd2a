package io.leaddispatch.outbox;

import io.leaddispatch.spi.LeadQueue;
import io.leaddispatch.testkit.contract.LeadQueueContract;
import io.leaddispatch.testkit.contract.QueueGroup;
import java.util.Map;

class PostgresQueueContractTest extends LeadQueueContract {
    private String url;

    String newUrl() {
        return Postgres.newDatabase();
    }

    @Override
    protected LeadQueue open() {
        url = newUrl();
        return openAgain();
    }

    @Override
    protected LeadQueue openAgain() {
        return Given.outbox(url).queue();
    }

    @Override
    protected Map<QueueGroup, String> doesNotApply() {
        return Map.of(QueueGroup.WITHDRAWING, "what is durably stored is not the caller's any more");
    }
}
