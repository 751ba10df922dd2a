package io.leaddispatch.cli;

import io.leaddispatch.Category;
import io.leaddispatch.Problem;
import io.leaddispatch.outbox.LeadOutbox;
import io.leaddispatch.outbox.OutboxStats;
import io.leaddispatch.outbox.OutboxStats.Books;
import io.leaddispatch.outbox.OutboxStats.Pause;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lead status}: the books of the outbox, and who is paused and why. */
@Command(
        name = "status",
        description =
                "Says how many leads wait, are delivered or dead in the outbox, and which destinations are paused.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nThe columns: stored = done + rejected + dead + waiting + leased.%n",
        footer = {
            "  DONE      delivered, as far as the id is still kept",
            "  REJECTED  refused by the destination; DEAD  given up or unknown. Both: lead dead-letters list",
            "  WAITING   for their turn; LEASED  with a process that is sending them",
            "  OLDEST    age of the oldest lead that is not settled"
        })
final class StatusCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private OutboxOption config;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OutputOption output;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private StatusCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (LeadOutbox outbox = config.open()) {
            OutboxStats stats = outbox.stats();
            if (output.isJson()) {
                stats.destinations().forEach((name, books) -> out.println(OutboxJson.of(name, books)));
                stats.pauses().forEach(pause -> out.println(OutboxJson.of(pause)));
            } else {
                print(stats, Instant.now().truncatedTo(ChronoUnit.SECONDS), out);
            }
            out.flush();
            return ExitCodes.ALL_WELL;
        }
    }

    /** The verdict first, then the figures, then what to do. */
    private static void print(OutboxStats stats, Instant now, PrintWriter out) {
        out.println(verdict(stats, now));
        out.println();
        Table table = new Table("DESTINATION", "STORED", "DONE", "REJECTED", "DEAD", "WAITING", "LEASED", "OLDEST");
        stats.destinations().forEach((name, books) -> table.add(cells(name, books, now)));
        table.print(out);
        for (Pause pause : stats.pauses()) {
            out.println();
            out.println(pause.gate() + until(pause, now));
            Problem why = pause.why();
            if (why != null) {
                out.println("  [" + why.code() + "] " + why.cause());
                out.println("  What to do: " + why.remedy());
            }
        }
        if (sum(stats, Books::dead) + sum(stats, Books::rejected) > 0) {
            out.println();
            out.println("Dead letters wait for a decision: lead dead-letters list --config FILE");
        }
    }

    private static String verdict(OutboxStats stats, Instant now) {
        long open = sum(stats, Books::waiting) + sum(stats, Books::leased);
        long dead = sum(stats, Books::dead) + sum(stats, Books::rejected);
        Instant oldest = stats.destinations().values().stream()
                .map(Books::oldestOpen)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        long held = stats.pauses().stream().filter(StatusCommand::isHeld).count();
        return now + ": " + (held > 0 ? held + " HELD, needs a hand; " : "")
                + (open == 0 ? "no lead waits" : leads(open) + " to go, the oldest for " + age(oldest, now)) + "; "
                + (dead == 0 ? "no dead letters" : dead + " dead letters") + "; "
                + (stats.pauses().isEmpty()
                        ? "nobody is paused."
                        : stats.pauses().size() + " paused.");
    }

    private static String leads(long number) {
        return number == 1 ? "1 lead" : number + " leads";
    }

    private static long sum(OutboxStats stats, ToLongFunction<Books> column) {
        return stats.destinations().values().stream().mapToLong(column).sum();
    }

    private static String[] cells(String name, Books books, Instant now) {
        return new String[] {
            name,
            String.valueOf(books.stored()),
            String.valueOf(books.done()),
            String.valueOf(books.rejected()),
            String.valueOf(books.dead()),
            String.valueOf(books.waiting()),
            String.valueOf(books.leased()),
            age(books.oldestOpen(), now)
        };
    }

    private static String age(@Nullable Instant since, Instant now) {
        return since == null ? "-" : words(Duration.between(since, now));
    }

    private static String words(Duration time) {
        return time.toMinutes() < 2
                ? Math.max(0, time.toSeconds()) + " s"
                : time.toHours() < 2
                        ? time.toMinutes() + " min"
                        : time.toHours() < 48 ? time.toHours() + " h" : time.toDays() + " d";
    }

    /** Whether somebody has to mend something: until then the probes that go out now and then fail. */
    static boolean isHeld(Pause pause) {
        Problem why = pause.why();
        return pause.until().equals(Instant.MAX)
                || why != null && (why.category() == Category.AUTH || why.category() == Category.CONFIG);
    }

    private static String until(Pause pause, Instant now) {
        Instant until = pause.until();
        return isHeld(pause)
                ? " is HELD until a probe succeeds"
                : " is paused until " + until.truncatedTo(ChronoUnit.SECONDS) + ", for another "
                        + words(Duration.between(now, until));
    }
}
