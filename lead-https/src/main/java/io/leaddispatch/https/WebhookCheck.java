package io.leaddispatch.https;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The receiver's side of Standard Webhooks 1.0.0. Pure. */
final class WebhookCheck {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private WebhookCheck() {}

    /** Whether one of the signatures is right under one of the secrets, and the time near enough. */
    static boolean accepts(
            List<String> secrets,
            @Nullable String id,
            @Nullable String timestamp,
            @Nullable String signatures,
            byte[] body,
            Instant now) {
        if (id == null || timestamp == null || signatures == null || !isNear(timestamp, now)) {
            return false;
        }
        boolean right = false;
        for (String secret : secrets) {
            byte[] expected = WebhookSignature.of(List.of(secret), id, Long.parseLong(timestamp), body)
                    .getBytes(US_ASCII);
            for (String given : signatures.split(" ", -1)) {
                right |= MessageDigest.isEqual(expected, given.getBytes(US_ASCII));
            }
        }
        return right;
    }

    private static boolean isNear(String timestamp, Instant now) {
        if (!timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        Instant then = Instant.ofEpochSecond(Long.parseLong(timestamp));
        return Duration.between(then, now).abs().compareTo(TOLERANCE) <= 0;
    }
}
