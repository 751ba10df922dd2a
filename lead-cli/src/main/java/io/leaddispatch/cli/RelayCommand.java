package io.leaddispatch.cli;

import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.LeadPolicy;
import io.leaddispatch.azuretable.AzureTableException;
import io.leaddispatch.azuretable.AzureTableLeads;
import io.leaddispatch.azuretable.LeadQuery;
import io.leaddispatch.azuretable.NewLeads;
import io.leaddispatch.azuretable.TableCheckpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lead relay}: moves the new leads of a table to the other destinations. */
@Command(
        name = "relay",
        description = "Delivers the new leads of a table to the other destinations of the configuration, and remembers"
                + " how far it got.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lead relay --config lead.json --from store --since now   the first time; begins with what comes now",
            "  lead relay --config lead.json --from store --follow      goes on from the checkpoint, for ever"
        })
final class RelayCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ConfigOption config;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "NAME",
            description = "The table: its name in the configuration, or azure-table if it is the only one.")
    @SuppressWarnings("NullAway.Init")
    private String from;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Where it is kept how far the table was read; by default beside the configuration, with"
                    + " .relay at the end of its name.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Where to begin at the first run: all, now, or a time such as 2026-03-01T12:00:00Z, at which"
                    + " rows were written. Later runs go on from the checkpoint.")
    private @Nullable String since;

    @Option(names = "--offer", paramLabel = "OFFER", description = "Only leads of this offer, by its id or title.")
    private @Nullable String offer;

    @Option(names = "--no-test-leads", description = "Leave out the marketplace's test leads (MSFT_TEST_).")
    private boolean noTestLeads;

    @Option(names = "--follow", description = "Go on and look again for new leads until the process is ended.")
    private boolean follow;

    @Option(
            names = "--every",
            defaultValue = "60",
            paramLabel = "SECONDS",
            description = "With --follow: how long to wait between two looks; 60 by default.")
    private int every;

    @Option(
            names = "--output",
            defaultValue = "table",
            paramLabel = "FORM",
            description = "table (the default), or json: an object per line and row, without personal data.")
    @SuppressWarnings("NullAway.Init")
    private Output output;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** A checkpoint lists what is done, so it is long while many rows are on their way. */
    private static final Duration BETWEEN_SAVES = Duration.ofSeconds(5);

    private final CountDownLatch ended = new CountDownLatch(1);

    private RelayCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        RelayPlan plan = RelayPlan.of(config.read(err), from);
        CheckpointFile file = new CheckpointFile(checkpoint == null ? config.beside(".relay") : checkpoint);
        try (FileChannel ours = file.lock()) {
            if (ours == null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "Another relay is at work with the checkpoint " + file
                                + ": wait for its end, or name another file with --checkpoint");
            }
            return relay(plan, file, err);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** What every look is made with. */
    private record Work(
            RelayPlan plan,
            Set<String> mayRepeat,
            AzureTableLeads table,
            LeadDispatcher dispatcher,
            EarlierDeliveries earlier,
            CheckpointFile file) {}

    private int relay(RelayPlan plan, CheckpointFile file, PrintWriter err) throws IOException, InterruptedException {
        try (AzureTableLeads table =
                AzureTableLeads.open(plan.source(), plan.others().insecureLoopback())) {
            RelayState start = start(plan, file, table);
            EarlierDeliveries earlier = new EarlierDeliveries(start.partly());
            List<LeadPolicy> rules = new ArrayList<>(plan.others().policy().rules());
            rules.add(earlier);
            try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                    .config(plan.others())
                    .policies(rules.toArray(LeadPolicy[]::new))
                    .build()) {
                file.write(start); // before the first lead: that it can be written, and where a "now" was
                Work work = new Work(plan, plan.mayRepeat(), table, dispatcher, earlier, file);
                boolean allWell;
                do {
                    allWell = look(work, err);
                } while (follow && !ended.await(every, TimeUnit.SECONDS));
                return allWell ? ExitCodes.ALL_WELL : ExitCodes.SOMETHING_LEFT;
            }
        } catch (AzureTableException e) { // where to begin is not known
            tell(e, err);
            return ExitCodes.NOT_STARTED;
        }
    }

    /** A first run has to be told where to begin: years of old leads would be as bad a surprise as none. */
    private RelayState start(RelayPlan plan, CheckpointFile file, AzureTableLeads table) throws IOException {
        if (every < 1) {
            throw new ParameterException(spec.commandLine(), "--every must be at least 1 second");
        }
        String asked = RelayState.of(plan.source().name(), offer, noTestLeads);
        RelayState known = file.read();
        if (known != null) {
            if (known.of() != null && !known.of().equals(asked)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "The checkpoint " + file + " is about other rows (" + known.of() + "; now: " + asked
                                + ") and would skip leads: name another file with --checkpoint, and where to begin with"
                                + " --since");
            }
            return new RelayState(asked, known.partly(), known.table());
        }
        return new RelayState(asked, Map.of(), begin(file, table));
    }

    private TableCheckpoint begin(CheckpointFile file, AzureTableLeads table) {
        if (since == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no checkpoint " + file + " yet: say where to begin, with --since all, --since now or"
                            + " --since TIME");
        }
        return switch (since) {
            case "all" -> TableCheckpoint.BEGINNING;
            case "now" -> table.now();
            default -> TableCheckpoint.at(time(since));
        };
    }

    private Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(), "--since takes all, now, or a time such as 2026-03-01T12:00:00Z");
        }
    }

    @SuppressWarnings("try") // it is there for its end
    private boolean look(Work work, PrintWriter err) throws IOException, InterruptedException {
        boolean watched = output == Output.TABLE && Terminal.isThere();
        SendReport report =
                new SendReport(spec.commandLine().getOut(), output, watched ? new ProgressBar(err, () -> -1) : null);
        RelayState known = Objects.requireNonNull(work.file.read(), "written before the first look");
        NewLeads rows = work.table.since(known.table(), query());
        Runnable save = () -> work.file.write(new RelayState(known.of(), work.earlier.byRow(), rows.checkpoint()));
        Paced paced = new Paced(InstantSource.system(), BETWEEN_SAVES);
        Relay relay = new Relay(rows, work.plan::staysThere, work.mayRepeat, report, work.earlier, () -> {
            if (paced.isDue()) {
                save.run();
            }
        });
        boolean whole = true;
        try (AtEnd unused = AtEnd.of(() -> {
            ended.countDown();
            work.dispatcher.close();
            save.run();
            report.finish();
        })) {
            work.dispatcher.sendAll(relay.leads(), relay);
            work.earlier.forgetOthers();
        } catch (AzureTableException e) {
            whole = false;
            tell(e, err);
        } finally {
            save.run();
            report.finish();
        }
        return whole && report.allWell();
    }

    private static void tell(AzureTableException e, PrintWriter err) {
        err.println("The table was not read to its end. [" + e.problem().code() + "] "
                + e.problem().cause() + ".");
        err.println("What to do: " + e.problem().remedy());
    }

    private LeadQuery query() {
        LeadQuery query = offer == null ? LeadQuery.ALL : LeadQuery.ALL.offer(offer);
        return noTestLeads ? query.leaveOutTests() : query;
    }
}
