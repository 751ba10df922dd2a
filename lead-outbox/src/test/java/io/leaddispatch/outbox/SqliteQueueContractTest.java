package io.leaddispatch.outbox;

import io.leaddispatch.spi.LeadQueue;
import io.leaddispatch.testkit.contract.LeadQueueContract;
import io.leaddispatch.testkit.contract.QueueGroup;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class SqliteQueueContractTest extends LeadQueueContract {
    @TempDir
    private Path folder;

    private int files;

    @Override
    protected LeadQueue open() {
        files++;
        return openAgain();
    }

    @Override
    protected LeadQueue openAgain() {
        return Given.outbox("jdbc:sqlite:" + folder.resolve("leads" + files + ".db"))
                .queue();
    }

    @Override
    protected Map<QueueGroup, String> doesNotApply() {
        return Map.of(QueueGroup.WITHDRAWING, "what is durably stored is not the caller's any more");
    }
}
