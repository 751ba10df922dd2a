package io.leaddispatch;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The library's log lines of level WARN while this is open. */
public final class LogLines extends Handler implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("io.leaddispatch");

    private final SimpleFormatter formatter = new SimpleFormatter();
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    public LogLines() {
        LOG.addHandler(this);
    }

    public List<String> warnings() {
        return warnings;
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
            warnings.add(formatter.formatMessage(line));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOG.removeHandler(this);
    }
}
