package io.leaddispatch.outbox;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the outbox warns of while this is open; SLF4J leads to java.util.logging in tests. */
final class Warnings extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.leaddispatch.outbox");
    private final List<String> said = new CopyOnWriteArrayList<>();

    Warnings() {
        logger.addHandler(this);
    }

    /** Those that name this code. */
    List<String> of(String code) {
        return said.stream().filter(text -> text.contains("[" + code + "]")).toList();
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
            said.add(entry.getMessage());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
