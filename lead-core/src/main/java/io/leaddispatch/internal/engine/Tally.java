package io.leaddispatch.internal.engine;

import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Problem;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the reports of one bulk sending, and waits for the last. Constant memory; safe for use by many threads. */
public final class Tally {
    private static final Logger LOG = LoggerFactory.getLogger("io.leaddispatch");

    private final SendProgress progress;
    private final Map<String, Sums> sums = new LinkedHashMap<>();
    private final AtomicLong begun = new AtomicLong();
    private long finished;
    private long unrouted;
    private boolean warned;

    /** Nothing yet. */
    public Tally(SendProgress progress) {
        this.progress = progress;
    }

    /** A lead is about to start. */
    public void begin() {
        begun.incrementAndGet();
    }

    /** A lead has its report. */
    public synchronized void finish(DispatchReport report) {
        finished++;
        unrouted += report.isUnrouted() ? 1 : 0;
        report.outcomes()
                .forEach((name, outcome) ->
                        sums.computeIfAbsent(name, n -> new Sums()).add(outcome));
        tell(() -> progress.finished(report));
        if (finished % SendProgress.STEP == 0) {
            tell(() -> progress.advanced(summary()));
        }
        if (finished == begun.get()) {
            notifyAll();
        }
    }

    /** Waits until every lead that began has its report. */
    public synchronized SendSummary await() throws InterruptedException {
        while (finished < begun.get()) {
            wait();
        }
        SendSummary summary = summary();
        tell(() -> progress.advanced(summary));
        return summary;
    }

    private SendSummary summary() {
        Map<String, SendSummary.Counts> counts = new LinkedHashMap<>();
        sums.forEach((name, s) -> counts.put(name, s.counts()));
        return new SendSummary(begun.get(), finished, unrouted, counts);
    }

    private void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) { // the host's code: the leads go on
            if (!warned) {
                warned = true;
                LOG.warn(
                        "the progress listener threw {}, said once [{}]: {}",
                        e.getClass().getName(),
                        EngineProblems.FOREIGN_CODE.code(),
                        EngineProblems.FOREIGN_CODE.remedy());
            }
        }
    }

    private static final class Sums {
        private long delivered;
        private long rejected;
        private long suppressed;
        private long pending;
        private long undelivered;
        private final Map<String, Long> codes = new TreeMap<>();

        void add(Outcome outcome) {
            if (outcome instanceof Outcome.Delivered) {
                delivered++;
            } else if (outcome instanceof Outcome.Rejected r) {
                rejected++;
                code(r.problem());
            } else if (outcome instanceof Outcome.Suppressed s) {
                suppressed++;
                code(s.reason());
            } else if (outcome instanceof Outcome.Pending p) {
                pending++;
                code(p.problem());
            } else if (outcome instanceof Outcome.Undelivered u) {
                undelivered++;
                code(u.problem());
            }
        }

        private void code(@Nullable Problem problem) {
            if (problem != null) {
                codes.merge(problem.code(), 1L, Long::sum);
            }
        }

        SendSummary.Counts counts() {
            return new SendSummary.Counts(delivered, rejected, suppressed, pending, undelivered, codes);
        }
    }
}
