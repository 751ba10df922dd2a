package io.leaddispatch.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs matches, from the project's directory: {@code java -jar lead-benchmarks.jar MATCH [LEADS] [ROUNDS]}, where
 * {@code quick} stands for a short run of all, and {@code all} for the run that writes {@code docs/performance.md}.
 */
public final class Main {
    private static final Path PAGE = Path.of("docs", "performance.md");
    private static final int LEADS = 10_000;
    private static final int ROUNDS = 7;
    private static final int QUICK_LEADS = 1_000;
    private static final int QUICK_ROUNDS = 3;
    private static final String FROM_HERE = "<!-- from here on written by lead-benchmarks -->";

    private Main() {}

    private interface Play {
        void play(int leads, int rounds, PrintStream out) throws Exception;
    }

    /** The match's name, and how many leads and rounds. */
    public static void main(String[] args) throws Exception {
        String which = args.length == 0 ? "" : args[0];
        boolean quick = which.equals("quick");
        int leads = args.length > 1 ? Integer.parseInt(args[1]) : quick ? QUICK_LEADS : LEADS;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : quick ? QUICK_ROUNDS : ROUNDS;
        Map<String, Play> matches = matches();
        if (which.equals("all")) {
            write(all(matches, leads, rounds));
        } else if (quick) {
            System.out.print(all(matches, leads, rounds));
        } else if (matches.containsKey(which)) {
            matches.get(which).play(leads, rounds, System.out);
        } else {
            System.err.println("which match? all, quick, " + String.join(", ", matches.keySet()));
            System.exit(2);
        }
        System.exit(0); // some clients leave threads behind
    }

    private static Map<String, Play> matches() {
        Map<String, Play> matches = new LinkedHashMap<>();
        matches.put("https", HttpMatch::play);
        matches.put("salesforce", SalesforceMatch::play);
        matches.put("marketo", (leads, rounds, out) -> MarketoMatch.play(5 * leads, rounds, out));
        matches.put("dynamics", (leads, rounds, out) -> DynamicsMatch.play(leads / 5, Math.min(rounds, 5), out));
        matches.put("azure-table", (leads, rounds, out) -> AzureTableMatch.play(5 * leads, Math.min(rounds, 3), out));
        matches.put("outbox", OutboxMatch::play);
        matches.put("json", (leads, rounds, out) -> PureParts.play(rounds, out));
        matches.put("scaling", (leads, rounds, out) -> ScalingMatch.play(5000L * leads, out));
        matches.put("cold-start", (leads, rounds, out) -> ColdStartMatch.play(3 * rounds, out));
        return matches;
    }

    private static String all(Map<String, Play> matches, int leads, int rounds) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        out.printf(
                "%nRun on %s by `java -jar lead-benchmarks/target/lead-benchmarks.jar all`: JDK %s, %s, %d processors, %s.%n",
                LocalDate.now(),
                Runtime.version(),
                System.getProperty("os.name"),
                Runtime.getRuntime().availableProcessors(),
                "%,d leads and %d rounds where nothing else is said".formatted(leads, rounds));
        for (Map.Entry<String, Play> match : matches.entrySet()) {
            System.err.println("## " + match.getKey());
            out.printf("%n## %s%n%n", match.getKey());
            match.getValue().play(leads, rounds, out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** What people wrote stays, up to the line that says so. */
    private static void write(String results) throws IOException {
        String page = Files.readString(PAGE);
        int at = page.indexOf(FROM_HERE);
        Files.writeString(PAGE, page.substring(0, at) + FROM_HERE + "\n" + results);
    }
}
