package io.leaddispatch.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leaddispatch.Lead;
import io.leaddispatch.dynamics.simulator.DynamicsServers;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What one writes without a library: one POST per lead, the same columns, and no care for what may go wrong. */
final class DynamicsByHand implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CREATED = 204;

    private final URI leadsUri;
    private final HttpClient client;
    private final ExecutorService threads;
    private final String token;

    DynamicsByHand(DynamicsServers servers, int atOnce) throws IOException, InterruptedException {
        leadsUri = servers.dataverse().uri().resolve("/api/data/v9.2/leads");
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(servers.identity().client())
                .build();
        threads = Executors.newFixedThreadPool(atOnce);
        String form = "grant_type=client_credentials&client_id=" + DynamicsServers.APPLICATION + "&client_secret="
                + encoded(DynamicsServers.KEY) + "&scope="
                + encoded(servers.dataverse().uri() + "/.default");
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "https://" + servers.entra().host() + "/" + DynamicsServers.DIRECTORY + "/oauth2/v2.0/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        String answer =
                client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        token = JSON.readTree(answer).path("access_token").asText();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    void send(List<Lead> leads) throws Exception {
        List<Callable<Integer>> calls = new ArrayList<>();
        for (Lead lead : leads) {
            calls.add(() -> post(lead));
        }
        for (Future<Integer> call : threads.invokeAll(calls)) {
            if (call.get() != CREATED) {
                throw new IllegalStateException("by hand got " + call.get());
            }
        }
    }

    private int post(Lead lead) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(leadsUri)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json; charset=utf-8")
                .header("OData-MaxVersion", "4.0")
                .header("OData-Version", "4.0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(columns(lead))))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static Map<String, Object> columns(Lead lead) {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("subject", lead.source().format());
        columns.put("firstname", lead.contact().firstName());
        columns.put("lastname", lead.contact().lastName());
        columns.put("emailaddress1", lead.contact().email());
        columns.put("leadsourcecode", 8);
        columns.put("description", lead.source().format());
        return columns;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
