package io.leaddispatch.http;

import io.leaddispatch.Experimental;
import io.leaddispatch.http.TransportException.Kind;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Blocking exchanges over {@link HttpClient} with the bounds that it lacks: one time for everything, the whole body
 * included, and a size for the answer. Follows no redirects.
 *
 * <p>Safe for use by many threads.
 */
@Experimental
public final class HttpTransport {
    /** Most bytes of an answer that are read unless set. */
    public static final int DEFAULT_MOST_BYTES = 1 << 20;

    /** No exchange is waited for longer; keeps nanoseconds from overflowing. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Supplier<HttpClient> client;
    private final Clock clock;
    private final String userAgent;
    private final int mostBytes;

    /**
     * @param client the host's client, or our own; asked at each exchange
     * @param clock for deadlines
     * @param userAgent product and version
     * @param mostBytes of an answer's body; what is longer is cut there and the connection closed; at least 0
     */
    public HttpTransport(Supplier<HttpClient> client, Clock clock, String userAgent, int mostBytes) {
        this.client = Objects.requireNonNull(client, "client");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.userAgent = Objects.requireNonNull(userAgent, "userAgent");
        this.mostBytes = mostBytes;
    }

    /**
     * Sends the request and reads the answer.
     *
     * @param deadline no part of the exchange outlives it
     * @return the answer; 3xx, 4xx and 5xx are answers too
     * @throws TransportException if no complete answer came by then, or the client is unfit
     * @throws InterruptedException if interrupted; the exchange is cancelled, the request may or may not have arrived
     */
    public HttpAnswer exchange(HttpCall call, Instant deadline) throws TransportException, InterruptedException {
        Duration left = left(deadline);
        if (left.isNegative() || left.isZero()) {
            throw new TransportException(Kind.CONNECT_TIMEOUT, Redaction.origin(call.uri()));
        }
        HttpClient fit = client.get();
        if (!isFit(fit)) {
            throw new TransportException(Kind.UNFIT_CLIENT, Redaction.origin(call.uri()));
        }
        long end = System.nanoTime() + left.toNanos();
        try {
            // the head is bounded by the request's own time, the body by ours: the JDK does not bound it
            HttpResponse<BoundedBody> head = fit.send(request(call, left), ignored -> new BoundedBody(mostBytes));
            boolean truncated = head.body().await(end - System.nanoTime());
            return new HttpAnswer(head.statusCode(), head.headers(), head.body().bytes(), truncated);
        } catch (TimeoutException e) {
            throw new TransportException(Kind.TIMEOUT, Redaction.origin(call.uri()));
        } catch (IOException e) {
            throw new TransportException(FailureKinds.of(e), Redaction.origin(call.uri()));
        }
    }

    private Duration left(Instant deadline) {
        Instant now = clock.instant();
        return deadline.isBefore(now.plus(LONGEST)) ? Duration.between(now, deadline) : LONGEST;
    }

    private HttpRequest request(HttpCall call, Duration left) {
        byte[] body = call.body();
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(left)
                .method(call.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .setHeader("User-Agent", userAgent);
        for (Map.Entry<String, String> header : call.headers()) {
            request.header(header.getKey(), header.getValue());
        }
        return request.build();
    }

    private static boolean isFit(HttpClient client) {
        return client.followRedirects() == HttpClient.Redirect.NEVER
                && client.authenticator().isEmpty();
    }
}
