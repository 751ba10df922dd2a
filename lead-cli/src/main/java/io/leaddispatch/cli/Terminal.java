package io.leaddispatch.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Whether a person watches. */
final class Terminal {
    private Terminal() {}

    @SuppressWarnings("SystemConsoleNull") // from Java 22 on there is always a console, and it says whether it is one
    static boolean isThere() {
        Console console = System.console();
        return console != null && (Runtime.version().feature() < 22 || Boolean.TRUE.equals(isTerminal(console)));
    }

    private static @Nullable Object isTerminal(Console console) {
        try {
            return Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
