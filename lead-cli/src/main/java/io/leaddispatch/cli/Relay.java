package io.leaddispatch.cli;

import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadId;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import io.leaddispatch.azuretable.NewLeads;
import io.leaddispatch.azuretable.StoredLead;
import io.leaddispatch.json.LeadEntry;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The new rows of one look at a table, on their way. A row is done when its lead is delivered, kept back, stored or
 * refused for good; what is undelivered or unrouted comes again next time. Safe for use by many threads.
 */
final class Relay implements SendProgress {
    private final NewLeads rows;
    private final SendReport report;
    private final CheckpointFile file;
    private final Map<LeadId, Queue<StoredLead>> onTheirWay = new HashMap<>();
    private int taken;

    Relay(NewLeads rows, SendReport report, CheckpointFile file) {
        this.rows = rows;
        this.report = report;
        this.file = file;
    }

    Stream<Lead> leads() {
        return report.leads(rows.rows().map(this::entry));
    }

    /** A row that is no lead is told once: an edit makes it new. */
    private synchronized LeadEntry entry(StoredLead row) {
        taken++;
        if (row instanceof StoredLead.Read read) {
            onTheirWay
                    .computeIfAbsent(read.lead().id(), id -> new ArrayDeque<>(1))
                    .add(row);
            return new LeadEntry.Read(taken, read.lead());
        }
        rows.done(row);
        return new LeadEntry.Faulty(taken, 0, ((StoredLead.Unreadable) row).problems());
    }

    @Override
    public void finished(DispatchReport lead) {
        StoredLead row = arrived(lead.leadId());
        if (row != null && isDone(lead)) {
            rows.done(row);
        }
        report.finished(lead);
    }

    private synchronized @Nullable StoredLead arrived(LeadId lead) {
        Queue<StoredLead> waiting = onTheirWay.get(lead);
        StoredLead row = waiting == null ? null : waiting.poll();
        if (waiting != null && waiting.isEmpty()) {
            onTheirWay.remove(lead);
        }
        return row;
    }

    private static boolean isDone(DispatchReport lead) {
        return !lead.isUnrouted()
                && lead.outcomes().values().stream().noneMatch(outcome -> outcome instanceof Outcome.Undelivered);
    }

    @Override
    public void advanced(SendSummary soFar) {
        report.advanced(soFar);
        save();
    }

    /** Writes down how far it got. */
    void save() {
        file.write(rows.checkpoint());
    }
}
