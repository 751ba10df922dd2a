package io.leaddispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.ProblemType;
import io.leaddispatch.docs.PrintedFile;
import io.leaddispatch.json.LeadJson;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.LeadQueueProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/problems.md holds every problem there is, in the words of the catalogues, and no other. */
class ProblemsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "problems.md");
    private static final Pattern MAIN_SOURCE = Pattern.compile("lead-[a-z-]+/src/main/java/.*\\.java$");
    /** The test that sorts codes by their runbooks expects none of them. */
    private static final Pattern TEST_SOURCE =
            Pattern.compile("lead-[a-z-]+/src/test/java/.*(?<!OperatingPageTest)\\.java$");

    private static final String BEGIN = "<!-- printed from the catalogues -->\n";

    @Test
    void thePageIsWhatTheCataloguesSay() throws IOException {
        PrintedFile.isOrBecomesFrom(BEGIN, PAGE, print(all()), ProblemsPageTest.class);
    }

    @Test
    void codesAreUniqueAndWellFormed() {
        List<String> codes = all().stream().map(ProblemType::code).toList();
        assertThat(codes).doesNotHaveDuplicates().allMatch(code -> code.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+"));
    }

    /** A problem that its catalogue forgot would be printed and stand on no page. */
    @Test
    void everyCodeInTheSourcesIsInACatalogue() throws IOException {
        Set<String> codes = all().stream().map(ProblemType::code).collect(Collectors.toSet());
        String areas = codes.stream()
                .map(code -> code.substring(0, code.indexOf('.')))
                .distinct()
                .collect(Collectors.joining("|"));
        assertThat(Pattern.compile("\"((?:" + areas + ")\\.[a-z0-9.-]+)\"")
                        .matcher(read(MAIN_SOURCE))
                        .results()
                        .map(match -> match.group(1))
                        .filter(literal -> !literal.endsWith(".com"))
                        .distinct())
                .hasSizeGreaterThan(150)
                .isSubsetOf(codes);
    }

    @Test
    void everyCodeIsExpectedByATest() throws IOException {
        String tests = read(TEST_SOURCE);
        assertThat(all())
                .extracting(ProblemType::code)
                .allMatch(code -> Pattern.compile("[^a-z0-9.-]" + Pattern.quote(code) + "[^a-z0-9.-]")
                        .matcher(tests)
                        .find());
    }

    private static String read(Pattern sources) throws IOException {
        StringBuilder read = new StringBuilder();
        try (Stream<Path> files = Files.find(
                Path.of(".."),
                20,
                (path, is) -> sources.matcher(path.toString()).find())) {
            for (Path file : files.toList()) {
                read.append(Files.readString(file));
            }
        }
        return read.toString();
    }

    static List<ProblemType> all() {
        List<ProblemType> all = new ArrayList<>(LeadDispatcher.problems());
        all.addAll(LeadJson.problems());
        ServiceLoader.load(LeadQueueProvider.class).forEach(provider -> all.addAll(provider.problems()));
        ServiceLoader.load(LeadDestinationProvider.class).forEach(provider -> all.addAll(provider.problems()));
        return all;
    }

    private static String print(List<ProblemType> problems) {
        StringBuilder text = new StringBuilder();
        for (ProblemType problem : problems) {
            text.append("\n### `").append(problem.code()).append("`\n\n");
            text.append("*")
                    .append(problem.category())
                    .append("*: ")
                    .append(problem.cause())
                    .append(".\n\n");
            text.append("What to do: ").append(problem.remedy()).append("\n");
        }
        return text.toString();
    }
}
