package io.leaddispatch.marketo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a call: what stands before and after the records. Immutable. */
final class MarketoJson {
    /** Marketo takes 1 MB; whether that is a million bytes or more is not said. */
    static final int MOST_BYTES = 1_000_000;

    private static final JsonFactory JSON = new JsonFactory();

    private final byte[] before;
    private final byte[] after;

    private MarketoJson(String before, String after) {
        this.before = before.getBytes(UTF_8);
        this.after = after.getBytes(UTF_8);
    }

    /** One submission of a form. */
    static MarketoJson form(int formId, @Nullable Integer programId) {
        String program = programId == null ? "" : ",\"programId\":" + programId;
        return new MarketoJson("{\"formId\":" + formId + program + ",\"input\":[{\"leadFormFields\":", "}]}");
    }

    /** Up to 300 people, created or updated. */
    static MarketoJson leads(String lookupField, @Nullable String partition) {
        String where = partition == null ? "" : ",\"partitionName\":\"" + quoted(partition) + "\"";
        return new MarketoJson(
                "{\"action\":\"createOrUpdate\",\"lookupField\":\"" + quoted(lookupField) + "\"" + where
                        + ",\"input\":[",
                "]}");
    }

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    /** The bytes of one record. */
    static byte[] record(Map<String, Object> fields) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (Map.Entry<String, Object> field : fields.entrySet()) {
                json.writeFieldName(field.getKey());
                write(json, field.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array of bytes has none
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Number) {
            json.writeNumber(value.toString());
        } else {
            json.writeString(value.toString());
        }
    }

    /** How many bytes stand around the records. */
    int frame() {
        return before.length + after.length;
    }

    /** The whole body. */
    byte[] body(List<byte[]> records) {
        int size = frame() + records.size() - 1;
        for (byte[] record : records) {
            size += record.length;
        }
        byte[] body = new byte[size];
        int at = put(before, body, 0);
        for (byte[] record : records) {
            if (at > before.length) {
                body[at++] = ',';
            }
            at = put(record, body, at);
        }
        put(after, body, at);
        return body;
    }

    private static int put(byte[] part, byte[] into, int at) {
        System.arraycopy(part, 0, into, at, part.length);
        return at + part.length;
    }
}
