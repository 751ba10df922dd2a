package io.leaddispatch.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.leaddispatch.Lead;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one writes without a library: the same fields and calls, and no care for what may go wrong. */
final class MarketoByHand extends MarketoCalls {
    private final URI base;

    MarketoByHand(URI base) throws IOException, InterruptedException {
        super(base);
        this.base = base;
    }

    @Override
    int call(List<Lead> leads) throws IOException, InterruptedException {
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
}
