package io.leaddispatch.testkit.marketo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ReceivedRequest;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokens of one custom service (section 3). Safe for use by many threads. */
final class MarketoTokens {
    private final Clock clock;
    private final Map<String, Instant> given = new HashMap<>();
    private Duration life = Duration.ofHours(1);
    private boolean refusing;
    private @Nullable String current;
    private int number;
    private int requests;

    MarketoTokens(Clock clock) {
        this.clock = clock;
    }

    /** A token and the seconds that it has left. */
    private record Grant(String token, long seconds) {}

    /** Section 3: all three parameters, in the query or in a form body; 401 for a bad client. */
    Answer answer(ReceivedRequest request, String query) {
        Map<String, String> sent = parameters(request.method().equals("GET") ? query : request.body());
        boolean good = "client_credentials".equals(sent.get("grant_type"))
                && MarketoSimulator.CLIENT_ID.equals(sent.get("client_id"))
                && MarketoSimulator.CLIENT_SECRET.equals(sent.get("client_secret"));
        if (!good) {
            return Answer.json(401, "{\"error\":\"invalid_client\",\"error_description\":\"Bad client credentials\"}");
        }
        Grant grant = grant();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("access_token", grant.token()).put("token_type", "bearer");
        return MarketoReply.json(answer.put("expires_in", grant.seconds()).put("scope", "apis@acmeinc.com"));
    }

    private static Map<String, String> parameters(String form) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return parameters;
    }

    /** Section 3: asked again before its end, the same token comes with the seconds that remain. */
    private synchronized Grant grant() {
        requests++;
        Instant now = clock.instant();
        Instant end = current == null ? null : given.get(current);
        if (current == null || end == null || !now.isBefore(end)) {
            current = "cdf01657-110d-4155-99a7-%012d:int".formatted(++number);
            end = now.plus(life);
            given.put(current, end);
        }
        return new Grant(current, Duration.between(now, end).toSeconds());
    }

    /** Section 8: 600 for a missing token, 601 for an unknown one, 602 for one that is over; null if it is good. */
    synchronized @Nullable String fault(String authorization) {
        if (!authorization.startsWith("Bearer ")) {
            return "600";
        }
        if (refusing) {
            return "601";
        }
        Instant end = given.get(authorization.substring("Bearer ".length()));
        return end == null ? "601" : clock.instant().isBefore(end) ? null : "602";
    }

    /** From now on 602 for every token given so far. */
    synchronized void expireAll() {
        given.replaceAll((token, end) -> Instant.MIN);
    }

    /** Section 3, assumed: 601 for a token that the identity service gives again. */
    synchronized void refuse(boolean refuse) {
        refusing = refuse;
    }

    /** How long tokens live that are made from now on. */
    synchronized void life(Duration newLife) {
        life = newLife;
    }

    synchronized int requests() {
        return requests;
    }
}
