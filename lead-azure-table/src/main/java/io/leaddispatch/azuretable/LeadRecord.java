package io.leaddispatch.azuretable;

import io.leaddispatch.Contact;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.json.LeadJson;
import io.leaddispatch.spi.FieldLengths;
import io.leaddispatch.spi.FieldLengths.Fitted;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.OnTooLong;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From a lead to the columns of its row, with the marketplace's names, and every limit of the service checked, since the
 * emulator does not check them all. Pure; safe for use by many threads.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model">
 *     Understanding the Table service data model</a>
 */
final class LeadRecord {
    static final String CUSTOMER_INFO = "CustomerInfo";

    /** Most characters of a text, in UTF-16 units: 64 KiB. */
    static final int LONGEST_TEXT = 32_768;

    /** Most bytes of a row, with room for what the service adds; a character has two. */
    static final int MOST_ROW_BYTES = 1_000_000;

    private static final int MOST_COLUMNS = 252;
    private static final Pattern COLUMNS = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");
    private static final Set<String> OWN_NAMES = Set.of("partitionkey", "rowkey", "timestamp", "etag");
    private static final Map<String, String> STANDARD = standard();

    private final FieldMapping mapping;
    private final FieldLengths lengths;
    private final boolean customerInfo;

    private LeadRecord(FieldMapping mapping, FieldLengths lengths, boolean customerInfo) {
        this.mapping = mapping;
        this.lengths = lengths;
        this.customerInfo = customerInfo;
    }

    private static Map<String, String> standard() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("ActionCode", "{action}");
        columns.put("CreatedTime", "{createdAt}");
        columns.put("Description", "{description}");
        columns.put("LeadSource", "{source}");
        columns.put("OfferDisplayName", "{offerTitle}");
        columns.put("ProductId", "{offer}");
        return columns;
    }

    /**
     * The columns of leads, with those of the operator.
     *
     * @param given the setting {@code fields}
     * @throws LeadConfigurationException with every column that a table cannot have, under {@code fields.NAME}
     */
    static LeadRecord of(Map<String, ? extends @Nullable Object> given, OnTooLong onTooLong) {
        FieldMapping mapping = FieldMapping.of(STANDARD, given);
        List<Fault> faults = new ArrayList<>();
        Map<String, String> bySmallName = new HashMap<>();
        bySmallName.put(CUSTOMER_INFO.toLowerCase(Locale.ROOT), CUSTOMER_INFO);
        for (String name : mapping.names()) {
            String fault = fault(name, bySmallName);
            if (fault != null) {
                faults.add(new Fault(FieldMapping.FIELDS.key() + "." + name, fault));
            }
        }
        if (mapping.names().size() >= MOST_COLUMNS) {
            faults.add(new Fault(FieldMapping.FIELDS.key(), "names more than the 252 columns that a row has room for"));
        }
        if (!faults.isEmpty()) {
            throw new LeadConfigurationException(faults);
        }
        Map<String, Integer> longest = new HashMap<>();
        mapping.names().forEach(name -> longest.put(name, LONGEST_TEXT));
        return new LeadRecord(
                mapping, FieldLengths.of(longest, Set.of(), onTooLong), !given.containsKey(CUSTOMER_INFO));
    }

    private static @Nullable String fault(String name, Map<String, String> bySmallName) {
        String small = name.toLowerCase(Locale.ROOT);
        if (!COLUMNS.matcher(name).matches()) {
            return "is no name of a column: letters, digits and _, up to 255, no digit first";
        }
        if (OWN_NAMES.contains(small)) {
            return "is a column of the service's own";
        }
        String other = bySmallName.putIfAbsent(small, name);
        return other == null || other.equals(name) ? null : "differs from " + other + " only in case";
    }

    /**
     * The row of one lead.
     *
     * @param columns texts, numbers and booleans by name
     * @param notes what was cut
     * @param fault why it cannot be written, or null
     */
    record Row(
            String partition,
            String key,
            Map<String, Object> columns,
            List<String> notes,
            @Nullable String fault) {
        /** How a row is called in reports. */
        String id() {
            return partition + "/" + key;
        }

        /** About as many bytes as it takes in a request: characters beyond ASCII take more than one. */
        long jsonBytes() {
            long bytes = 600; // headers of its part, and keys
            for (Map.Entry<String, Object> column : columns.entrySet()) {
                bytes += column.getKey().length() + 8L + jsonBytes(column.getValue());
            }
            return bytes;
        }

        private static long jsonBytes(Object value) {
            if (!(value instanceof String text)) {
                return 24;
            }
            long bytes = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                bytes += c < ' ' ? 6 : c == '"' || c == '\\' ? 2 : c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
            return bytes;
        }
    }

    Row of(Lead lead) {
        Map<String, Object> columns = mapping.of(lead);
        columns.replaceAll((name, value) -> ofTable(value));
        if (customerInfo && !lead.contact().equals(Contact.NONE)) {
            columns.put(CUSTOMER_INFO, LeadJson.writeCustomerInfo(lead.contact()));
        }
        Fitted fitted = lengths.fit(columns);
        String fault = fitted.tooLong().isEmpty() ? tooLarge(fitted.fields()) : String.join("; ", fitted.tooLong());
        return new Row(RowKeys.partition(lead), RowKeys.row(lead), fitted.fields(), fitted.notes(), fault);
    }

    /** Numbers of kinds that tables do not have become floating point. */
    private static Object ofTable(Object value) {
        return value instanceof Number number
                        && !(number instanceof Integer || number instanceof Long || number instanceof Double)
                ? (Object) number.doubleValue()
                : value;
    }

    private static @Nullable String tooLarge(Map<String, Object> columns) {
        long bytes = 0;
        for (Map.Entry<String, Object> column : columns.entrySet()) {
            int length = column.getValue() instanceof String text ? text.length() : 8;
            bytes += 2L * (column.getKey().length() + length);
        }
        return bytes < MOST_ROW_BYTES
                ? null
                : String.format(Locale.ROOT, "the row has about %,d bytes, %,d are allowed", bytes, MOST_ROW_BYTES);
    }
}
