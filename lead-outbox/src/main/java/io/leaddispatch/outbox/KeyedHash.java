package io.leaddispatch.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Names for values that are personal data: equal for equal values, and of no use without the key. Safe for use by many threads. */
final class KeyedHash {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEPT_BYTES = 16;

    private final ThreadLocal<Mac> macs;

    KeyedHash(String key) {
        SecretKeySpec spec = new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM);
        this.macs = ThreadLocal.withInitial(() -> mac(spec));
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
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
        byte[] whole = macs.get().doFinal((kind + value).getBytes(UTF_8)); // which resets it
        return HexFormat.of().formatHex(whole, 0, KEPT_BYTES);
    }
}
