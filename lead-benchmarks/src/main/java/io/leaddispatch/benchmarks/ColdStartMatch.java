package io.leaddispatch.benchmarks;

import com.sun.net.httpserver.HttpServer;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** A fresh JVM until the server has its first lead: ours against a bare POST of the JDK's client. */
final class ColdStartMatch {
    private static final double WANTED = 1.25;
    private static final List<String> OURS_NEEDS =
            List.of("lead-core", "lead-https", "slf4j-api", "jackson-core", "jackson-databind", "jackson-annotations");

    private ColdStartMatch() {}

    static void play(int rounds, PrintStream out) throws Exception {
        AtomicLong arrived = new AtomicLong();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            arrived.set(System.nanoTime());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            String uri = "http://localhost:" + server.getAddress().getPort() + "/leads";
            List<Long> ours = new ArrayList<>();
            List<Long> bare = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                ours.add(run(Ours.class, uri, arrived));
                bare.add(run(Bare.class, uri, arrived));
            }
            print(median(ours), median(bare), out);
        } finally {
            server.stop(0);
        }
    }

    private static void print(double ours, double bare, PrintStream out) throws Exception {
        out.println("| a fresh JVM, until its first POST is there | ms, median |");
        out.println("|---|---|");
        out.printf(Locale.ROOT, "| LeadDispatcher with lead-https | %,.0f |%n", ours / 1e6);
        out.printf(Locale.ROOT, "| java.net.http alone | %,.0f |%n", bare / 1e6);
        out.printf(
                Locale.ROOT,
                "- Goal: at most %.2f times: **%.2f, %s**.%n",
                WANTED,
                ours / bare,
                ours / bare <= WANTED ? "reached" : "missed");
        long bytes = 0;
        for (Path jar : jars(List.of("lead-core", "lead-https"))) {
            bytes += Files.size(jar);
        }
        out.printf(Locale.ROOT, "- lead-core and lead-https together: %,d bytes of jars.%n", bytes);
    }

    private static double median(List<Long> nanos) {
        return nanos.stream().sorted().toList().get(nanos.size() / 2);
    }

    private static long run(Class<?> main, String uri, AtomicLong arrived) throws Exception {
        String classPath = jars(OURS_NEEDS).stream().map(Path::toString).collect(Collectors.joining(":"));
        arrived.set(0);
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        own() + ":" + classPath,
                        main.getName(),
                        uri)
                .inheritIO()
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0 || arrived.get() == 0) {
            process.destroyForcibly();
            throw new IllegalStateException(main.getSimpleName() + " did not deliver");
        }
        return arrived.get() - start;
    }

    private static Path own() throws Exception {
        return Path.of(ColdStartMatch.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private static List<Path> jars(List<String> names) throws Exception {
        try (var files = Files.list(own().resolveSibling("lib"))) {
            return files.filter(file ->
                            names.stream().anyMatch(name -> file.getFileName().toString().matches(name + "-[0-9].*jar")))
                    .sorted()
                    .toList();
        }
    }

    /** One lead. */
    static final class Ours {
        private Ours() {}

        public static void main(String[] args) {
            try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                    .insecureLoopback(true)
                    .to("hook", "https", Map.of("httpsEndpointUrl", args[0]))
                    .build()) {
                Lead lead = Lead.builder().firstName("Ada").email("ada@example.com").build();
                if (!dispatcher.send(lead).isSettled()) {
                    System.exit(1);
                }
            }
        }
    }

    /** The same bytes, about. */
    static final class Bare {
        private Bare() {}

        public static void main(String[] args) throws Exception {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            HttpRequest request = HttpRequest.newBuilder(URI.create(args[0]))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"userDetails\":{\"firstName\":\"Ada\",\"email\":\"ada@example.com\"}}"))
                    .build();
            client.send(request, HttpResponse.BodyHandlers.discarding());
        }
    }
}
