package io.leaddispatch.marketo;

import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.TokenCache;
import io.leaddispatch.http.TokenCache.Token;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.marketo.TokenFailure.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call with a token, which is renewed once if Marketo refuses it. Safe for use by many threads. */
final class MarketoClient {
    private static final Logger LOG = LoggerFactory.getLogger(MarketoClient.class);

    private final MarketoAddress address;
    private final TokenCache<TokenFailure> tokens;
    private final HttpTransport transport;
    private final Clock clock;
    private final Duration timeout;

    MarketoClient(
            MarketoAddress address,
            TokenCache<TokenFailure> tokens,
            HttpTransport transport,
            Clock clock,
            Duration timeout) {
        this.address = address;
        this.tokens = tokens;
        this.transport = transport;
        this.clock = clock;
        this.timeout = timeout;
    }

    MarketoAddress address() {
        return address;
    }

    /** Makes sure that there is a token. */
    void authenticate(Instant deadline) throws TokenFailure, InterruptedException {
        if (tokens.get(deadline) == null) {
            throw noToken();
        }
    }

    /** @throws TokenFailure if there is no token; nothing was sent then */
    Reply post(String path, byte[] json, Instant deadline) throws TokenFailure, InterruptedException {
        return exchange(HttpCall.post(address.at(path), "application/json", json), deadline);
    }

    /** @throws TokenFailure if there is no token */
    Reply get(String path, Instant deadline) throws TokenFailure, InterruptedException {
        return exchange(HttpCall.get(address.at(path)), deadline);
    }

    private Reply exchange(HttpCall call, Instant deadline) throws TokenFailure, InterruptedException {
        Reply reply = tokens.call(deadline, token -> send(call, token, deadline), Reply::refusesToken);
        if (reply == null) {
            throw noToken();
        }
        log(call, reply);
        return reply;
    }

    private static TokenFailure noToken() {
        return TokenFailure.retry(MarketoProblems.TOKEN_UNAVAILABLE.problem("none in time"), Stage.TOKEN, null);
    }

    private Reply send(HttpCall call, Token token, Instant deadline) throws InterruptedException {
        Instant now = clock.instant();
        Instant own = now.plus(timeout);
        HttpCall whole = call.header("Accept", "application/json").header("Authorization", "Bearer " + token.value());
        try {
            HttpAnswer answer = transport.exchange(whole, own.isBefore(deadline) ? own : deadline);
            return Reply.of(now, answer);
        } catch (TransportException e) {
            return Reply.of(now, e);
        }
    }

    /** Adobe's support asks for the request id. Codes and counts only: messages may quote the lead. */
    private static void log(HttpCall call, Reply reply) {
        Envelope envelope = reply.envelope();
        if (envelope == null || !LOG.isDebugEnabled()) {
            return;
        }
        LOG.debug(
                "{} {}: request {}, success {}, errors [{}], {} entries, {} warnings",
                call.method(),
                call.uri().getPath(),
                envelope.requestId(),
                envelope.success(),
                envelope.errors().stream().map(Envelope.Code::code).collect(Collectors.joining(", ")),
                envelope.result().size(),
                envelope.warnings());
    }
}
