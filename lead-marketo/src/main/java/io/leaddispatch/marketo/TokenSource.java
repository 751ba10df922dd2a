package io.leaddispatch.marketo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.leaddispatch.Secret;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.TokenCache;
import io.leaddispatch.http.TokenCache.Token;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.marketo.TokenFailure.Stage;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks the identity service for a token, with the credentials in the body: in the address they would stand in logs.
 *
 * @see <a href="https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/authentication">
 *     Authentication</a>
 */
record TokenSource(URI address, String clientId, Secret clientSecret, HttpTransport transport, Clock clock)
        implements TokenCache.Source<TokenFailure> {
    /** How long before its end a token is renewed. */
    static final Duration EARLY = Duration.ofSeconds(60);

    /** The longest one request for a token may take. */
    static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final Duration UNTIL_THE_NEXT = Duration.ofSeconds(2);

    @Override
    public Token fetch(Instant deadline, @Nullable Token refused) throws TokenFailure, InterruptedException {
        Instant own = clock.instant().plus(TIMEOUT);
        try {
            HttpAnswer answer = transport.exchange(request(), own.isBefore(deadline) ? own : deadline);
            return read(answer);
        } catch (TransportException e) {
            throw failed(e);
        }
    }

    private HttpCall request() {
        String form = "grant_type=client_credentials&client_id=" + URLEncoder.encode(clientId, UTF_8)
                + "&client_secret=" + URLEncoder.encode(clientSecret.reveal(), UTF_8);
        return HttpCall.post(address, "application/x-www-form-urlencoded", form.getBytes(UTF_8))
                .header("Accept", "application/json");
    }

    private static TokenFailure failed(TransportException e) {
        return e.kind() == TransportException.Kind.UNFIT_CLIENT
                ? TokenFailure.hold(MarketoProblems.CLIENT_UNFIT.problem(), Stage.ADDRESS)
                : TokenFailure.unreachable(e);
    }

    private Token read(HttpAnswer answer) throws TokenFailure {
        int status = answer.status();
        JsonNode body = Envelope.tree(answer.body());
        String code = "HTTP " + status;
        if (status == 429 || status >= 500) {
            Instant notBefore = answer.retryAfter(clock);
            throw TokenFailure.retry(
                    MarketoProblems.TOKEN_UNAVAILABLE.problem().withVendorCode(code), Stage.TOKEN, notBefore);
        }
        if (body == null || status >= 300 && status < 400 || status == 404 || status == 407) {
            throw TokenFailure.hold(MarketoProblems.WRONG_ADDRESS.problem().withVendorCode(code), Stage.ADDRESS);
        }
        String token = body.path("access_token").asText("");
        if (status != 200 || token.isEmpty() || !isPrintable(token)) {
            throw TokenFailure.hold(MarketoProblems.CREDENTIALS.problem().withVendorCode(code), Stage.TOKEN);
        }
        return new Token(token, end(body.path("expires_in")));
    }

    /** Asked again, Marketo gives the same token with the seconds that it has left, at last none. */
    private Instant end(JsonNode expiresIn) throws TokenFailure {
        if (!expiresIn.isNumber()) {
            return Instant.MAX;
        }
        Instant now = clock.instant();
        if (expiresIn.asLong() <= 0) {
            throw TokenFailure.pause(MarketoProblems.TOKEN_EXPIRING.problem(), now.plus(UNTIL_THE_NEXT));
        }
        return now.plusSeconds(expiresIn.asLong());
    }

    private static boolean isPrintable(String token) {
        return token.chars().allMatch(c -> c > ' ' && c < 127);
    }

    @Override
    public String toString() {
        return "TokenSource[***]";
    }
}
