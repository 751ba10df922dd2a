package io.leaddispatch.benchmarks;

import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.NodeTool;
import io.leaddispatch.testkit.marketo.MarketoSimulator;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * People into the Marketo simulator by lead synchronisation: our {@code sendAll} against java.net.http by hand,
 * node-marketo-rest, our own calls without the engine and, where there is one, a generated client. All make the same
 * calls, five at once; answers come at once and after 20 ms.
 */
final class MarketoMatch {
    static final int BATCH = 300;
    static final int AT_ONCE = 5;
    private static final String HAND = "java.net.http by hand";
    private static final String NODE_CLIENT = "node-marketo-rest";
    private static final String GENERATED = "client generated from Adobe's definition";
    private static final String ALONE = "lead-marketo's calls alone, without the engine";
    static final String OURS = "lead-marketo, sendAll";
    private static final int ONE_BY_ONE = 100;
    private static final Path NODE = Path.of("lead-testkit", "src", "test", "node", "marketo");

    private MarketoMatch() {}

    static void play(int number, int rounds, PrintStream out) throws Exception {
        NodeTool node = NodeTool.install(NODE, Path.of("lead-testkit", "target", "node", "marketo"));
        for (int delay : new int[] {0, 20}) {
            List<Lead> leads = Leads.numbered(0, number);
            try (MarketoSimulator marketo = MarketoSimulator.start();
                    LeadDispatcher dispatcher = dispatcher(settings(marketo), number);
                    MarketoAlone alone = new MarketoAlone(marketo.uri(), settings(marketo));
                    MarketoByHand hand = new MarketoByHand(marketo.uri());
                    MarketoCalls generated = generated(marketo.uri());
                    MarketoNode client = new MarketoNode(node, NODE, marketo.uri(), number)) {
                marketo.limits(Integer.MAX_VALUE, Duration.ofMillis(1), Integer.MAX_VALUE)
                        .takes(Duration.ofMillis(delay));
                out.printf(Locale.ROOT, "%n### answers after %d ms%n%n", delay);
                Match match = new Match("leads", number, rounds, marketo::calls);
                List<Contestant> contestants = new ArrayList<>(List.of(
                        contestant(marketo, OURS, () -> settled(dispatcher.sendAll(leads, SendProgress.NONE))),
                        contestant(marketo, HAND, () -> hand.send(leads, BATCH, AT_ONCE)),
                        contestant(marketo, NODE_CLIENT, client::send),
                        contestant(marketo, ALONE, () -> alone.send(leads, BATCH, AT_ONCE))));
                if (generated != null) {
                    contestants.add(contestant(marketo, GENERATED, () -> generated.send(leads, BATCH, AT_ONCE)));
                }
                Map<String, List<Match.Measured>> all = match.play(contestants);
                Match singles = new Match("leads", ONE_BY_ONE, 3, marketo::calls);
                Map<String, List<Match.Measured>> one = singles.play(List.of(contestant(
                        marketo,
                        "java.net.http, one after the other",
                        () -> hand.send(leads.subList(0, ONE_BY_ONE), 1, 1))));
                match.print(all, out);
                match.goal(all, HAND, 0.95, out);
                match.goal(all, NODE_CLIENT, 1, out);
                out.println();
                singles.print(one, out);
                if (delay > 0) {
                    compare(match, all.get(OURS), singles, one.values().iterator().next(), out);
                }
            }
        }
    }

    /** The generated client, if the build was given a definition; else null. */
    private static MarketoCalls generated(URI base) throws Exception {
        Class<?> client;
        try {
            client = Class.forName("io.leaddispatch.benchmarks.MarketoGenerated");
        } catch (ClassNotFoundException e) {
            return null;
        }
        return (MarketoCalls) client.getDeclaredConstructor(URI.class).newInstance(base);
    }

    private static void compare(
            Match match, List<Match.Measured> ours, Match alone, List<Match.Measured> one, PrintStream out) {
        double many = ours.stream().mapToDouble(match::perSecond).sorted().toArray()[ours.size() / 2];
        double single = one.stream().mapToDouble(alone::perSecond).sorted().toArray()[one.size() / 2];
        out.printf(
                Locale.ROOT,
                "- Goal: at least 50 times one after the other: **%.0f, %s**.%n",
                many / single,
                many / single >= 50 ? "reached" : "missed");
    }

    private static LeadDispatcher dispatcher(Map<String, ?> settings, int number) {
        return LeadDispatcher.builder()
                .insecureLoopback(true)
                .patience(Duration.ofMinutes(5))
                .queueCapacity(number)
                .to("crm", "marketo", settings)
                .build();
    }

    private static Map<String, ?> settings(MarketoSimulator marketo) {
        return Map.of(
                "mode",
                "leads",
                "baseUrl",
                marketo.uri().toString(),
                "clientId",
                MarketoSimulator.CLIENT_ID,
                "clientSecret",
                MarketoSimulator.CLIENT_SECRET,
                "concurrency",
                AT_ONCE,
                "callsPerWindow", // the pace that Marketo asks for is not what is measured
                100,
                "window",
                "1ms");
    }

    private static void settled(SendSummary summary) {
        if (!summary.isSettled()) {
            throw new IllegalStateException(summary.toString());
        }
    }

    private static Contestant contestant(MarketoSimulator marketo, String name, Contestant.Work work) {
        return new Contestant(
                name, () -> new Contestant.Run(work, () -> marketo.server().forget()));
    }
}
