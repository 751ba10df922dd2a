package io.leaddispatch.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leaddispatch.ProblemType;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Retry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a refused log-in means for the leads that wait for it: by OAuth error and, since one error stands for many causes,
 * by its description. Nothing was sent in any case. A refusal is never tried again at once: that locks users out. Pure but
 * for the clock.
 */
record LoginAnswers(Clock clock) {
    private static final Duration RATE_PAUSE = Duration.ofHours(1);
    private static final Duration CROWDED_PAUSE = Duration.ofSeconds(30);
    private static final String RATE = "login rate exceeded";

    /** A part of the description, in lower case, and what it means. */
    private record Told(String part, ProblemType type) {}

    private static final List<Told> DESCRIPTIONS = List.of(
            new Told("no client credentials user", LoginProblems.RUN_AS_USER),
            new Told("request not supported on this domain", LoginProblems.LOGIN_DOMAIN),
            new Told("hasn't approved this consumer", LoginProblems.NOT_APPROVED),
            new Told("audience is invalid", LoginProblems.WRONG_AUDIENCE),
            new Told("expired authorization code", LoginProblems.ASSERTION_EXPIRED),
            new Told("client identifier invalid", LoginProblems.CLIENT_ID));

    DeliveryResult refused(HttpAnswer answer) {
        JsonNode body = Json.tree(answer);
        String error = body == null ? "" : body.path("error").asText("");
        String told =
                body == null ? "" : body.path("error_description").asText("").toLowerCase(Locale.ROOT);
        String vendor = error.matches("[a-z_]{1,40}") ? error : "HTTP " + answer.status();
        if (told.contains(RATE)) {
            return until(LoginProblems.LOGIN_RATE, vendor, RATE_PAUSE);
        }
        if (answer.status() == 429) {
            Instant after = answer.retryAfter(clock);
            return after != null
                    ? new Pause(LoginProblems.LOGIN_RATE.problem().withVendorCode(vendor), after)
                    : until(LoginProblems.LOGIN_RATE, vendor, CROWDED_PAUSE);
        }
        if (error.equals("unknown_error") || answer.status() >= 500 || answer.isSuccess()) {
            return new Retry(LoginProblems.LOGIN_FAILED.problem().withVendorCode(vendor), answer.retryAfter(clock));
        }
        return new Pause(type(error, told, answer.status()).problem().withVendorCode(vendor), null);
    }

    private static ProblemType type(String error, String told, int status) {
        for (Told known : DESCRIPTIONS) {
            if (told.contains(known.part)) {
                return known.type;
            }
        }
        return switch (error) {
            case "app_not_found" -> LoginProblems.WRONG_AUDIENCE;
            case "invalid_client_id" -> LoginProblems.CLIENT_ID;
            case "" -> status == 401 || status == 403 ? LoginProblems.CREDENTIALS : LoginProblems.LOGIN_DOMAIN;
            default -> LoginProblems.CREDENTIALS;
        };
    }

    private DeliveryResult until(ProblemType type, String vendor, Duration pause) {
        return new Pause(type.problem().withVendorCode(vendor), clock.instant().plus(pause));
    }
}
