package io.leaddispatch.cli;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What of the library's log a person sees: nothing, or all of ours and the warnings of others. */
final class Logs {
    /** Kept, because loggers without a reference are forgotten with their level. */
    private static final Logger OURS = Logger.getLogger("io.leaddispatch");

    private static final Logger ROOT = Logger.getLogger("");

    private Logs() {}

    static void speak(boolean verbose) {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        ROOT.setLevel(verbose ? Level.WARNING : Level.OFF);
        OURS.setLevel(verbose ? Level.FINE : Level.OFF);
        if (verbose) {
            Handler console = new ConsoleHandler();
            console.setLevel(Level.ALL);
            console.setFormatter(new OneLine());
            ROOT.addHandler(console);
        }
    }

    private static final class OneLine extends Formatter {
        @Override
        public String format(LogRecord event) {
            LocalTime time = LocalTime.ofInstant(event.getInstant(), ZoneId.systemDefault());
            Throwable thrown = event.getThrown();
            return "%s %-7s %s%s%n"
                    .formatted(
                            time.truncatedTo(ChronoUnit.MILLIS),
                            event.getLevel().getName(),
                            formatMessage(event),
                            thrown == null ? "" : " (" + thrown.getClass().getName() + ")");
        }
    }
}
