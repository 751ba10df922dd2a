package io.leaddispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The help of every command says what it does and what each option is for. */
class HelpTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void everyCommandSaysWhatItDoesAndWhatEachOptionIsFor(String name, CommandSpec command) {
        assertThat(command.usageMessage().description()).isNotEmpty();
        assertThat(command.mixinStandardHelpOptions() || command.name().equals("generate-completion"))
                .isTrue();
        for (ArgSpec argument : command.args()) {
            assertThat(String.join(" ", argument.description()))
                    .as(argument.toString())
                    .isNotBlank()
                    .endsWith(".");
        }
        if (command.subcommands().isEmpty()) {
            String help = command.commandLine().getUsageMessage();
            assertThat(help).startsWith("Usage: lead " + name);
        }
    }

    @Test
    void everyCommandThatReportsAlsoWritesJson() {
        assertThat(commands().stream()
                        .filter(command -> command[1] instanceof CommandSpec spec
                                && spec.subcommands().isEmpty()
                                && spec.findOption("--output") == null)
                        .map(command -> command[0]))
                .containsExactlyInAnyOrder("demo", "serve", "generate-completion");
    }

    @Test
    void theShellsCompletionIsPrinted() {
        Ran ran = Ran.lead("generate-completion");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("dead-letters", "--with-content", "complete -F");
    }

    static List<Object[]> commands() {
        List<Object[]> all = new ArrayList<>();
        collect("", Main.commandLine(), all);
        return all;
    }

    private static void collect(String prefix, CommandLine command, List<Object[]> into) {
        command.getSubcommands().forEach((name, sub) -> {
            into.add(new Object[] {prefix + name, sub.getCommandSpec()});
            collect(prefix + name + " ", sub, into);
        });
    }
}
