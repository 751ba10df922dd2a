package io.leaddispatch.marketo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a call: what stands before and after the records. Immutable. */
final class MarketoJson {
    /** Marketo takes 1 MB; whether that is a million bytes or more is not said. */
    static final int MOST_BYTES = 1_000_000;

    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator((String) null).build();

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

    /** The records of one body, each written once. Used by one thread. */
    static final class Records {
        private final ByteArrayBuilder bytes = new ByteArrayBuilder(4096);
        private final JsonGenerator json;
        private final List<Part> parts = new ArrayList<>();
        private int end;

        private record Part(int from, int to) {}

        Records() {
            try {
                json = JSON.createGenerator(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e); // an array of bytes has none
            }
        }

        /** Writes a record; how many bytes it has. */
        int add(Map<String, Object> fields) {
            int from = end;
            try {
                json.writeStartObject();
                for (Map.Entry<String, Object> field : fields.entrySet()) {
                    json.writeFieldName(field.getKey());
                    write(json, field.getValue());
                }
                json.writeEndObject();
            } catch (IOException e) {
                throw new UncheckedIOException(e); // an array of bytes has none
            }
            end = bytes.size() + json.getOutputBuffered();
            parts.add(new Part(from, end));
            return end - from;
        }

        /** The last record is not to be sent. */
        void drop() {
            parts.remove(parts.size() - 1);
        }

        int count() {
            return parts.size();
        }

        /** All that was written, those that were dropped too; nothing more can be added. */
        private byte[] bytes() {
            try {
                json.close(); // its buffer serves the next
            } catch (IOException e) {
                throw new UncheckedIOException(e); // an array of bytes has none
            }
            return bytes.toByteArray();
        }
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
    byte[] body(Records records) {
        byte[] all = records.bytes();
        int size = frame() + records.count() - 1;
        for (Records.Part part : records.parts) {
            size += part.to - part.from;
        }
        byte[] body = new byte[size];
        int at = put(before, 0, before.length, body, 0);
        for (Records.Part part : records.parts) {
            if (at > before.length) {
                body[at++] = ',';
            }
            at = put(all, part.from, part.to, body, at);
        }
        put(after, 0, after.length, body, at);
        return body;
    }

    private static int put(byte[] all, int from, int to, byte[] into, int at) {
        System.arraycopy(all, from, into, at, to - from);
        return at + to - from;
    }
}
