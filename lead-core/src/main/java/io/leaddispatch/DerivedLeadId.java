package io.leaddispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The id of a lead that came without one: {@code l1-} and 32 hexadecimal digits of SHA-256 over its content. Each field
 * is its length in UTF-8 bytes (four bytes, -1 for an absent field) and then its bytes, so that no two contents
 * run together. Two leads without a time and with equal content have the same id and count as one lead.
 */
final class DerivedLeadId {
    private DerivedLeadId() {}

    static LeadId of(Lead.Builder lead, Contact contact, LeadSource from) {
        MessageDigest digest = sha256();
        String email = contact.email();
        add(digest, email == null ? null : email.strip().toLowerCase(Locale.ROOT));
        add(digest, contact.phone());
        add(digest, contact.firstName());
        add(digest, contact.lastName());
        add(digest, contact.company());
        add(digest, from.source() == null ? null : from.source().code());
        add(digest, from.action() == null ? null : from.action().code());
        add(digest, from.offer() == null ? null : from.offer().text());
        add(digest, lead.offerTitle);
        add(digest, lead.description);
        if (lead.createdAt != null) {
            add(digest, lead.createdAt.toString());
        }
        return new LeadId("l1-" + HexFormat.of().formatHex(digest.digest(), 0, 16));
    }

    private static void add(MessageDigest digest, @Nullable String field) {
        byte[] bytes = field == null ? new byte[0] : field.getBytes(UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(field == null ? -1 : bytes.length)
                .flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
