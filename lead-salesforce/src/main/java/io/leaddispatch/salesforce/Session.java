package io.leaddispatch.salesforce;

import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.TokenCache;
import io.leaddispatch.http.TokenCache.Token;
import io.leaddispatch.spi.DeliveryResult;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Calls as the integration user. A refused token is replaced by one log-in, whatever the concurrency, and the call is
 * repeated once; a refusal that a new token would not mend is left as it is. Safe for use by many threads.
 */
final class Session {
    private static final int UNAUTHORIZED = 401;
    private static final int MISROUTED = 420;
    private static final String NO_REST = "This session is not valid for use with the REST API";
    private static final String NOT_ATTACHED = "Connected app is not attached";

    private final TokenCache<IOException> tokens;
    private final HttpTransport transport;
    private final AtomicReference<@Nullable ApiUsage> usage = new AtomicReference<>();
    private final AtomicInteger misrouted = new AtomicInteger();

    Session(Login login, HttpTransport transport, Clock clock) {
        this.tokens = new TokenCache<>(login, clock, Duration.ZERO);
        this.transport = transport;
    }

    /**
     * Has a token afterwards, or says why not.
     *
     * @throws NotWrittenException if none could be had
     */
    void logIn(Instant deadline) throws IOException, InterruptedException {
        if (tokens.get(deadline) == null) {
            throw noToken();
        }
    }

    private static NotWrittenException noToken() {
        return new NotWrittenException(new DeliveryResult.Retry(
                LoginProblems.LOGIN_FAILED.problem("another log-in did not end in time"), null));
    }

    /** A call that needs to know the server. */
    interface At {
        HttpCall server(URI server);
    }

    /**
     * Calls, and if the token is refused logs in and calls once more.
     *
     * @throws NotWrittenException if no token could be had
     * @throws io.leaddispatch.http.TransportException if no complete answer came
     */
    HttpAnswer exchange(At call, Instant deadline) throws IOException, InterruptedException {
        HttpAnswer answer = tokens.call(deadline, token -> send(call, token, deadline), Session::refusesToken);
        if (answer == null) {
            throw noToken();
        }
        ApiUsage told = ApiUsage.parse(answer.header(ApiUsage.HEADER));
        if (told != null) {
            usage.set(told);
        }
        return answer;
    }

    private HttpAnswer send(At call, Token token, Instant deadline) throws IOException, InterruptedException {
        URI server = Objects.requireNonNull(token.server(), "every log-in names a server");
        return transport.exchange(
                call.server(server)
                        .header("Authorization", "Bearer " + token.value())
                        .header("Accept", "application/json"),
                deadline);
    }

    static boolean refusesToken(HttpAnswer answer) {
        if (answer.status() != UNAUTHORIZED) {
            return false;
        }
        SalesforceError error = SalesforceError.first(Json.tree(answer));
        if (error == null) {
            return true;
        }
        boolean hopeless = error.message().contains(NO_REST) || error.message().startsWith(NOT_ATTACHED);
        return !hopeless
                && (error.code().isEmpty() || ErrorCode.of(error.code(), error.message()) == ErrorCode.SESSION);
    }

    /** How many answers in a row before this one, of reads and writes, had status 420; counts this one. */
    int misroutedBefore(HttpAnswer answer) {
        return answer.status() == MISROUTED ? misrouted.getAndIncrement() : misrouted.getAndSet(0);
    }

    /** What the last answer said of the org's quota, or null. */
    @Nullable ApiUsage usage() {
        return usage.get();
    }
}
