package io.leaddispatch;

import io.leaddispatch.config.LeadConfig;
import io.leaddispatch.internal.engine.Engine;
import io.leaddispatch.internal.engine.EngineProblems;
import io.leaddispatch.internal.engine.Intake;
import io.leaddispatch.internal.engine.Lanes;
import io.leaddispatch.internal.engine.ReportFuture;
import io.leaddispatch.internal.engine.Tally;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends leads to the configured destinations, and reports what became of each.
 *
 * <p>Safe for use by many threads. {@link #close()} waits for deliveries in flight, at most {@link
 * DispatcherBuilder#closeWithin}. Nothing here throws for a lead that was valid: what goes wrong stands in its report.
 */
public final class LeadDispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("io.leaddispatch");

    private final Engine engine;
    private final Lanes lanes;
    private final Intake intake;
    private final boolean waitForRoom;
    private final Duration closeWithin;
    private final List<AutoCloseable> owned;
    private boolean closed;

    LeadDispatcher(
            Engine engine,
            Lanes lanes,
            Intake intake,
            boolean waitForRoom,
            Duration closeWithin,
            List<AutoCloseable> owned) {
        this.engine = engine;
        this.lanes = lanes;
        this.intake = intake;
        this.waitForRoom = waitForRoom;
        this.closeWithin = closeWithin;
        this.owned = List.copyOf(owned);
    }

    /** A dispatcher without destinations yet. */
    public static DispatcherBuilder builder() {
        return new DispatcherBuilder();
    }

    /**
     * A dispatcher with the destinations, routes and rules of a configuration file, or of the marketplace's own
     * customer-leads document. Touches no network.
     *
     * @throws LeadConfigurationException with all that is wrong, by path
     */
    public static LeadDispatcher fromConfig(Path file) {
        LeadConfig config = LeadConfig.read(file);
        config.warnings().forEach(warning -> LOG.warn("configuration [config.odd]: {}", warning));
        return builder().config(config).build();
    }

    /**
     * Delivers a lead to all destinations of its route and waits for the outcome, at most the patience for leads that
     * have not started and a call time-out more for those that have.
     *
     * <p>A lead whose id is on its way already joins it and is not sent twice. When the caller is interrupted, what has
     * not started is withdrawn, the interruption is kept, and the report says what may exist.
     */
    public DispatchReport send(Lead lead) {
        Objects.requireNonNull(lead, "lead");
        return new ReportFuture(caller -> intake.start(lead, true, waitForRoom, caller)).await();
    }

    /**
     * Starts a lead on its way and never blocks: a destination without room answers {@code lane.full}. Cancelling the
     * future withdraws what has not started; with a durable queue it only stops waiting.
     */
    public CompletableFuture<DispatchReport> sendAsync(Lead lead) {
        Objects.requireNonNull(lead, "lead");
        return new ReportFuture(caller -> intake.start(lead, true, false, caller));
    }

    /**
     * Stores a lead durably for all destinations of its route, and waits for nothing else: it is delivered by this process
     * or by any other that shares the outbox.
     *
     * @return pending where it is stored; what is known where it was stored before
     * @throws IllegalStateException if leads wait in memory here: there is nothing durable to store them in
     * @throws LeadException if the store did not take it; the caller still owns the lead, and may repeat this
     * @throws InterruptedException if interrupted while waiting for the store; nothing is stored then
     */
    public DispatchReport enqueue(Lead lead) throws InterruptedException {
        Objects.requireNonNull(lead, "lead");
        if (!engine.queue().durable()) {
            throw new IllegalStateException("leads wait in memory here; enqueue needs an outbox");
        }
        return intake.enqueue(lead);
    }

    /** Where this lead would go, for storing it in a transaction of the host's own. Nothing is stored or sent. */
    public DeliveryPlan plan(Lead lead) {
        return intake.plan(Objects.requireNonNull(lead, "lead"));
    }

    /**
     * Delivers many leads with full calls, in constant memory, and waits for all outcomes. Waits for room in lanes that
     * move; a lane that is paused beyond the patience answers at once.
     *
     * @param leads read once, on this thread; what it throws passes on after the leads already read have their reports
     * @throws InterruptedException if interrupted; leads that have begun go on
     */
    public SendSummary sendAll(Iterable<Lead> leads, SendProgress progress) throws InterruptedException {
        Tally tally = new Tally(progress);
        try {
            startAll(leads, tally);
        } catch (RuntimeException e) { // the leads' source broke: those it gave have their reports first
            tally.await();
            throw e;
        }
        return tally.await();
    }

    private void startAll(Iterable<Lead> leads, Tally tally) throws InterruptedException {
        lanes.cork();
        try {
            for (Lead lead : leads) {
                tally.begin();
                intake.start(lead, false, true, tally::finish);
                if (Thread.interrupted()) {
                    throw new InterruptedException("sendAll was interrupted; the leads that have begun go on");
                }
            }
        } finally {
            lanes.uncork();
        }
    }

    /** As the other one, from a stream, which is closed at the end. */
    public SendSummary sendAll(Stream<Lead> leads, SendProgress progress) throws InterruptedException {
        try (leads) {
            Iterator<Lead> iterator = leads.iterator();
            return sendAll(() -> iterator, progress);
        }
    }

    /** The books, each lane's read at one instant. */
    public DispatcherStats stats() {
        long dispatched = intake.dispatched();
        long unrouted = intake.unrouted();
        return new DispatcherStats(dispatched + unrouted, dispatched, unrouted, lanes.stats(), gauges());
    }

    private Map<String, Map<String, Long>> gauges() {
        Map<String, Map<String, Long>> gauges = new LinkedHashMap<>();
        lanes.byName().forEach((name, lane) -> {
            try {
                Map<String, Long> own = lane.destination().gauges();
                if (!own.isEmpty()) {
                    gauges.put(name, Map.copyOf(own));
                }
            } catch (RuntimeException e) { // foreign code: the books of the others are shown all the same
                foreign("the gauges of " + name, e);
            }
        });
        return gauges;
    }

    /** The names of the destinations, in the order of the configuration. */
    public Set<String> destinations() {
        return lanes.byName().keySet();
    }

    /**
     * Checks the connection to one destination, step by step.
     *
     * @param probe what may be written
     * @throws IllegalArgumentException if there is no such destination
     * @throws InterruptedException if interrupted
     */
    public Verification verify(String destination, Verification.Probe probe) throws InterruptedException {
        LeadDestination checked = destination(destination);
        try {
            return checked.verify(probe);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // foreign code: a check that breaks is a failed check
            Problem problem =
                    EngineProblems.DESTINATION_THREW.problem(e.getClass().getName());
            return new Verification(List.of(Verification.Step.failed("check the connection", problem)));
        }
    }

    /**
     * The requests that would carry this lead, by destination, for people to read. Nothing is sent.
     *
     * @return by destination of the lead's route; for a suppressed lead the reason
     */
    public Map<String, String> preview(Lead lead) {
        return intake.preview(lead);
    }

    private LeadDestination destination(String name) {
        var lane = lanes.byName().get(name);
        if (lane == null) {
            throw new IllegalArgumentException("no destination " + name + ", only " + destinations());
        }
        return lane.destination();
    }

    /**
     * Ends the dispatcher: nothing more is taken, what waits and what is in flight may end within the bound, the rest is
     * interrupted and reported as undelivered. Idempotent.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        intake.close();
        lanes.close(closeWithin);
        List<AutoCloseable> all = new ArrayList<>(owned);
        all.add(engine.queue());
        all.add(engine.time());
        all.forEach(LeadDispatcher::closeQuietly);
        engine.pool().shutdownNow();
    }

    private static void closeQuietly(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) { // foreign code; the others must close too
            foreign("closing " + one.getClass().getName(), e);
        }
    }

    private static void foreign(String what, Exception thrown) {
        ProblemType problem = EngineProblems.FOREIGN_CODE;
        LOG.warn("{} threw {} [{}]: {}", what, thrown.getClass().getName(), problem.code(), problem.remedy());
    }

    /** The problems the engine itself and the model can report, for the catalogue. */
    public static List<ProblemType> problems() {
        List<ProblemType> all = new ArrayList<>(LeadProblems.ALL);
        all.addAll(PolicyProblems.ALL);
        all.addAll(EngineProblems.ALL);
        all.addAll(LeadConfig.problems());
        return List.copyOf(all);
    }
}
