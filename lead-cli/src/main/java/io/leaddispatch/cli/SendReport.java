package io.leaddispatch.cli;

import io.leaddispatch.DispatchReport;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadId;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import io.leaddispatch.json.LeadEntry;
import io.leaddispatch.json.LeadJson;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Follows the leads of an input from their line to their outcome, and writes what became of each: as JSON at once, as a
 * table at the end. Holds the origin of leads on their way and a bounded number of rows. Safe for use by many threads.
 */
final class SendReport implements SendProgress {
    private final PrintWriter out;
    private final Output output;
    private final @Nullable ProgressBar bar;
    private final Rows rows = new Rows();
    private final Map<LeadId, Queue<Origin>> onTheirWay = new HashMap<>();
    private long entries;
    private long left;
    private boolean finished;

    /** @param bar for a person who waits, or null */
    SendReport(PrintWriter out, Output output, @Nullable ProgressBar bar) {
        this.out = out;
        this.output = output;
        this.bar = bar;
    }

    /** The leads of the input, followed from here on; what is no lead is reported and left out. */
    Stream<Lead> leads(InputStream in) {
        return leads(LeadJson.entries(in));
    }

    /** As the other one, of entries from elsewhere. */
    Stream<Lead> leads(Stream<LeadEntry> all) {
        return all.flatMap(entry -> {
            if (entry instanceof LeadEntry.Read read) {
                started(read);
                return Stream.of(read.lead());
            }
            faulty((LeadEntry.Faulty) entry);
            return Stream.empty();
        });
    }

    private synchronized void started(LeadEntry.Read read) {
        entries++;
        onTheirWay.computeIfAbsent(read.lead().id(), id -> new ArrayDeque<>(1)).add(Origin.of(read));
    }

    private synchronized void faulty(LeadEntry.Faulty faulty) {
        entries++;
        write(LeadRow.of(faulty), JsonReport.of(faulty));
    }

    @Override
    public synchronized void finished(DispatchReport report) {
        Origin origin = arrived(report.leadId());
        if (output == Output.JSON) {
            line(JsonReport.of(origin.line(), report));
        }
        LeadRow.of(origin, report).forEach(this::count);
    }

    /** What would be sent. */
    synchronized void preview(LeadId lead, Map<String, String> requests) {
        Origin origin = arrived(lead);
        if (output == Output.JSON) {
            line(JsonReport.preview(origin.line(), lead, requests));
        }
        if (requests.isEmpty()) {
            count(LeadRow.unrouted(origin, lead.value()));
        } else if (output == Output.TABLE) {
            requests.forEach((destination, request) -> line("-- line " + origin.place() + ", lead " + lead.value()
                    + " to " + destination + ", not sent:\n" + request.stripTrailing() + "\n"));
        }
    }

    private Origin arrived(LeadId lead) {
        Queue<Origin> origins = onTheirWay.get(lead);
        Origin origin = origins == null ? null : origins.poll();
        if (origins != null && origins.isEmpty()) {
            onTheirWay.remove(lead);
        }
        return origin == null ? Origin.UNKNOWN : origin;
    }

    private void write(LeadRow row, String json) {
        if (output == Output.JSON) {
            line(json);
        }
        count(row);
    }

    private void count(LeadRow row) {
        left += row.needsAHand() ? 1 : 0;
        if (output == Output.TABLE) {
            rows.add(row);
        }
    }

    private void line(String text) {
        if (!finished) {
            out.println(text);
        }
    }

    @Override
    public synchronized void advanced(SendSummary soFar) {
        if (bar != null && !finished) {
            bar.show(soFar.finished(), left);
        }
    }

    /** Whether an entry was read at all. */
    synchronized boolean begun() {
        return entries > 0;
    }

    /** Whether every entry is a lead, and all of them are delivered, suppressed or stored. */
    synchronized boolean allWell() {
        return left == 0;
    }

    /** Writes what is left to write. Idempotent; nothing is written afterwards. */
    synchronized void finish() {
        if (finished) {
            return;
        }
        finished = true;
        if (bar != null) {
            bar.clear();
        }
        rows.print(out);
        out.flush();
    }
}
