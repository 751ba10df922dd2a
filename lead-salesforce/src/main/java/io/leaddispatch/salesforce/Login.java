package io.leaddispatch.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.Redaction;
import io.leaddispatch.http.TokenCache.Source;
import io.leaddispatch.http.TokenCache.Token;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Fetches a token and learns where it is to be used. Safe for use by many threads. */
final class Login implements Source<IOException> {
    private final LoginRequest request;
    private final HttpTransport transport;
    private final LoginAnswers answers;
    private final TrustedHosts trusted;
    private final @Nullable URI instance;
    private final @Nullable Duration maxAge;
    private final Clock clock;

    /**
     * @param instance where calls go instead of where the answer says, or null
     * @param maxAge after which a token is renewed, or null: the answer names no end, so it is used until it is refused
     */
    Login(
            LoginRequest request,
            HttpTransport transport,
            TrustedHosts trusted,
            @Nullable URI instance,
            @Nullable Duration maxAge,
            Clock clock) {
        this.request = request;
        this.transport = transport;
        this.answers = new LoginAnswers(clock);
        this.trusted = trusted;
        this.instance = instance;
        this.maxAge = maxAge;
        this.clock = clock;
    }

    @Override
    public Token fetch(Instant deadline, @Nullable Token refused) throws IOException, InterruptedException {
        HttpAnswer answer = ask(deadline);
        JsonNode body = answer.isSuccess() ? Json.tree(answer) : null;
        String token = body == null ? "" : body.path("access_token").asText("");
        if (body == null || !isToken(token)) {
            throw new NotWrittenException(answers.refused(answer));
        }
        if (body.hasNonNull("refresh_token")) {
            request.renewed(body.get("refresh_token").asText());
        }
        Instant end = maxAge == null ? Instant.MAX : clock.instant().plus(maxAge);
        return new Token(token, end, server(body.path("instance_url").asText("")));
    }

    /** What can stand in a header. */
    private static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    private HttpAnswer ask(Instant deadline) throws NotWrittenException, InterruptedException {
        try {
            return transport.exchange(request.at(clock.instant()), deadline);
        } catch (UnusableSecretException e) {
            throw held(LoginProblems.SECRET_UNUSABLE.problem(e.setting()));
        } catch (TransportException e) {
            throw new NotWrittenException(
                    e.kind() == TransportException.Kind.UNFIT_CLIENT
                            ? CallFaults.of(e, true)
                            : new DeliveryResult.Retry(LoginProblems.LOGIN_FAILED.problem(e.describe()), null));
        }
    }

    private URI server(String named) throws NotWrittenException {
        URI server = instance != null ? instance : uri(named);
        if (server == null) {
            throw held(LoginProblems.UNTRUSTED_INSTANCE.problem("it is no address"));
        }
        if (!trusted.trusts(server)) {
            throw held(LoginProblems.UNTRUSTED_INSTANCE.problem(Redaction.origin(server)));
        }
        return LoginRequest.server(server);
    }

    private static @Nullable URI uri(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() == null ? null : uri;
        } catch (IllegalArgumentException e) { // its text would quote what somebody else wrote
            return null;
        }
    }

    private static NotWrittenException held(io.leaddispatch.Problem problem) {
        return new NotWrittenException(new DeliveryResult.Pause(problem, null));
    }
}
