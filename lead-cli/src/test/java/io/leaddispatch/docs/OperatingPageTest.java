package io.leaddispatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.ProblemType;
import io.leaddispatch.json.LeadJson;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.LeadQueueProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every WARN line of the log carries a code, and every code has its runbook in docs/operating.md. */
class OperatingPageTest {
    private static final Path PAGE = Path.of("..", "docs", "operating.md");
    private static final String BEGIN = "<!-- printed from the catalogues -->\n";
    private static final Pattern MAIN_SOURCE = Pattern.compile("\\.\\./lead-[a-z-]+/src/main/java/.*\\.java$");
    private static final Pattern WARNING = Pattern.compile("LOG\\.(?:warn|error)\\((.*?)\\);", Pattern.DOTALL);

    private static final Set<String> STORE =
            Set.of("queue.failed", "https.not-stored", "outbox.poison", "outbox.unknown-key", "outbox.unreadable");
    private static final Set<String> OURS = Set.of(
            "lane.full",
            "lane.patience-ended",
            "lane.shared-rate",
            "lane.paused-elsewhere",
            "dispatcher.cancelled",
            "dispatcher.closed");
    private static final Set<String> SAID_ONCE = Set.of(
            "config.odd",
            "config.secret-unreadable",
            "dispatcher.foreign-code",
            "dynamics.settings-doubtful",
            "https.html-answer",
            "marketo.munchkin-id-unusual",
            "marketo.save2-forbidden",
            "salesforce.web-limit");

    @Test
    void everyCodeHasItsRunbook() throws IOException {
        PrintedFile.isOrBecomesFrom(BEGIN, PAGE, table(), OperatingPageTest.class);
    }

    @Test
    void everyWarningCarriesItsCode() throws IOException {
        List<String> warnings = new ArrayList<>();
        try (Stream<Path> files = Files.find(
                Path.of(".."),
                20,
                (path, is) -> MAIN_SOURCE.matcher(path.toString()).matches()
                        && !path.toString().contains("lead-benchmarks"))) {
            for (Path file : files.toList()) {
                WARNING.matcher(Files.readString(file))
                        .results()
                        .map((MatchResult match) -> file.getFileName() + ": " + match.group(1))
                        .forEach(warnings::add);
            }
        }
        assertThat(warnings)
                .hasSizeGreaterThan(10)
                .allMatch(line -> line.contains("[{}]") && line.contains(".code()") || line.contains("[config.odd]"));
    }

    private static String table() {
        List<ProblemType> all = new ArrayList<>(LeadDispatcher.problems());
        all.addAll(LeadJson.problems());
        ServiceLoader.load(LeadQueueProvider.class).forEach(provider -> all.addAll(provider.problems()));
        ServiceLoader.load(LeadDestinationProvider.class).forEach(provider -> all.addAll(provider.problems()));
        StringBuilder text = new StringBuilder("\n| code | runbook |\n|---|---|\n");
        all.stream().sorted(Comparator.comparing(ProblemType::code)).forEach(problem -> {
            String runbook = runbook(problem);
            text.append("| [`").append(problem.code()).append("`](problems.md#");
            text.append(problem.code().replace(".", "")).append(") | [").append(runbook);
            text.append("](#").append(runbook.toLowerCase(Locale.ROOT).replace(' ', '-'));
            text.append(") |\n");
        });
        return text.toString();
    }

    private static String runbook(ProblemType problem) {
        String code = problem.code();
        if (STORE.contains(code)) {
            return "Store";
        } else if (OURS.contains(code)) {
            return "Ours";
        } else if (SAID_ONCE.contains(code)) {
            return "Said once";
        } else if (code.startsWith("json.") || code.startsWith("lead.")) {
            return "Not in the log";
        }
        return switch (problem.category()) {
            case AUTH -> "Credentials";
            case CONFIG -> "Configuration";
            case TRANSIENT -> "Vendor away";
            case THROTTLED -> "Throttled";
            case INVALID_LEAD, DUPLICATE -> "Refused lead";
            case OUTCOME_UNKNOWN -> "May exist";
            case INTERNAL -> "Broken code";
            case POLICY -> "Not in the log";
        };
    }
}
