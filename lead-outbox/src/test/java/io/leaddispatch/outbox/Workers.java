package io.leaddispatch.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Processes that share one outbox, and the record of what they acknowledged and what arrived. */
final class Workers implements AutoCloseable {
    private final String url;
    private final Path folder;
    private final List<String> settings;
    private final List<Process> all = new ArrayList<>();
    final Lines acknowledged;
    final Lines received;
    private int number;
    private String org = Worker.NO_ORG;

    Workers(String url, Path folder, String... settings) {
        this.url = url;
        this.folder = folder;
        this.settings = List.of(settings);
        this.acknowledged = new Lines(folder.resolve("acknowledged"));
        this.received = new Lines(folder.resolve("received"));
    }

    /** From now on they deliver to that Salesforce org too. */
    Workers alsoTo(URI address) {
        org = address.toString();
        return this;
    }

    /** A process that is ready; with no feeders it only delivers. */
    Process start(int feeders) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                url,
                folder.toString(),
                "w" + number++,
                String.valueOf(feeders),
                org));
        command.addAll(settings);
        Process process =
                new ProcessBuilder(command).redirectError(log(number).toFile()).start();
        all.add(process);
        BufferedReader out = process.inputReader();
        assertThat(out.readLine()).as("see " + log(number)).isEqualTo("READY");
        return process;
    }

    Path log(int of) {
        return folder.resolve("worker" + of + ".log");
    }

    int started() {
        return number;
    }

    /** Those that were started and not killed. */
    List<Process> running() {
        return List.copyOf(all);
    }

    /** Sends it to all of them. */
    void signalAll(String signal) {
        try {
            for (Process process : all) {
                signal(process, signal);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void killAll() throws InterruptedException {
        for (Process process : all) {
            process.destroyForcibly();
        }
        for (Process process : all) {
            process.waitFor();
        }
        all.clear();
    }

    static void signal(Process process, String signal) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }

    /** Everything acknowledged arrived; says how many arrivals were repeats. */
    int assertNothingLost() {
        Set<String> arrived = new HashSet<>(received.all());
        Set<String> lost = new HashSet<>(acknowledged.all());
        lost.removeAll(arrived);
        assertThat(lost).as("acknowledged and lost").isEmpty();
        return received.all().size() - arrived.size();
    }

    @Override
    public void close() {
        try {
            killAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
