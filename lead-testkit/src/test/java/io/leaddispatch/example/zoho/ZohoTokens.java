package io.leaddispatch.example.zoho;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.TokenCache;
import io.leaddispatch.http.TokenCache.Token;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Access tokens for a refresh token. */
record ZohoTokens(Settings settings, HttpTransport transport, Clock clock) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNAVAILABLE = 500;

    /** There is no token, and this is what it means for the leads. */
    static final class NoToken extends IOException {
        private static final long serialVersionUID = 1L;
        final transient DeliveryResult result;

        NoToken(DeliveryResult result) {
            super("no token");
            this.result = result;
        }
    }

    TokenCache<IOException> cache() {
        return new TokenCache<>((deadline, refused) -> fetch(deadline), clock, Duration.ofMinutes(5));
    }

    private Token fetch(Instant deadline) throws IOException, InterruptedException {
        URI uri = settings.get(ZohoDestinationProvider.ACCOUNTS).resolve("/oauth/v2/token");
        String form = "grant_type=refresh_token&client_id=" + encoded(settings.get(ZohoDestinationProvider.CLIENT_ID))
                + "&client_secret="
                + encoded(settings.get(ZohoDestinationProvider.CLIENT_SECRET).reveal())
                + "&refresh_token="
                + encoded(settings.get(ZohoDestinationProvider.REFRESH_TOKEN).reveal());
        HttpAnswer answer = transport.exchange(
                HttpCall.post(uri, "application/x-www-form-urlencoded", form.getBytes(UTF_8)), deadline);
        JsonNode body = read(answer);
        String token = body.path("access_token").asText("");
        if (token.isEmpty()) { // a refusal comes with HTTP 200 too
            throw new NoToken(
                    body.has("error")
                            ? new DeliveryResult.Pause(ZohoProblems.UNAUTHORIZED.problem(), null)
                            : new DeliveryResult.Retry(ZohoProblems.UNAVAILABLE.problem("no token"), null));
        }
        return new Token(
                token, clock.instant().plusSeconds(body.path("expires_in").asLong(3_600)));
    }

    private static JsonNode read(HttpAnswer answer) throws NoToken {
        try {
            if (answer.status() < UNAVAILABLE) {
                return JSON.readTree(answer.body());
            }
        } catch (JacksonException e) { // its message quotes the body
            throw new NoToken(new DeliveryResult.Retry(ZohoProblems.UNAVAILABLE.problem("no JSON"), null));
        } catch (IOException e) {
            throw new IllegalStateException("an array is read without I/O", e);
        }
        throw new NoToken(new DeliveryResult.Retry(ZohoProblems.UNAVAILABLE.problem("no token"), null));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
