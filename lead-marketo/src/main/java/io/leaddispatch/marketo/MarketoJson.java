package io.leaddispatch.marketo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The body of a call: what stands before and after the records. Safe for use by many threads. */
final class MarketoJson {
    /** Marketo takes 1 MB; whether that is a million bytes or more is not said. */
    static final int MOST_BYTES = 1_000_000;

    private static final int USUAL_BYTES = 256;

    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator((String) null).build();

    /** The fields' names as they are sent; there are as many as the mapping has. */
    private final Map<String, SerializedString> names = new ConcurrentHashMap<>();

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

    /** A body without records yet, for that many. */
    Body body(int records) {
        return new Body(records);
    }

    /** A body that grows record by record. Used by one thread. */
    final class Body {
        private final Bytes bytes;
        private final JsonGenerator json;
        private int lastFrom;

        private Body(int records) {
            bytes = new Bytes(frame() + records * USUAL_BYTES);
            bytes.writeBytes(before);
            try {
                json = JSON.createGenerator(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e); // an array of bytes has none
            }
        }

        /** Writes a record; how many bytes it has without the comma before it. */
        int add(Map<String, Object> fields) {
            lastFrom = bytes.size();
            int comma = lastFrom > before.length ? 1 : 0;
            if (comma > 0) {
                bytes.write(',');
            }
            try {
                json.writeStartObject();
                for (Map.Entry<String, Object> field : fields.entrySet()) {
                    json.writeFieldName(names.computeIfAbsent(field.getKey(), SerializedString::new));
                    MarketoJson.write(json, field.getValue());
                }
                json.writeEndObject();
                json.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e); // an array of bytes has none
            }
            return bytes.size() - lastFrom - comma;
        }

        /** The last record is not to be sent. */
        void drop() {
            bytes.cut(lastFrom);
        }

        /** How many bytes it has with what ends it. */
        int size() {
            return bytes.size() + after.length;
        }

        /** The whole body; nothing more can be added. */
        byte[] end() {
            try {
                json.close(); // its buffer serves the next
            } catch (IOException e) {
                throw new UncheckedIOException(e); // an array of bytes has none
            }
            bytes.writeBytes(after);
            return bytes.toByteArray();
        }
    }

    /** Bytes of which the last can be taken back. */
    private static final class Bytes extends ByteArrayOutputStream {
        Bytes(int size) {
            super(size);
        }

        synchronized void cut(int size) {
            count = size;
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
}
