package io.leaddispatch.dynamics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.LeadId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The key under which a lead is written: the same for a lead in all attempts, which is what makes a repeat safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5">RFC 9562, UUID version 5</a>
 */
final class LeadGuid {
    /** Never to be changed: with another one every repeat would be a new record. */
    private static final UUID NAMESPACE = UUID.fromString("6b2d7c1e-93c4-4f5a-8e0b-5d1f0a7c2e94");

    private static final int VERSION_5 = 0x5000;

    private LeadGuid() {}

    static UUID of(LeadId lead) {
        return named(NAMESPACE, lead.value());
    }

    static UUID named(UUID namespace, String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(ByteBuffer.allocate(16)
                    .putLong(namespace.getMostSignificantBits())
                    .putLong(namespace.getLeastSignificantBits())
                    .array());
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(name.getBytes(UTF_8)));
            long high = hash.getLong() & ~0xF000L | VERSION_5;
            long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
