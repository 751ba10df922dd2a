package io.leaddispatch.spi;

import io.leaddispatch.Lead;
import io.leaddispatch.internal.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text with placeholders, read once. */
final class Template {
    /** Either fixed text or something of the lead. */
    private record Part(@Nullable String fixed, @Nullable Placeholder value) {}

    private final List<Part> parts = new ArrayList<>(1);
    private boolean hasPlaceholders;

    private Template() {}

    /**
     * Reads a template. A brace is written by doubling it.
     *
     * @throws IllegalArgumentException for an unknown placeholder or an opening brace without a closing one
     */
    static Template parse(String text) {
        Template template = new Template();
        StringBuilder fixed = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if ((c == '{' || c == '}') && text.startsWith(String.valueOf(c), at + 1)) {
                fixed.append(c);
                at++;
            } else if (c == '{') {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    throw new IllegalArgumentException("has a { without its } (write {{ for a brace itself)");
                }
                template.addFixed(fixed);
                template.addPlaceholder(text.substring(at + 1, end), at + 1);
                at = end;
            } else {
                fixed.append(c);
            }
        }
        template.addFixed(fixed);
        return template;
    }

    private void addFixed(StringBuilder fixed) {
        if (!fixed.isEmpty()) {
            parts.add(new Part(fixed.toString(), null));
            fixed.setLength(0);
        }
    }

    private void addPlaceholder(String name, int position) {
        Placeholder placeholder = Placeholder.named(name);
        if (placeholder == null) {
            String nearest = Nearest.to(name, Placeholder.names());
            throw new IllegalArgumentException("has an unknown placeholder at character " + position
                    + (nearest != null ? "; did you mean {" + nearest + "}?" : ".") + " Known are "
                    + String.join(", ", Placeholder.names()) + " and attr.NAME");
        }
        parts.add(new Part(null, placeholder));
        hasPlaceholders = true;
    }

    /** The text for a lead; null if it names placeholders and the lead has none of them. */
    @Nullable String of(Lead lead) {
        if (parts.size() == 1) {
            return of(parts.get(0), lead);
        }
        StringBuilder text = new StringBuilder();
        boolean found = !hasPlaceholders;
        for (Part part : parts) {
            String value = of(part, lead);
            if (value != null) {
                text.append(value);
                found |= part.value != null;
            }
        }
        return found ? text.toString() : null;
    }

    private static @Nullable String of(Part part, Lead lead) {
        return part.value != null ? part.value.of(lead) : part.fixed;
    }
}
