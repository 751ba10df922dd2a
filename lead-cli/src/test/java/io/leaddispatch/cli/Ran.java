package io.leaddispatch.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** A command that ran in this process: its exit code and what it wrote. */
record Ran(int code, String out, String err) {
    static Ran lead(Object... arguments) {
        Logs.speak(false);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = List.of(arguments).stream().map(String::valueOf).toArray(String[]::new);
        int code = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(texts);
        return new Ran(code, out.toString(), err.toString());
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
