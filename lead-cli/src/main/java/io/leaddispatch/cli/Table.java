package io.leaddispatch.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Columns as wide as their widest cell; the last one wraps below itself. */
final class Table {
    private static final int WIDTH = 130;
    private static final int NARROWEST_LAST = 40;

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        rows.add(List.of(heads));
    }

    void add(String... cells) {
        rows.add(Stream.of(cells).map(Table::clean).toList());
    }

    void print(PrintWriter out) {
        int last = rows.get(0).size() - 1;
        int[] widths = new int[last];
        for (List<String> row : rows) {
            for (int i = 0; i < last; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        int indent = Arrays.stream(widths).sum() + 2 * last;
        int room = Math.max(NARROWEST_LAST, WIDTH - indent);
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < last; i++) {
                line.append(padded(row.get(i), widths[i] + 2));
            }
            List<String> parts = wrapped(row.get(last), room);
            out.println((line + parts.get(0)).stripTrailing());
            parts.subList(1, parts.size()).forEach(part -> out.println(" ".repeat(indent) + part));
        }
        out.flush();
    }

    /** Without what a terminal would obey: some texts come from outside. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
