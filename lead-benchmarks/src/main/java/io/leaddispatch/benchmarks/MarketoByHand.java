package io.leaddispatch.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leaddispatch.Lead;
import io.leaddispatch.testkit.marketo.MarketoSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What one writes without a library: the same fields and calls, and no care for what may go wrong. */
final class MarketoByHand implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newFixedThreadPool(MarketoMatch.AT_ONCE);
    private final String token;

    MarketoByHand(URI base) throws IOException, InterruptedException {
        this.base = base;
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

    void send(List<Lead> leads, int batch, int atOnce) throws Exception {
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
            throw new IllegalStateException("by hand wrote " + written + " of " + leads.size());
        }
    }

    private int call(List<Lead> leads) throws IOException, InterruptedException {
        List<Map<String, Object>> input =
                leads.stream().map(MarketoByHand::fields).toList();
        byte[] body =
                JSON.writeValueAsBytes(Map.of("action", "createOrUpdate", "lookupField", "email", "input", input));
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/rest/v1/leads.json"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        int written = 0;
        for (JsonNode entry : JSON.readTree(answer.body()).path("result")) {
            String status = entry.path("status").asText();
            written += status.equals("created") || status.equals("updated") ? 1 : 0;
        }
        return written;
    }

    private static Map<String, Object> fields(Lead lead) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("email", lead.contact().email());
        fields.put("firstName", lead.contact().firstName());
        fields.put("lastName", lead.contact().lastName());
        fields.put("leadSource", lead.source().format());
        return fields;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
