package io.leaddispatch.example.zoho;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leaddispatch.Confirmation;
import io.leaddispatch.Problem;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.NotExecuted;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.spi.DeliveryResult.Retry;
import io.leaddispatch.spi.FieldLengths.Fitted;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** From Zoho's answer to results: by the code of each record, whatever the status. Pure but for the clock. */
record ZohoAnswers(Clock clock) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration THROTTLED_WITHOUT_TIME = Duration.ofSeconds(60);
    private static final Set<String> BAD_LEAD = Set.of("INVALID_DATA", "MANDATORY_NOT_FOUND", "DUPLICATE_DATA");

    static boolean refusesToken(HttpAnswer answer) {
        return answer.status() == 401;
    }

    List<DeliveryResult> read(HttpAnswer answer, List<Fitted> records) {
        switch (answer.status()) {
            case 401, 403 -> {
                return all(records.size(), new Pause(ZohoProblems.UNAUTHORIZED.problem(), null));
            }
            case 404 -> {
                return all(records.size(), new Pause(ZohoProblems.NOT_FOUND.problem(), null));
            }
            case 413 -> {
                return all(records.size(), new NotExecuted(ZohoProblems.TOO_LARGE.problem()));
            }
            case 429 -> {
                return all(records.size(), throttled(answer));
            }
            default -> {
                return eachOf(data(answer), records);
            }
        }
    }

    private DeliveryResult throttled(HttpAnswer answer) {
        Instant until = answer.retryAfter(clock);
        return new Pause(
                ZohoProblems.THROTTLED.problem(),
                until != null ? until : clock.instant().plus(THROTTLED_WITHOUT_TIME));
    }

    private static JsonNode data(HttpAnswer answer) {
        try {
            return JSON.readTree(answer.body()).path("data");
        } catch (IOException e) { // its message quotes the body
            return JSON.missingNode();
        }
    }

    private static List<DeliveryResult> eachOf(JsonNode data, List<Fitted> records) {
        if (!data.isArray() || data.size() != records.size()) {
            return all(records.size(), new Retry(ZohoProblems.NO_ANSWER.problem(), null));
        }
        List<DeliveryResult> results = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            results.add(one(data.get(i), records.get(i).notes()));
        }
        return results;
    }

    private static DeliveryResult one(JsonNode entry, List<String> notes) {
        String code = entry.path("code").asText("");
        if (code.equals("SUCCESS")) {
            boolean update = entry.path("action").asText("").equals("update");
            String id = entry.path("details").path("id").asText(null);
            return new Delivered(update ? Confirmation.UPDATED : Confirmation.CREATED, id, notes);
        }
        if (BAD_LEAD.contains(code)) {
            Problem problem = ZohoProblems.REFUSED_LEAD.problem(
                    "field " + entry.path("details").path("api_name").asText("unknown"));
            return new Rejected(problem.withVendorCode(code));
        }
        return new Retry(ZohoProblems.UNAVAILABLE.problem().withVendorCode(code), null);
    }

    static DeliveryResult read(TransportException failure) {
        return failure.notSent()
                ? new Retry(ZohoProblems.UNAVAILABLE.problem(failure.describe()), null)
                : new Retry(ZohoProblems.NO_ANSWER.problem(failure.describe()), null);
    }

    static List<DeliveryResult> tooLate(int leads) {
        return all(leads, new Retry(ZohoProblems.UNAVAILABLE.problem("no token in time"), null));
    }

    static List<DeliveryResult> all(int leads, DeliveryResult one) {
        return Collections.nCopies(leads, one);
    }

    /** One result per lead: those of the leads that were sent, and a refusal for each that was too long to send. */
    static List<DeliveryResult> merge(List<Fitted> records, List<DeliveryResult> ofSent) {
        Iterator<DeliveryResult> next = ofSent.iterator();
        return records.stream()
                .map(each -> each.tooLong().isEmpty()
                        ? next.next()
                        : new Rejected(ZohoProblems.TOO_LONG.problem(String.join(", ", each.tooLong()))))
                .toList();
    }
}
