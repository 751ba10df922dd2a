package io.leaddispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
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
        Content content = new Content();
        String email = contact.email();
        content.add(email == null ? null : email.strip().toLowerCase(Locale.ROOT));
        content.add(contact.phone());
        content.add(contact.firstName());
        content.add(contact.lastName());
        content.add(contact.company());
        content.add(from.source() == null ? null : from.source().code());
        content.add(from.action() == null ? null : from.action().code());
        content.add(from.offer() == null ? null : from.offer().text());
        content.add(lead.offerTitle);
        content.add(lead.description);
        if (lead.createdAt != null) {
            content.add(lead.createdAt.toString());
        }
        MessageDigest digest = sha256();
        digest.update(content.bytes, 0, content.size);
        return new LeadId("l1-" + HexFormat.of().formatHex(digest.digest(), 0, 16));
    }

    /** The fields one after the other. */
    private static final class Content {
        private static final int ENOUGH_FOR_MOST = 512;

        private byte[] bytes = new byte[ENOUGH_FOR_MOST];
        private int size;

        void add(@Nullable String field) {
            byte[] text = field == null ? new byte[0] : field.getBytes(UTF_8);
            int end = size + Integer.BYTES + text.length;
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
            }
            ByteBuffer.wrap(bytes, size, end - size)
                    .putInt(field == null ? -1 : text.length)
                    .put(text);
            size = end;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
