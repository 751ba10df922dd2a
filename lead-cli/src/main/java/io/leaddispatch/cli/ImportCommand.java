package io.leaddispatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.InvalidLeadException;
import io.leaddispatch.LeadParseException;
import io.leaddispatch.Problem;
import io.leaddispatch.config.DestinationConfig;
import io.leaddispatch.config.LeadConfig;
import io.leaddispatch.json.LeadJson;
import io.leaddispatch.outbox.ExportedLead;
import io.leaddispatch.outbox.LeadOutbox;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lead dead-letters import}: stores what was exported, each lead for the destination it was for. */
@Command(
        name = "import",
        description = "Stores the leads of an export, each for its destination alone, whatever the routes say; they are"
                + " delivered as soon as a process works on the outbox.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private OutboxOption config;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OutputOption output;

    @Option(
            names = "--destination",
            paramLabel = "NAME",
            description = "Where all of them go instead; needed for files that do not say it.")
    private @Nullable String instead;

    @Parameters(paramLabel = "FILE", description = "What lead dead-letters export wrote.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private int stored;
    private int known;
    private int refused;

    private ImportCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        LeadConfig whole = config.read();
        Set<String> destinations =
                whole.destinations().stream().map(DestinationConfig::name).collect(Collectors.toSet());
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                LeadOutbox outbox = LeadOutbox.open(OutboxOption.section(whole))) {
            try {
                takeAll(in, destinations, outbox);
            } finally {
                report();
            }
        }
        return refused == 0 ? ExitCodes.ALL_WELL : ExitCodes.SOMETHING_LEFT;
    }

    private void takeAll(InputStream in, Set<String> destinations, LeadOutbox outbox)
            throws IOException, InterruptedException {
        int number = 1;
        for (byte[] line = next(in); line != null; line = next(in)) {
            if (!new String(line, UTF_8).isBlank()) {
                take(number, line, destinations, outbox);
            }
            number++;
        }
    }

    /** Without its end, and cut where it is longer than any lead; null at the end. */
    private static byte @Nullable [] next(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int read = in.read();
        if (read < 0) {
            return null;
        }
        for (; read >= 0 && read != '\n'; read = in.read()) {
            if (line.size() <= LeadJson.MAX_BYTES) {
                line.write(read);
            }
        }
        return line.toByteArray();
    }

    private void take(int number, byte[] line, Set<String> destinations, LeadOutbox outbox)
            throws InterruptedException {
        try {
            ExportedLead exported = ExportedLead.read(line);
            String to = instead != null ? instead : exported.destination();
            if (to == null) {
                refuse(number, "it does not say which destination it is for: give --destination");
            } else if (!destinations.contains(to)) {
                refuse(number, "the configuration has no destination " + to + ": give --destination");
            } else if (outbox.enqueue(exported.lead(), List.of(to)) == 1) {
                stored++;
            } else {
                known++;
            }
        } catch (LeadParseException e) {
            refuse(number, text(e.problem()));
        } catch (InvalidLeadException e) {
            refuse(number, e.problems().stream().map(ImportCommand::text).collect(Collectors.joining("; ")));
        }
    }

    private static String text(Problem problem) {
        return "[" + problem.code() + "] " + problem.cause();
    }

    private void refuse(int line, String why) {
        refused++;
        spec.commandLine().getErr().println("line " + line + ": " + why);
    }

    private void report() {
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(JsonReport.object(json -> {
                json.writeNumberField("imported", stored);
                json.writeNumberField("known", known);
                json.writeNumberField("refused", refused);
            }));
        } else {
            out.println(stored + " are stored; " + known + " were here already (what is a dead letter here is replayed,"
                    + " not imported); " + refused + " are not stored.");
        }
        out.flush();
    }
}
