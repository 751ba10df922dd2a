package io.leaddispatch.salesforce;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.LeadId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The external id of a lead. Salesforce compares external ids without regard to case, so an id with a capital is sent as
 * its SHA-256 in hex: two ids that differ in case only must not become one record. Pure.
 */
final class LeadKey {
    private LeadKey() {}

    static String of(LeadId id) {
        String value = id.value();
        if (value.equals(value.toLowerCase(Locale.ROOT))) {
            return value;
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
