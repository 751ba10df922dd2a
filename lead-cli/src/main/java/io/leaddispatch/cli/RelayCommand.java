package io.leaddispatch.cli;

import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.azuretable.AzureTableException;
import io.leaddispatch.azuretable.AzureTableLeads;
import io.leaddispatch.azuretable.LeadQuery;
import io.leaddispatch.azuretable.TableCheckpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
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

    private final CountDownLatch ended = new CountDownLatch(1);

    private RelayCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        RelayPlan plan = RelayPlan.of(config.read(err), from);
        CheckpointFile file = new CheckpointFile(checkpoint == null ? config.beside(".relay") : checkpoint);
        TableCheckpoint start = start(file);
        try (AzureTableLeads table =
                        AzureTableLeads.open(plan.source(), plan.others().insecureLoopback());
                LeadDispatcher dispatcher =
                        LeadDispatcher.builder().config(plan.others()).build()) {
            file.write(start); // before the first lead: that it can be written, and where a "now" was
            boolean allWell;
            do {
                allWell = look(table, dispatcher, file, err);
            } while (follow && !ended.await(every, TimeUnit.SECONDS));
            return allWell ? ExitCodes.ALL_WELL : ExitCodes.SOMETHING_LEFT;
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A first run has to be told where to begin: years of old leads would be as bad a surprise as none. */
    private TableCheckpoint start(CheckpointFile file) throws IOException {
        if (every < 1) {
            throw new ParameterException(spec.commandLine(), "--every must be at least 1 second");
        }
        TableCheckpoint known = file.read();
        if (known != null) {
            return known;
        }
        if (since == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no checkpoint " + file + " yet: say where to begin, with --since all, --since now or"
                            + " --since TIME");
        }
        return switch (since) {
            case "all" -> TableCheckpoint.BEGINNING;
            case "now" -> TableCheckpoint.at(Instant.now());
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
    private boolean look(AzureTableLeads table, LeadDispatcher dispatcher, CheckpointFile file, PrintWriter err)
            throws IOException, InterruptedException {
        boolean watched = output == Output.TABLE && Terminal.isThere();
        SendReport report =
                new SendReport(spec.commandLine().getOut(), output, watched ? new ProgressBar(err, () -> -1) : null);
        TableCheckpoint known = file.read();
        Relay relay = new Relay(table.since(known == null ? TableCheckpoint.BEGINNING : known, query()), report, file);
        boolean whole = true;
        try (AtEnd unused = AtEnd.of(() -> {
            ended.countDown();
            dispatcher.close();
            relay.save();
            report.finish();
        })) {
            dispatcher.sendAll(relay.leads(), relay);
        } catch (AzureTableException e) {
            whole = false;
            err.println("The table was not read to its end. [" + e.problem().code() + "] "
                    + e.problem().cause() + ".");
            err.println("What to do: " + e.problem().remedy());
        } finally {
            relay.save();
            report.finish();
        }
        return whole && report.allWell();
    }

    private LeadQuery query() {
        LeadQuery query = offer == null ? LeadQuery.ALL : LeadQuery.ALL.offer(offer);
        return noTestLeads ? query.leaveOutTests() : query;
    }
}
