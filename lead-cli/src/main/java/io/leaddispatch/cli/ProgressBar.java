package io.leaddispatch.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/** One line that is written over itself, for a person who waits. Not safe for use by many threads. */
final class ProgressBar {
    private static final int WIDTH = 30;

    private final PrintWriter err;
    private final DoubleSupplier progress;
    private int shown;

    /** @param progress 0 to 1, or negative if there is no telling */
    ProgressBar(PrintWriter err, DoubleSupplier progress) {
        this.err = err;
        this.progress = progress;
    }

    void show(long leads, long left) {
        double done = progress.getAsDouble();
        String bar = "";
        if (done >= 0) {
            int full = (int) Math.round(done * WIDTH);
            bar = "[%s%s] %3.0f %%  ".formatted("#".repeat(full), ".".repeat(WIDTH - full), done * 100);
        }
        String text = String.format(Locale.ROOT, "%s%,d leads reported, %,d with trouble", bar, leads, left);
        err.print("\r" + text + " ".repeat(Math.max(0, shown - text.length())));
        err.flush();
        shown = text.length();
    }

    void clear() {
        if (shown > 0) {
            err.print("\r" + " ".repeat(shown) + "\r");
            err.flush();
            shown = 0;
        }
    }
}
