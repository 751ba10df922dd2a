package io.leaddispatch.testkit.contract;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.opentest4j.AssertionFailedError;

/**
 * What is returned, thrown and logged, and the names of threads. Logs are those of java.util.logging and what leads
 * there: run the contract with {@code slf4j-jdk14}.
 */
final class Overheard implements AutoCloseable {
    /** The JDK's client itself, when its debugging is on: it prints addresses, and no library can stop it. */
    private static final String JDK_CLIENT = "jdk.internal.httpclient";

    private final StringWriter said = new StringWriter(); // whose buffer many threads may write to
    private final Logger root = Logger.getLogger("");
    private final Level before = root.getLevel();
    private final Handler listening = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            String logger = String.valueOf(entry.getLoggerName());
            if (logger.startsWith(JDK_CLIENT)) {
                return;
            }
            note(logger, entry.getMessage(), Arrays.toString(entry.getParameters()));
            if (entry.getThrown() != null) {
                trace(entry.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    Overheard() {
        listening.setLevel(Level.ALL);
        root.setLevel(Level.ALL);
        root.addHandler(listening);
    }

    /** Notes what comes back or is thrown. */
    void run(Callable<?> action) {
        try {
            note(String.valueOf(action.call()));
        } catch (AssertionFailedError e) { // ours, with what the destination threw inside
            trace(e.getCause() == null ? e : e.getCause());
        } catch (Exception e) { // whatever it is, it is its text that matters
            trace(e);
        }
        Thread.getAllStackTraces().keySet().forEach(thread -> note(thread.getName()));
    }

    private void note(Object... texts) {
        for (Object text : texts) {
            said.append(String.valueOf(text)).append(' ');
        }
        said.append('\n');
    }

    private void trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        said.append(trace.toString());
    }

    String text() {
        return said.toString();
    }

    @Override
    public void close() {
        root.removeHandler(listening);
        root.setLevel(before);
    }
}
