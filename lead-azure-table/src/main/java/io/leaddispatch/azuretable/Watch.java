package io.leaddispatch.azuretable;

import io.leaddispatch.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for new rows, one round after the other, and tells a watcher. For one thread. */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(AzureTableLeads.class);

    /** A checkpoint within a round lists all that is done, so it is not made for every row. */
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(5);

    private final AzureTableLeads leads;
    private final LeadQuery query;
    private final LeadWatcher watcher;
    private final Clock clock;
    private TableCheckpoint checkpoint;
    private @Nullable String failing;

    Watch(AzureTableLeads leads, TableCheckpoint since, LeadQuery query, LeadWatcher watcher, Clock clock) {
        this.leads = leads;
        this.query = query;
        this.watcher = watcher;
        this.clock = clock;
        this.checkpoint = since;
    }

    void look() throws InterruptedException {
        NewLeads round = leads.since(checkpoint, query);
        try {
            Instant last = clock.instant();
            for (var each = round.rows().iterator(); each.hasNext(); ) {
                tell(each.next(), round);
                Instant now = clock.instant();
                if (now.isBefore(last) || !now.isBefore(last.plus(BETWEEN_CHECKPOINTS))) {
                    last = now;
                    watcher.reached(round.checkpoint());
                }
            }
            failing = null;
        } catch (AzureTableException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the watch was interrupted");
            }
            failed(e.problem());
        } finally {
            checkpoint = round.checkpoint();
        }
        watcher.reached(checkpoint);
    }

    private void tell(StoredLead row, NewLeads round) throws InterruptedException {
        try {
            watcher.found(row);
            round.done(row);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // the host's code; the row comes again
            LOG.warn(
                    "the watcher threw {} at lead {} [{}]: {}",
                    e.getClass().getName(),
                    RowReading.id(row.row()).value(), // its keys may be others', and say anything
                    AzureTableProblems.WATCHER_FAILED.code(),
                    AzureTableProblems.WATCHER_FAILED.remedy());
        }
    }

    /** One warning for each spell of trouble, however long it lasts. */
    private void failed(Problem problem) {
        if (!problem.code().equals(failing)) {
            LOG.warn("the table cannot be read [{}]: {}", problem.code(), problem.remedy());
            failing = problem.code();
        }
        watcher.failed(problem);
    }
}
