package io.leaddispatch.cli;

import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.Problem;
import io.leaddispatch.TestLead;
import io.leaddispatch.spi.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lead verify}: checks the connection to each destination, step by step. */
@Command(
        name = "verify",
        description = "Checks the connection to each destination, step by step, with a test lead.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lead verify --config lead.json --no-test-lead   look, write nothing",
            "  lead verify --config lead.json                  then look for MSFT_TEST at the destination"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every destination is ready",
            "1:a check failed; the line below it says what to do",
            "2:nothing could be started: the configuration has faults, all of which are listed"
        })
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ConfigOption config;

    @Option(names = "--no-test-lead", description = "Write nothing: leave the test lead out.")
    private boolean noTestLead;

    @Option(
            names = "--output",
            defaultValue = "table",
            paramLabel = "FORM",
            description = "table (the default), or json: an object per destination and line.")
    @SuppressWarnings("NullAway.Init")
    private Output output;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private VerifyCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<String> failed = new ArrayList<>();
        try (LeadDispatcher dispatcher = config.open(spec.commandLine().getErr())) {
            for (String destination : dispatcher.destinations()) {
                Verification verification = dispatcher.verify(
                        destination, new Verification.Probe(noTestLead ? null : TestLead.at(Instant.now())));
                if (!verification.passed()) {
                    failed.add(destination);
                }
                if (output == Output.JSON) {
                    out.println(JsonReport.of(destination, verification));
                } else {
                    print(destination, verification, out);
                }
                out.flush(); // the next one may take its time
            }
            if (output == Output.TABLE) {
                sumUp(dispatcher.destinations().size(), failed, out);
            }
        }
        return failed.isEmpty() ? ExitCodes.ALL_WELL : ExitCodes.SOMETHING_LEFT;
    }

    private static void sumUp(int all, List<String> failed, PrintWriter out) {
        out.println();
        if (failed.isEmpty()) {
            out.println(all == 1 ? "The destination is ready." : "All " + all + " destinations are ready.");
        } else {
            out.println(failed.size() + " of " + all + " not ready: " + String.join(", ", failed)
                    + ". Begin with the first step that failed; every code stands in docs/problems.md.");
        }
        out.flush();
    }

    private static void print(String destination, Verification verification, PrintWriter out) {
        out.println(destination + (verification.passed() ? ": ready" : ": NOT READY"));
        if (verification.steps().isEmpty()) {
            out.println("  this destination has nothing to check");
        }
        for (Verification.Step step : verification.steps()) {
            String state = step.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            out.println("  " + (state + "       ").substring(0, 8) + " " + step.what()
                    + (step.advice() == null ? "" : " (" + step.advice() + ")"));
            Problem problem = step.problem();
            if (problem != null) {
                out.println("           [" + problem.code() + "] " + problem.cause());
                out.println("           What to do: " + problem.remedy());
            }
        }
    }
}
