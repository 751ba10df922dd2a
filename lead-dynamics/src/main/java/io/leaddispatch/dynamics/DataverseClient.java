package io.leaddispatch.dynamics;

import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.TokenCache;
import io.leaddispatch.spi.DeliveryResult;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the Web API of one environment, with the headers it wants and a token; one whose token is refused is
 * repeated once with a new one. Safe for use by many threads.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors">
 *     Compose HTTP requests and handle errors</a>
 */
final class DataverseClient {
    /** Where the Web API is, below the environment's origin. */
    static final String PATH = "/api/data/v9.2/";

    private static final int UNAUTHORIZED = 401;

    private final URI origin;
    private final HttpTransport transport;
    private final TokenCache<IOException> tokens;
    private volatile int hint = Integer.MAX_VALUE;

    DataverseClient(URI origin, HttpTransport transport, TokenCache<IOException> tokens) {
        this.origin = origin;
        this.transport = transport;
        this.tokens = tokens;
    }

    URI origin() {
        return origin;
    }

    /** A path below the Web API, percent-encoded, as a whole address. */
    URI at(String path) {
        return URI.create(origin + PATH + path);
    }

    /** The most requests at once that the service advised last. */
    int hint() {
        return hint;
    }

    /**
     * Asks with a token.
     *
     * @throws SignInException if no token came
     * @throws IOException if no complete answer came
     */
    HttpAnswer call(HttpCall call, Instant deadline) throws IOException, InterruptedException {
        HttpCall whole = withHeaders(call);
        HttpAnswer answer = tokens.call(
                deadline,
                token -> transport.exchange(whole.header("Authorization", "Bearer " + token.value()), deadline),
                refused -> refused.status() == UNAUTHORIZED);
        if (answer == null) {
            throw new SignInException(
                    new DeliveryResult.Retry(SignInProblems.IDENTITY_UNAVAILABLE.problem("no token in time"), null));
        }
        readHint(answer.header("x-ms-dop-hint"));
        return answer;
    }

    /** Asks without a token. */
    HttpAnswer anonymously(HttpCall call, Instant deadline) throws IOException, InterruptedException {
        return transport.exchange(withHeaders(call), deadline);
    }

    /** Signs in, if that has not been done. */
    void signIn(Instant deadline) throws IOException, InterruptedException {
        if (tokens.get(deadline) == null) {
            throw new SignInException(
                    new DeliveryResult.Retry(SignInProblems.IDENTITY_UNAVAILABLE.problem("no token in time"), null));
        }
    }

    private static HttpCall withHeaders(HttpCall call) {
        return call.header("Accept", "application/json")
                .header("OData-MaxVersion", "4.0")
                .header("OData-Version", "4.0");
    }

    private void readHint(@Nullable String value) {
        if (value != null && value.matches("[0-9]{1,6}")) {
            hint = Math.max(1, Integer.parseInt(value));
        }
    }
}
