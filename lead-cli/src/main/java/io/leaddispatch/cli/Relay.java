package io.leaddispatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadId;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import io.leaddispatch.azuretable.NewLeads;
import io.leaddispatch.azuretable.RowId;
import io.leaddispatch.azuretable.StoredLead;
import io.leaddispatch.json.LeadEntry;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The new rows of one look at a table, on their way. A row is done when every destination has its lead, keeps it in
 * store, refuses it for good, or may have it and must not get it twice; and when no route leads away from the table.
 * What is certainly not there comes again next time, for those destinations only. Safe for use by many threads.
 */
final class Relay implements SendProgress {
    private final NewLeads rows;
    private final Predicate<Lead> staysThere;
    private final Set<String> mayRepeat;
    private final SendReport report;
    private final EarlierDeliveries earlier;
    private final Map<LeadId, Queue<StoredLead>> onTheirWay = new HashMap<>();
    private final Runnable save;
    private int taken;

    /**
     * @param mayRepeat destinations that may get a lead again after its answer was lost
     * @param save writes down how far it got, if it is time
     */
    Relay(
            NewLeads rows,
            Predicate<Lead> staysThere,
            Set<String> mayRepeat,
            SendReport report,
            EarlierDeliveries earlier,
            Runnable save) {
        this.rows = rows;
        this.staysThere = staysThere;
        this.mayRepeat = mayRepeat;
        this.report = report;
        this.earlier = earlier;
        this.save = save;
    }

    Stream<Lead> leads() {
        return report.leads(rows.rows().filter(this::moves).map(this::entry));
    }

    private boolean moves(StoredLead row) {
        boolean stays = row instanceof StoredLead.Read read && staysThere.test(read.lead());
        if (stays) {
            rows.done(row);
        }
        return !stays;
    }

    /** A row that is no lead is told once: an edit makes it new. */
    private synchronized LeadEntry entry(StoredLead row) {
        taken++;
        if (row instanceof StoredLead.Read read) {
            earlier.begins(key(row.row()), read.lead());
            onTheirWay
                    .computeIfAbsent(read.lead().id(), id -> new ArrayDeque<>(1))
                    .add(row);
            return new LeadEntry.Read(taken, read.lead());
        }
        rows.done(row);
        return new LeadEntry.Faulty(taken, 0, ((StoredLead.Unreadable) row).problems());
    }

    /** The row in this state, without what its keys may say. */
    private static String key(RowId row) {
        String text = row.partition() + "\n" + row.key() + "\n" + row.etag();
        return UUID.nameUUIDFromBytes(text.getBytes(UTF_8)).toString();
    }

    @Override
    public void finished(DispatchReport lead) {
        StoredLead row = arrived(lead.leadId());
        if (row != null) {
            settle(row, lead);
        }
        report.finished(lead);
    }

    private void settle(StoredLead row, DispatchReport lead) {
        Set<String> ended = new TreeSet<>();
        lead.outcomes().forEach((destination, outcome) -> {
            if (isOver(destination, outcome)) {
                ended.add(destination);
            }
        });
        boolean done = ended.size() == lead.outcomes().size();
        earlier.ends(key(row.row()), ((StoredLead.Read) row).lead(), done ? Set.of() : ended);
        if (done) {
            rows.done(row);
        }
    }

    private boolean isOver(String destination, Outcome outcome) {
        return !(outcome instanceof Outcome.Undelivered undelivered)
                || undelivered.mayExist() && !mayRepeat.contains(destination);
    }

    private synchronized @Nullable StoredLead arrived(LeadId lead) {
        Queue<StoredLead> waiting = onTheirWay.get(lead);
        StoredLead row = waiting == null ? null : waiting.poll();
        if (waiting != null && waiting.isEmpty()) {
            onTheirWay.remove(lead);
        }
        return row;
    }

    @Override
    public void advanced(SendSummary soFar) {
        report.advanced(soFar);
        save.run();
    }
}
