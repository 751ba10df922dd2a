package io.leaddispatch.salesforce;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.Problem;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.spi.DeliveryResult;
import java.net.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers, and what stands in results. */
final class Answers {
    private Answers() {}

    static HttpAnswer of(int status, String body, String... headers) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.computeIfAbsent(headers[i], name -> new java.util.ArrayList<>()).add(headers[i + 1]);
        }
        return new HttpAnswer(status, HttpHeaders.of(all, (name, value) -> true), body.getBytes(UTF_8), false);
    }

    static String kind(DeliveryResult result) {
        return result.getClass().getSimpleName();
    }

    static String code(DeliveryResult result) {
        Problem problem = Results.problem(result);
        return problem == null ? "" : problem.code();
    }
}
