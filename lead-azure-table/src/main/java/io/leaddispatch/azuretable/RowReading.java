package io.leaddispatch.azuretable;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.data.tables.models.TableEntity;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.leaddispatch.InvalidLeadException;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadId;
import io.leaddispatch.LeadParseException;
import io.leaddispatch.Problem;
import io.leaddispatch.json.LeadJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * From a row to a lead: rows that this library wrote, and the marketplace's own, whose columns nobody documents. So
 * names count in any case, any column may be missing or of another type, and unknown columns become attributes. Pure.
 */
final class RowReading {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> LEAD = Set.of(
            "customerinfo",
            "actioncode",
            "leadsource",
            "offertitle",
            "offerdisplayname",
            "productid",
            "description",
            "createdtime");
    private static final Set<String> PERSON =
            Set.of("firstname", "lastname", "email", "phone", "country", "company", "title");
    private static final Set<String> OWN = Set.of("partitionkey", "rowkey", "timestamp", "etag");

    /** What the marketplace writes where there is nothing to say. */
    private static final String NO_CAMPAIGNS = "Campaigns:";

    private static final int MOST_ATTRIBUTES = 90;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_DESCRIPTION = 32_000;
    private static final int LONGEST_ATTRIBUTE = 32_000;

    private RowReading() {}

    static StoredLead of(TableEntity entity) {
        Map<String, String> columns = columns(entity);
        RowId row = new RowId(
                entity.getPartitionKey(), entity.getRowKey(), writtenAt(entity), String.valueOf(entity.getETag()));
        List<Problem> problems;
        try {
            return new StoredLead.Read(row, lead(row, columns), columns);
        } catch (InvalidLeadException e) {
            problems = e.problems();
        } catch (LeadParseException e) {
            problems = List.of(e.problem());
        }
        return new StoredLead.Unreadable(row, problems, columns);
    }

    private static Instant writtenAt(TableEntity entity) {
        OffsetDateTime timestamp = entity.getTimestamp();
        return timestamp == null ? Instant.EPOCH : timestamp.toInstant();
    }

    /** Without those of the service itself. */
    private static Map<String, String> columns(TableEntity entity) {
        Map<String, String> columns = new TreeMap<>();
        entity.getProperties().forEach((name, value) -> {
            boolean own = OWN.contains(name.toLowerCase(Locale.ROOT))
                    || name.startsWith("odata.")
                    || name.contains("@odata.");
            if (!own && value != null) {
                columns.put(name, text(value));
            }
        });
        return columns;
    }

    private static String text(Object value) {
        if (value instanceof OffsetDateTime time) {
            return time.toInstant().toString();
        }
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
    }

    private static Lead lead(RowId row, Map<String, String> columns) {
        boolean hasPerson = columns.entrySet().stream()
                .anyMatch(c -> c.getKey().equalsIgnoreCase(LeadRecord.CUSTOMER_INFO)
                        && !c.getValue().isBlank());
        Map<String, String> fields = new TreeMap<>();
        Map<String, String> others = new TreeMap<>();
        columns.forEach((name, value) -> {
            String small = name.toLowerCase(Locale.ROOT);
            if (LEAD.contains(small) || !hasPerson && PERSON.contains(small)) {
                fields.put(name, small.equals("description") ? description(value) : value);
            } else if (others.size() < MOST_ATTRIBUTES && isAttribute(name, value)) {
                others.put(name, value);
            }
        });
        fields.putIfAbsent(LeadRecord.CUSTOMER_INFO, ""); // makes it a row's form even if nothing else does
        Lead.Builder lead = LeadJson.read(json(fields)).toBuilder().id(id(row));
        others.forEach(lead::attribute);
        return lead.build();
    }

    /** As much of it as a lead has room for; the column stays whole. */
    private static String description(String value) {
        if (value.strip().equals(NO_CAMPAIGNS)) {
            return "";
        } else if (value.length() <= LONGEST_DESCRIPTION) {
            return value;
        }
        boolean split = Character.isHighSurrogate(value.charAt(LONGEST_DESCRIPTION - 1));
        return value.substring(0, split ? LONGEST_DESCRIPTION - 1 : LONGEST_DESCRIPTION);
    }

    private static boolean isAttribute(String name, String value) {
        return name.length() <= LONGEST_NAME && value.length() <= LONGEST_ATTRIBUTE && !value.isBlank();
    }

    private static byte[] json(Map<String, String> fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, String> field : fields.entrySet()) {
                json.writeStringField(field.getKey(), field.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no stream behind the text
        }
        return text.toString().getBytes(UTF_8);
    }

    /** The id that the row's lead was sent with; of rows that others wrote one made of the keys, which it does not show. */
    static LeadId id(RowId row) {
        @Nullable LeadId ours = RowKeys.leadId(row.partition(), row.key());
        return ours != null ? ours : new LeadId("row-" + digest(row.partition() + "\n" + row.key(), 16));
    }

    /** The first so many bytes of a text's SHA-256, in hexadecimal. */
    static String digest(String text, int bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
