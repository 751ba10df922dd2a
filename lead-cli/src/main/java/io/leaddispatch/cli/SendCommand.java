package io.leaddispatch.cli;

import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lead send}: delivers the leads of a file and says what became of each. */
@Command(
        name = "send",
        description = "Delivers the leads of a file and says what became of each.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lead send --config lead.json --dry-run leads.ndjson   show the requests",
            "  lead send --config lead.json leads.ndjson             deliver"
        })
final class SendCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ConfigOption config;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private LeadsInput input;

    @Option(
            names = "--output",
            defaultValue = "table",
            paramLabel = "FORM",
            description = "table (the default), or json: an object per line and entry, without personal data.")
    @SuppressWarnings("NullAway.Init")
    private Output output;

    @Option(
            names = "--dry-run",
            description = "Show the requests as they would go out, without secrets, and send nothing. They hold what"
                    + " the leads hold.")
    private boolean dryRun;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private SendCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        boolean watched = output == Output.TABLE && Terminal.isThere();
        SendReport report = new SendReport(
                spec.commandLine().getOut(), output, watched ? new ProgressBar(err, input::progress) : null);
        try (LeadDispatcher dispatcher = config.open(err);
                InputStream in = input.open(err)) {
            return send(in, dispatcher, report, err);
        }
    }

    @SuppressWarnings("try") // it is there for its end
    private int send(InputStream in, LeadDispatcher dispatcher, SendReport report, PrintWriter err)
            throws IOException, InterruptedException {
        boolean whole = true;
        try (AtEnd unused = AtEnd.of(() -> {
            dispatcher.close();
            report.finish();
        })) {
            Stream<Lead> leads = report.leads(in);
            if (dryRun) {
                leads.forEach(lead -> report.preview(lead.id(), dispatcher.preview(lead)));
            } else {
                dispatcher.sendAll(leads, report);
            }
        } catch (UncheckedIOException e) {
            IOException broken = Objects.requireNonNull(e.getCause());
            if (!report.begun()) {
                throw broken;
            }
            whole = false;
            err.println("The rest of the leads was not read. " + Failures.reason(broken));
        } finally {
            report.finish();
        }
        return whole && report.allWell() ? ExitCodes.ALL_WELL : ExitCodes.SOMETHING_LEFT;
    }
}
