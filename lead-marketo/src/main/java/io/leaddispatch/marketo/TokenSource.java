package io.leaddispatch.marketo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.leaddispatch.Problem;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Asks the identity service for a token, with the credentials in the body: in the address they would stand in logs.
 *
 * @param dying how many tokens in a row were at their end
 * @see <a href="https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/authentication">
 *     Authentication</a>
 */
record TokenSource(
        URI address, String clientId, Secret clientSecret, HttpTransport transport, Clock clock, AtomicInteger dying)
        implements TokenCache.Source<TokenFailure> {
    /** How long before its end a token is renewed. */
    static final Duration EARLY = Duration.ofSeconds(60);

    /** The longest one request for a token may take. */
    static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final Duration UNTIL_THE_NEXT = Duration.ofSeconds(2);
    private static final int MOST_DYING = 3;

    /** No token is believed to live longer; it also keeps moments from overflowing. */
    private static final Duration LONGEST = Duration.ofDays(365);

    TokenSource(URI address, String clientId, Secret clientSecret, HttpTransport transport, Clock clock) {
        this(address, clientId, clientSecret, transport, clock, new AtomicInteger());
    }

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

    private HttpCall request() throws TokenFailure {
        String form = "grant_type=client_credentials&client_id=" + URLEncoder.encode(clientId, UTF_8)
                + "&client_secret=" + URLEncoder.encode(secret(), UTF_8);
        return HttpCall.post(address, "application/x-www-form-urlencoded", form.getBytes(UTF_8))
                .header("Accept", "application/json");
    }

    /** Its source may be a file or a vault, which may be away. */
    private String secret() throws TokenFailure {
        try {
            return clientSecret.reveal();
        } catch (RuntimeException e) {
            throw TokenFailure.hold(MarketoProblems.CREDENTIALS.problem("the secret cannot be read here"), Stage.TOKEN);
        }
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
        if (status == 401) {
            throw TokenFailure.hold(MarketoProblems.CREDENTIALS.problem().withVendorCode(code), Stage.TOKEN);
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
        long seconds = Math.min((long) expiresIn.asDouble(), LONGEST.toSeconds());
        if (seconds > 0) {
            dying.set(0);
            return now.plusSeconds(seconds);
        }
        Problem problem = MarketoProblems.TOKEN_EXPIRING.problem();
        throw dying.incrementAndGet() > MOST_DYING
                ? TokenFailure.hold(problem, Stage.TOKEN)
                : TokenFailure.pause(problem, now.plus(UNTIL_THE_NEXT));
    }

    private static boolean isPrintable(String token) {
        return token.chars().allMatch(c -> c > ' ' && c < 127);
    }

    @Override
    public String toString() {
        return "TokenSource[***]";
    }
}
