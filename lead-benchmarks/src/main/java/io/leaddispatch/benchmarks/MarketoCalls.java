package io.leaddispatch.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leaddispatch.Lead;
import io.leaddispatch.testkit.marketo.MarketoSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Splits leads into calls and makes some of these at once; what a call is, its heirs say. */
abstract class MarketoCalls implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final String token;
    private final ExecutorService threads = Executors.newFixedThreadPool(MarketoMatch.AT_ONCE);

    MarketoCalls(URI base) throws IOException, InterruptedException {
        String form = "grant_type=client_credentials&client_id=" + MarketoSimulator.CLIENT_ID + "&client_secret="
                + MarketoSimulator.CLIENT_SECRET;
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/identity/oauth/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        String answer =
                client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        token = JSON.readTree(answer).path("access_token").asText();
    }

    /** Sends people in one call; how many of them were created or updated. */
    abstract int call(List<Lead> leads) throws Exception;

    final void send(List<Lead> leads, int batch, int atOnce) throws Exception {
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int from = 0; from < leads.size(); from += batch) {
            List<Lead> some = leads.subList(from, Math.min(leads.size(), from + batch));
            calls.add(() -> call(some));
        }
        int written = 0;
        if (atOnce == 1) {
            for (Callable<Integer> call : calls) {
                written += call.call();
            }
        } else {
            for (Future<Integer> call : threads.invokeAll(calls)) {
                written += call.get();
            }
        }
        if (written != leads.size()) {
            throw new IllegalStateException(getClass().getSimpleName() + " wrote " + written + " of " + leads.size());
        }
    }

    @Override
    public final void close() {
        threads.shutdownNow();
    }
}
