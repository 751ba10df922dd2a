package io.leaddispatch.benchmarks;

import com.sun.net.httpserver.HttpServer;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.json.AbsentAs;
import io.leaddispatch.json.Casing;
import io.leaddispatch.json.LeadJson;
import io.leaddispatch.testkit.Leads;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** One lead per POST: our {@code send} against a loop over java.net.http with the same headers and bytes. */
final class HttpMatch {
    static final String OURS = "lead-https, send";
    private static final String HAND = "java.net.http by hand";

    private HttpMatch() {}

    static void play(int number, int rounds, PrintStream out) throws Exception {
        for (int delay : new int[] {0, 20}) {
            for (int senders : new int[] {1, 64}) {
                int leads = delay > 0 && senders == 1 ? Math.min(number, 100) : number;
                out.printf(Locale.ROOT, "%n### answers after %d ms, %d in flight%n%n", delay, senders);
                play(Leads.numbered(0, leads), delay, senders, rounds, out);
            }
        }
    }

    private static void play(List<Lead> leads, int delay, int senders, int rounds, PrintStream out) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(senders);
        AtomicLong calls = new AtomicLong();
        HttpServer server = server(delay, calls);
        URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/leads");
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try (LeadDispatcher dispatcher = dispatcher(uri, senders)) {
            Match match = new Match("leads", leads.size(), rounds, calls::get);
            List<Contestant> contestants = List.of(
                    contestant(OURS, leads, senders, threads, lead -> require(dispatcher.send(lead))),
                    contestant(HAND, leads, senders, threads, lead -> post(client, uri, lead)));
            Map<String, List<Match.Measured>> all = match.play(contestants);
            match.print(all, out);
            match.goal(all, HAND, 0.95, out);
            match.memoryGoal(all, HAND, 1.15, out);
        } finally {
            threads.shutdownNow();
            server.stop(0);
        }
    }

    private static HttpServer server(int delay, AtomicLong calls) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            calls.incrementAndGet();
            if (delay > 0) {
                LockSupport.parkNanos(Duration.ofMillis(delay).toNanos());
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static LeadDispatcher dispatcher(URI uri, int concurrency) {
        return LeadDispatcher.builder()
                .insecureLoopback(true)
                .to("hook", "https", Map.of("httpsEndpointUrl", uri.toString(), "concurrency", concurrency))
                .build();
    }

    private static void require(DispatchReport report) {
        if (!(report.at("hook") instanceof DispatchReport.Outcome.Delivered)) {
            throw new IllegalStateException(report.toString());
        }
    }

    private static void post(HttpClient client, URI uri, Lead lead) throws IOException, InterruptedException {
        byte[] body = LeadJson.writeMarketplace(lead, Casing.CAMEL, AbsentAs.OMIT);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("User-Agent", "by-hand/1.0")
                .header("webhook-id", lead.id().value())
                .header("webhook-timestamp", Long.toString(System.currentTimeMillis() / 1000))
                .header("Idempotency-Key", lead.id().value())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        int status = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode();
        if (status != 204) {
            throw new IllegalStateException("status " + status);
        }
    }

    private interface Send {
        void send(Lead lead) throws Exception;
    }

    private static Contestant contestant(
            String name, List<Lead> leads, int senders, ExecutorService threads, Send send) {
        Contestant.Work work = () -> {
            AtomicInteger next = new AtomicInteger();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < senders; i++) {
                all.add(threads.submit(() -> {
                    for (int n = next.getAndIncrement(); n < leads.size(); n = next.getAndIncrement()) {
                        send.send(leads.get(n));
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        };
        return new Contestant(name, () -> new Contestant.Run(work, () -> {}));
    }
}
