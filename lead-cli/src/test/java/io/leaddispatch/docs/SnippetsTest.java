package io.leaddispatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.DispatchReport;
import io.leaddispatch.Lead;
import io.leaddispatch.config.LeadConfigReader;
import io.leaddispatch.testkit.ScriptedServer;
import io.leaddispatch.testkit.TlsIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation shows is compiled, run, or loaded; and every link inside the project leads somewhere. */
class SnippetsTest {
    private static final Path PROJECT = Path.of("..");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern XML = Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CONFIG =
            Pattern.compile("```json\n(\\{\\s*\"(?:\\$schema|destinations)\".*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^):]+)\\)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void everyJavaSnippetStandsInCompiledCode(Path page) throws IOException {
        String code = compiledExamples();
        for (String snippet : found(JAVA, page)) {
            assertThat(code).contains(squeezed(snippet));
        }
    }

    @Test
    void whatTheGuideAddsToAPomStandsInTheConsumersPom() throws IOException {
        String pom = Files.readString(Path.of("src", "it", "consumer", "pom.xml"));
        String version = pom.replaceAll("(?s).*<lead.version>(.*)</lead.version>.*", "$1");
        List<String> snippets = found(XML, PROJECT.resolve("docs/embedding.md"));
        assertThat(snippets)
                .isNotEmpty()
                .allSatisfy(snippet -> assertThat(squeezed(pom.replace("${lead.version}", version)))
                        .contains(squeezed(snippet)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void everyConfigurationShownCanBeLoaded(Path page) throws IOException {
        for (String config : found(CONFIG, page)) {
            var in = new ByteArrayInputStream(config.getBytes(StandardCharsets.UTF_8));
            assertThat(LeadConfigReader.standard()
                            .environment(name -> "a value")
                            .read(in, folder)
                            .destinations())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void everyLinkInsideTheProjectLeadsSomewhere(Path page) throws IOException {
        for (String link : found(LINK, page)) {
            String[] parts = link.split("#", 2);
            Path there = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
            assertThat(there).exists();
            if (parts.length == 2) {
                assertThat(anchors(there)).as("headings of " + there).contains(parts[1]);
            }
        }
    }

    /** What headings are called in addresses: lower case, without punctuation, a dash for each blank. */
    private static List<String> anchors(Path page) throws IOException {
        String text = FENCED.matcher(Files.readString(page)).replaceAll("");
        return HEADING.matcher(text)
                .results()
                .map(match -> match.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", ""))
                .map(heading -> heading.replace(' ', '-'))
                .toList();
    }

    @Test
    void theEmbeddingExampleDelivers() throws Exception {
        TlsIdentity identity = TlsIdentity.forLocalhost(folder);
        try (ScriptedServer server = ScriptedServer.start(identity)) {
            DispatchReport report = Examples.embed(Map.of(
                    "httpsEndpointUrl",
                    server.uri().toString(),
                    "caFile",
                    identity.pem().toString()));
            assertThat(report.isSettled()).isTrue();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void theCustomDestinationDelivers() {
        List<String> log = new ArrayList<>();
        Lead lead = Lead.builder().id("one").phone("1").source("SPZA-PLT").build();
        assertThat(Examples.custom(log, lead).isSettled()).isTrue();
        assertThat(log).containsExactly("one SPZA-PLT");
    }

    /** The sources that the documentation quotes: all of them are compiled and run by the build. */
    private static String compiledExamples() throws IOException {
        StringBuilder code = new StringBuilder();
        for (Path folder : List.of(
                Path.of("src", "test", "java", "io", "leaddispatch", "docs"),
                PROJECT.resolve("lead-testkit/src/test/java/io/leaddispatch/example/zoho"))) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    code.append(squeezed(Files.readString(file))).append('\n');
                }
            }
        }
        return code.toString();
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(PROJECT.resolve("docs"))) {
            List<Path> pages =
                    new ArrayList<>(docs.filter(page -> page.toString().endsWith(".md"))
                            .sorted()
                            .toList());
            for (String page : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")) {
                pages.add(PROJECT.resolve(page));
            }
            return pages;
        }
    }

    private static List<String> found(Pattern what, Path page) throws IOException {
        return what.matcher(Files.readString(page))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }
}
