package io.leaddispatch.https;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.LeadId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The receiver's key for telling repeats: the same for a lead and destination in all attempts, and without a dot. */
final class WebhookId {
    private WebhookId() {}

    static String of(LeadId lead, String destination) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(lead.value().getBytes(UTF_8));
            digest.update((byte) 0);
            digest.update(destination.getBytes(UTF_8));
            return "msg_" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
