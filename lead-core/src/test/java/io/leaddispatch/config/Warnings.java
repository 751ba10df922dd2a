package io.leaddispatch.config;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The lines of the library's log with the level WARN, from now on. */
final class Warnings extends Handler implements AutoCloseable {
    private static final Logger OURS = Logger.getLogger("io.leaddispatch");

    private final List<String> all = new CopyOnWriteArrayList<>();

    Warnings() {
        OURS.addHandler(this);
    }

    List<String> all() {
        return all;
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getLevel().equals(Level.WARNING)) {
            all.add(new MessageFormat(line.getMessage()).format(line.getParameters()));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        OURS.removeHandler(this);
    }
}
