package io.leaddispatch.cli;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.json.LeadJson;
import io.leaddispatch.outbox.DeadLetter;
import io.leaddispatch.outbox.DeadLetters;
import io.leaddispatch.outbox.LeadOutbox;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lead dead-letters}: what was refused or given up. No contact data is shown unless that is asked for. */
@Command(
        name = "dead-letters",
        description = "Lists, shows, replays, purges, exports or imports the leads that were refused or given up.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ImportCommand.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lead dead-letters list --config lead.json",
            "  lead dead-letters show --config lead.json --id 17",
            "  lead dead-letters replay --config lead.json --code https.server-error"
        })
final class DeadLettersCommand {
    private static final int PER_SECOND = 10;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private DeadLettersCommand() {}

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Command(name = "list", description = "One line for each.", mixinStandardHelpOptions = true)
    int list(@Mixin OutboxOption config, @Mixin DeadLetterFilter filter, @Mixin OutputOption output)
            throws IOException {
        try (LeadOutbox outbox = config.open()) {
            if (output.isJson()) {
                outbox.deadLetters().forEach(filter.query(), letter -> out().println(OutboxJson.of(letter, null)));
                out().flush();
                return ExitCodes.ALL_WELL;
            }
            Table table = new Table("NUMBER", "LEAD", "DESTINATION", "WHEN", "ATTEMPTS", "PROBLEM");
            outbox.deadLetters().forEach(filter.query(), letter -> table.add(row(letter)));
            table.print(out());
            return ExitCodes.ALL_WELL;
        }
    }

    private static String[] row(DeadLetter letter) {
        Problem problem = letter.problem();
        String what = problem == null ? "-" : problem.code() + ": " + problem.cause();
        return new String[] {
            String.valueOf(letter.id()),
            letter.lead().value(),
            letter.destination(),
            letter.diedAt().toString(),
            String.valueOf(letter.attempts()),
            what + (letter.mayExist() ? " (it may be there)" : "")
        };
    }

    @Command(name = "show", description = "What happened to them and what to do.", mixinStandardHelpOptions = true)
    int show(
            @Mixin OutboxOption config,
            @Mixin DeadLetterFilter filter,
            @Mixin OutputOption output,
            @Option(names = "--with-content", description = "Show the leads themselves: personal data.")
                    boolean withContent)
            throws IOException {
        try (LeadOutbox outbox = config.open()) {
            DeadLetters letters = outbox.deadLetters();
            letters.forEach(filter.query(), letter -> {
                Lead lead = withContent ? letters.lead(letter.id()) : null;
                if (output.isJson()) {
                    out().println(OutboxJson.of(letter, lead));
                } else {
                    show(letter, lead);
                }
            });
            out().flush();
            return ExitCodes.ALL_WELL;
        }
    }

    private void show(DeadLetter letter, @Nullable Lead lead) {
        PrintWriter out = out();
        out.println(letter.id() + ": lead " + letter.lead() + " at " + letter.destination() + ", "
                + (letter.rejected() ? "refused" : "given up") + " " + letter.diedAt() + " after " + letter.attempts()
                + " attempts, stored " + letter.storedAt() + (letter.mayExist() ? "; it may be there" : ""));
        Problem problem = letter.problem();
        if (problem != null) {
            String vendor = problem.vendorCode() == null ? "" : ", " + problem.vendorCode();
            out.println("  [" + problem.code() + vendor + "] " + problem.cause());
            out.println("  What to do: " + problem.remedy());
            problem.records().forEach(record -> out.println("  record: " + record));
        }
        if (lead != null) {
            out.println("  " + new String(LeadJson.write(lead), StandardCharsets.UTF_8));
        }
    }

    @Command(
            name = "replay",
            description = "Sends them again, with the same ids, as soon as a process works on the outbox.",
            mixinStandardHelpOptions = true)
    int replay(
            @Mixin OutboxOption config,
            @Mixin DeadLetterFilter filter,
            @Mixin OutputOption output,
            @Option(names = "--all", description = "Needed to replay without any filter.") boolean all,
            @Option(
                            names = "--per-second",
                            paramLabel = "N",
                            defaultValue = "" + PER_SECOND,
                            description = "How many at most, by default ${DEFAULT-VALUE}.")
                    int perSecond)
            throws IOException {
        demandChoice(filter, all);
        if (perSecond < 1) {
            throw new ParameterException(spec.commandLine(), "--per-second is at least 1.");
        }
        try (LeadOutbox outbox = config.open()) {
            say(output, "replayed", outbox.deadLetters().replay(filter.query(), perSecond), "are due again");
            return ExitCodes.ALL_WELL;
        }
    }

    @Command(name = "purge", description = "Removes them for good.", mixinStandardHelpOptions = true)
    int purge(
            @Mixin OutboxOption config,
            @Mixin DeadLetterFilter filter,
            @Mixin OutputOption output,
            @Option(names = "--all", description = "Needed to purge without any filter.") boolean all)
            throws IOException {
        demandChoice(filter, all);
        try (LeadOutbox outbox = config.open()) {
            say(output, "purged", outbox.deadLetters().purge(filter.query()), "are removed");
            return ExitCodes.ALL_WELL;
        }
    }

    private void say(OutputOption output, String done, long number, String words) {
        out().println(output.isJson() ? OutboxJson.count(done, number) : number + " " + words + ".");
        out().flush();
    }

    private void demandChoice(DeadLetterFilter filter, boolean all) {
        if (filter.isEmpty() && !all) {
            throw new ParameterException(
                    spec.commandLine(), "Say which: --id, --lead, --destination, --code, --since, --until, or --all.");
        }
    }

    @Command(
            name = "export",
            description =
                    "Writes the leads themselves into a file, one a line with its destination, for import: personal"
                            + " data.",
            mixinStandardHelpOptions = true)
    int export(
            @Mixin OutboxOption config,
            @Mixin DeadLetterFilter filter,
            @Mixin OutputOption output,
            @Option(names = "--to", required = true, paramLabel = "FILE", description = "A file that is not there yet.")
                    Path file)
            throws IOException {
        try (LeadOutbox outbox = config.open();
                OutputStream out = PrivateFile.create(file)) {
            say(output, "exported", outbox.deadLetters().export(filter.query(), out), "leads are written");
            return ExitCodes.ALL_WELL;
        }
    }
}
