package io.leaddispatch.coverage;

import static io.leaddispatch.coverage.Project.children;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** Covered lines of every class, by the tests of all modules. */
record Coverage(List<Source> sources) {
    /** One class; nested and anonymous ones are counted apart. */
    record Source(String module, String name, int covered, int missed) {}

    static Coverage read(Path jacocoXml) {
        List<Source> sources = new ArrayList<>();
        for (Element module : children(Project.xml(jacocoXml), "group")) {
            for (Element inPackage : children(module, "package")) {
                for (Element type : children(inPackage, "class")) {
                    sources.add(source(module.getAttribute("name"), type));
                }
            }
        }
        return new Coverage(List.copyOf(sources));
    }

    private static Source source(String module, Element type) {
        Element lines = children(type, "counter").stream()
                .filter(counter -> counter.getAttribute("type").equals("LINE"))
                .findFirst()
                .orElse(null);
        return new Source(
                module, type.getAttribute("name").replace('/', '.'), count(lines, "covered"), count(lines, "missed"));
    }

    private static int count(Element lines, String attribute) {
        return lines == null ? 0 : Integer.parseInt(lines.getAttribute(attribute));
    }

    Coverage of(String module) {
        return where(source -> source.module().equals(module));
    }

    /**
     * {@code *} stands for a part of one name, {@code **} also for dots, {@code |} stands between two patterns; nested
     * classes come with theirs.
     */
    Coverage matching(String patterns) {
        String any = Stream.of(patterns.split("\\|"))
                .map(pattern -> regex(pattern.strip()))
                .collect(Collectors.joining("|"));
        var compiled = Pattern.compile("(" + any + ")(\\$.*)?");
        return where(source -> compiled.matcher(source.name()).matches());
    }

    private static String regex(String pattern) {
        return Stream.of(pattern.split("(?=\\*\\*)|(?<=\\*\\*)", -1))
                .map(part -> part.equals("**") ? ".*" : Pattern.quote(part).replace("*", "\\E[^.$]*\\Q"))
                .collect(Collectors.joining());
    }

    private Coverage where(Predicate<Source> wanted) {
        return new Coverage(sources.stream().filter(wanted).toList());
    }

    boolean isEmpty() {
        return total() == 0;
    }

    double ratio() {
        return (double) covered() / total();
    }

    private int covered() {
        return sources.stream().mapToInt(Source::covered).sum();
    }

    private int total() {
        return covered() + sources.stream().mapToInt(Source::missed).sum();
    }

    /** "41 of 50 lines (82.0 %), most missing in io.leaddispatch.json.Reader (5), ...". */
    @Override
    public String toString() {
        String worst = sources.stream()
                .filter(source -> source.missed() > 0)
                .sorted((a, b) -> b.missed() - a.missed())
                .limit(5)
                .map(source -> source.name() + " (" + source.missed() + ")")
                .reduce((a, b) -> a + ", " + b)
                .orElse("none");
        return "%d of %d lines (%.1f %%), missing: %s".formatted(covered(), total(), 100 * ratio(), worst);
    }
}
