package io.leaddispatch.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.Lead;
import io.leaddispatch.LeadException;
import io.leaddispatch.Secret;
import io.leaddispatch.json.LeadJson;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A lead as it stands in the table: its complete form, or {@code aes:KEY:...}, that form under AES-GCM with the lead's id
 * as what is signed along. Every key that is known decrypts, one encrypts. Safe for use by many threads.
 */
final class PayloadCipher {
    private static final String PREFIX = "aes:";
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Map<String, Secret> keys;
    private final @Nullable String encryptWith;
    private final SecureRandom random = new SecureRandom();

    /** @param encryptWith the name of a key, or null to store in plain text */
    PayloadCipher(Map<String, Secret> keys, @Nullable String encryptWith) {
        this.keys = Map.copyOf(keys);
        this.encryptWith = encryptWith;
    }

    /** Whether the text is what a key may be: Base64 of 16, 24 or 32 bytes. */
    static boolean isKey(String text) {
        try {
            int length = Base64.getDecoder().decode(text.strip()).length;
            return length == 16 || length == 24 || length == 32;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    String write(Lead lead) {
        byte[] plain = LeadJson.write(lead);
        String name = encryptWith;
        return name == null
                ? new String(plain, UTF_8)
                : encrypt(name, plain, lead.id().value());
    }

    private String encrypt(String name, byte[] plain, String leadId) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] hidden = cipher(Cipher.ENCRYPT_MODE, name, nonce, leadId).doFinal(plain);
            byte[] both = ByteBuffer.allocate(nonce.length + hidden.length)
                    .put(nonce)
                    .put(hidden)
                    .array();
            return PREFIX + name + ":" + Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new OutboxException("the key " + name + " cannot encrypt", false, e);
        }
    }

    /** Whether its key is one of ours, or it needs none. */
    boolean knowsKeyOf(String stored) {
        int end = stored.startsWith(PREFIX) ? stored.indexOf(':', PREFIX.length()) : -1;
        return end < 0 || keys.containsKey(stored.substring(PREFIX.length(), end));
    }

    /** The lead, or null if the key is missing, or the text was changed or is of a kind not known here. */
    @Nullable Lead read(String stored, String leadId) {
        try {
            return LeadJson.read(stored.startsWith(PREFIX) ? decrypt(stored, leadId) : stored.getBytes(UTF_8));
        } catch (GeneralSecurityException | LeadException | IllegalArgumentException e) { // it is kept for a better day
            return null;
        }
    }

    private byte[] decrypt(String stored, String leadId) throws GeneralSecurityException {
        int end = stored.indexOf(':', PREFIX.length());
        if (end < 0) {
            throw new GeneralSecurityException("no key is named");
        }
        byte[] both = Base64.getDecoder().decode(stored.substring(end + 1));
        if (both.length < NONCE_BYTES) {
            throw new GeneralSecurityException("too short");
        }
        byte[] nonce = java.util.Arrays.copyOf(both, NONCE_BYTES);
        return cipher(Cipher.DECRYPT_MODE, stored.substring(PREFIX.length(), end), nonce, leadId)
                .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
    }

    private Cipher cipher(int mode, String name, byte[] nonce, String leadId) throws GeneralSecurityException {
        Secret key = keys.get(name);
        if (key == null) {
            throw new GeneralSecurityException("no such key");
        }
        byte[] bytes = Base64.getDecoder().decode(key.reveal().strip());
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, new SecretKeySpec(bytes, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(leadId.getBytes(UTF_8));
        return cipher;
    }
}
