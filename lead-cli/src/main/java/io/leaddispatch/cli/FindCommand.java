package io.leaddispatch.cli;

import io.leaddispatch.LeadId;
import io.leaddispatch.Problem;
import io.leaddispatch.outbox.LeadHistory;
import io.leaddispatch.outbox.LeadOutbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lead find}: where did this lead go? */
@Command(
        name = "find",
        description = "Says where a lead went: each destination, its attempts and answers, and the record there.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  lead find --config lead.json 7f3a-example-id",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the outbox knows the lead", "1:it does not, or no longer", "2:nothing could be started"})
final class FindCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private OutboxOption config;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OutputOption output;

    @Parameters(paramLabel = "ID", description = "The lead's id.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private FindCommand() {}

    @Override
    public Integer call() throws IOException {
        if (!LeadId.isValid(id)) {
            throw new ParameterException(spec.commandLine(), "This is no lead's id.");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (LeadOutbox outbox = config.open()) {
            List<LeadHistory> all = outbox.history(LeadId.of(id));
            if (output.isJson()) {
                all.forEach(one -> out.println(OutboxJson.of(id, one)));
            } else if (all.isEmpty()) {
                out.println("The outbox does not know " + id + ", or no longer.");
            } else {
                all.forEach(one -> print(one, out));
            }
            out.flush();
            return all.isEmpty() ? ExitCodes.SOMETHING_LEFT : ExitCodes.ALL_WELL;
        }
    }

    private static void print(LeadHistory one, PrintWriter out) {
        out.println(one.destination() + ": " + one.state().name().toLowerCase(Locale.ROOT)
                + confirmation(one) + ", " + one.attempts() + " attempts, stored " + one.storedAt() + ", changed "
                + one.changedAt());
        one.failures()
                .forEach(failure -> out.println("  " + failure.at() + " attempt " + failure.number() + " ["
                        + failure.code() + vendor(failure.vendorCode()) + "]: " + failure.cause()));
        Problem problem = one.problem();
        if (problem != null && one.state() != LeadHistory.State.DELIVERED) {
            out.println("  [" + problem.code() + "] " + problem.cause() + (one.mayExist() ? " (it may be there)" : ""));
            out.println("  What to do: " + problem.remedy());
        }
        one.notes().forEach(note -> out.println("  note: " + note));
    }

    private static String confirmation(LeadHistory one) {
        String how = one.confirmation() == null
                ? ""
                : " (" + one.confirmation().name().toLowerCase(Locale.ROOT) + ")";
        return how + (one.recordId() == null ? "" : " as " + one.recordId());
    }

    private static String vendor(@Nullable String code) {
        return code == null ? "" : ", " + code;
    }
}
