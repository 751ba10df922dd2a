package io.leaddispatch.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code lead}. */
@Command(
        name = "lead",
        description = "Delivers marketing leads to the destinations their owner chose.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            SendCommand.class,
            RelayCommand.class,
            VerifyCommand.class,
            ServeCommand.class,
            StatusCommand.class,
            FindCommand.class,
            DeadLettersCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        footerHeading = "%nFirst steps:%n",
        footer = {
            "  lead demo                                 see it at work; needs nothing",
            "  lead verify --config crm.json             check the connections",
            "  lead send --config crm.json leads.ndjson  deliver",
            "  lead serve --config crm.json              take leads from the marketplace and deliver them",
            "  lead status --config crm.json             how many wait, who is paused, and why",
            "",
            "Complete commands and options in bash or zsh: source <(lead generate-completion)",
            "Configuration, destinations and problem codes are explained in docs/."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every lead is delivered, suppressed by a rule or durably stored; every check passed",
            "1:a lead was rejected or not delivered, a line was not a lead, or a check failed",
            "2:nothing could be started: usage, configuration, or a file that cannot be read"
        })
public final class Main {
    private Main() {}

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Log to standard error what happens on the way.")
    @SuppressWarnings("UnusedMethod") // picocli calls it
    private void verbose(boolean on) {
        Logs.speak(on);
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        Logs.speak(false);
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Failures::report);
    }
}
