package io.leaddispatch.benchmarks;

import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import io.leaddispatch.dynamics.simulator.DynamicsServers;
import io.leaddispatch.testkit.Leads;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Leads into a Dataverse environment in this process: our {@code sendAll} against one POST per lead by hand, as many at
 * once. Each run has an environment of its own; all have one directory, and sign in anew.
 */
final class DynamicsMatch {
    static final int AT_ONCE = 4;

    private final List<Lead> leads;
    private final Duration delay;
    private final DynamicsServers directory;
    private volatile DynamicsServers environment;

    private DynamicsMatch(List<Lead> leads, Duration delay, DynamicsServers directory) {
        this.leads = leads;
        this.delay = delay;
        this.directory = directory;
        environment = directory;
    }

    static void play(int number, int rounds, PrintStream out) throws Exception {
        Path folder = Files.createTempDirectory("dynamics");
        try (DynamicsServers directory = DynamicsServers.start(folder)) {
            for (int millis : new int[] {0, 20}) {
                out.printf(Locale.ROOT, "%n### %d ms of delay in every answer, %d requests at once%n%n", millis, AT_ONCE);
                DynamicsMatch contestants =
                        new DynamicsMatch(Leads.numbered(0, number), Duration.ofMillis(millis), directory);
                Match match = new Match("leads", number, rounds, contestants::requests);
                Map<String, List<Match.Measured>> all =
                        match.play(List.of(contestants.ours(), contestants.byHand()));
                match.print(all, out);
                match.goal(all, all.keySet().stream().reduce((a, b) -> b).orElseThrow(), millis > 0 ? 10 : 1, out);
            }
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private long requests() {
        return environment.dataverse().requests().size();
    }

    private interface Work {
        void on(DynamicsServers servers) throws Exception;
    }

    private Contestant contestant(String name, Work work) {
        return new Contestant(name, () -> {
            DynamicsServers servers = directory.another();
            servers.dataverse().instead = request -> {
                LockSupport.parkNanos(delay.toNanos());
                return null;
            };
            environment = servers;
            return new Contestant.Run(() -> work.on(servers), () -> {
                int there = servers.dataverse().environment().leads.size();
                servers.close();
                if (there != leads.size()) {
                    throw new IllegalStateException(name + " wrote " + there + " of " + leads.size());
                }
            });
        });
    }

    private Contestant ours() {
        return contestant("lead-dynamics, sendAll", servers -> {
            Map<String, Object> settings = servers.settings();
            settings.put("concurrency", AT_ONCE);
            try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                    .patience(Duration.ofMinutes(5))
                    .to("crm", "dynamics", settings)
                    .build()) {
                SendSummary summary = dispatcher.sendAll(leads, SendProgress.NONE);
                if (!summary.isSettled()) {
                    throw new IllegalStateException(summary.toString());
                }
            }
        });
    }

    private Contestant byHand() {
        return contestant("java.net.http, one POST per lead", servers -> {
            try (DynamicsByHand hand = new DynamicsByHand(servers, AT_ONCE)) {
                hand.send(leads);
            }
        });
    }
}
