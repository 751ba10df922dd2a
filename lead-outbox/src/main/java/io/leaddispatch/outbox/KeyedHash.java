package io.leaddispatch.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Names for values that are personal data: equal for equal values, and of no use without the key. Pure. */
final class KeyedHash {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEPT_BYTES = 16;

    private final SecretKeySpec key;

    KeyedHash(String key) {
        this.key = new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM);
    }

    /** For an e-mail address, in any case; null for none. */
    @Nullable String ofEmail(@Nullable String email) {
        return email == null || email.isBlank()
                ? null
                : of("email ", email.strip().toLowerCase(Locale.ROOT));
    }

    String ofSerialKey(String serialKey) {
        return of("key ", serialKey);
    }

    private String of(String kind, String value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] whole = mac.doFinal((kind + value).getBytes(UTF_8));
            return HexFormat.of().formatHex(whole, 0, KEPT_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
