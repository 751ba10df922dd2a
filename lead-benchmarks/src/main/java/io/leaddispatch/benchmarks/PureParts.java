package io.leaddispatch.benchmarks;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadSource;
import io.leaddispatch.json.LeadJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Text and JSON, measured with JMH in the order of their names, against what one writes without a library. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PureParts {
    private static final Pattern SOURCE = Pattern.compile("^([^-|]+)-([^|]+)\\|([^|]+)$");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String text = "AzureMarketplace-INS|contoso.analytics-pro";
    private final LeadSource source = LeadSource.parse(text);
    private final byte[] json = ("{\"userDetails\":{\"firstName\":\"Ada\",\"lastName\":\"Lovelace\",\"email\":"
                    + "\"ada@example.com\",\"phone\":\"+44 20 7946 0000\",\"country\":\"GB\",\"company\":\"Engines\","
                    + "\"title\":\"Analyst\"},\"leadSource\":\"" + text + "\",\"actionCode\":\"INS\","
                    + "\"offerTitle\":\"Analytics Pro\",\"description\":\"{\\\"campaign\\\":\\\"spring\\\"}\"}")
            .getBytes(StandardCharsets.UTF_8);
    private final Lead lead = LeadJson.read(json);
    private final byte[] complete = LeadJson.write(lead);

    static void play(int rounds, PrintStream out) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(PureParts.class.getName())
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(rounds)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler("gc")
                        .output("/dev/null")
                        .build())
                .run();
        Map<String, Double> nanos = new HashMap<>();
        out.println("| what | ns | +- | bytes allocated |");
        out.println("|---|---|---|---|");
        for (RunResult result : results) {
            String name = result.getPrimaryResult().getLabel();
            nanos.put(name, result.getPrimaryResult().getScore());
            out.printf(
                    Locale.ROOT,
                    "| %s | %,.0f | %,.0f | %,.0f |%n",
                    name,
                    result.getPrimaryResult().getScore(),
                    result.getPrimaryResult().getScoreError(),
                    result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
        }
        goal(nanos, "parse", 5, out);
        goal(nanos, "format", 5, out);
        goal(nanos, "read", 2, out);
        goal(nanos, "write", 2, out);
    }

    private static void goal(Map<String, Double> nanos, String what, double wanted, PrintStream out) {
        double times = nanos.get(what + "ByHand") / nanos.get(what);
        out.printf(
                Locale.ROOT,
                "- Goal: %s at least %.0f times as fast as %sByHand: **%.2f, %s**.%n",
                what,
                wanted,
                what,
                times,
                times >= wanted ? "reached" : "missed");
    }

    /** Ours. */
    @Benchmark
    public LeadSource parse() {
        return LeadSource.parse(text);
    }

    /** A regular expression, and a map of what it found. */
    @Benchmark
    public Map<String, String> parseByHand() {
        Matcher found = SOURCE.matcher(text);
        if (!found.matches()) {
            throw new IllegalStateException();
        }
        return Map.of("source", found.group(1), "action", found.group(2), "offer", found.group(3));
    }

    /** Ours. */
    @Benchmark
    public String format() {
        return source.format();
    }

    /** As one writes it. */
    @Benchmark
    public String formatByHand() {
        return String.format("%s-%s|%s", "AzureMarketplace", "INS", "contoso.analytics-pro");
    }

    /** Ours: the complete form, validated. */
    @Benchmark
    public Lead read() {
        return LeadJson.read(complete);
    }

    /** The same text as a tree. */
    @Benchmark
    public JsonNode readByHand() throws IOException {
        return JSON.readTree(complete);
    }

    /** The floor of everything that stands on Jackson: all texts of the same bytes, and nothing done with them. */
    @Benchmark
    public int readTokens() throws IOException {
        int characters = 0;
        try (JsonParser parser = JSON.createParser(complete)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                characters += token == JsonToken.VALUE_STRING ? parser.getText().length() : 0;
            }
        }
        return characters;
    }

    /** Ours: the marketplace's form, whose id is the SHA-256 of its content. */
    @Benchmark
    public Lead readMarketplace() {
        return LeadJson.read(json);
    }

    /** Ours: the complete form. */
    @Benchmark
    public byte[] write() {
        return LeadJson.write(lead);
    }

    /** A tree. */
    @Benchmark
    public byte[] writeByHand() throws IOException {
        ObjectNode tree = JSON.createObjectNode();
        tree.put("id", lead.id().value()).put("leadSource", lead.source().format());
        tree.put("offerTitle", lead.offerTitle()).put("description", lead.description());
        ObjectNode contact = tree.putObject("contact");
        contact.put("firstName", lead.contact().firstName()).put("lastName", lead.contact().lastName());
        contact.put("email", lead.contact().email()).put("phone", lead.contact().phone());
        contact.put("country", lead.contact().country()).put("company", lead.contact().company());
        contact.put("title", lead.contact().title());
        return JSON.writeValueAsBytes(tree);
    }
}
