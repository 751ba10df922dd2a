package io.leaddispatch.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.leaddispatch.Lead;
import io.leaddispatch.json.LeadJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A line of an export: the lead in its complete form, and beside it the destination it was for, which readers of leads
 * ignore. Its text holds no personal data. Immutable.
 *
 * @param lead the lead
 * @param destination where it was to go; null in a file that does not say so, as those of older versions
 */
public record ExportedLead(Lead lead, @Nullable String destination) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String DESTINATION = "destination";

    /**
     * What stands in a line.
     *
     * @param line without its end
     * @throws io.leaddispatch.LeadParseException if it is not JSON or not a lead
     * @throws io.leaddispatch.InvalidLeadException if it breaks the rules of leads
     */
    public static ExportedLead read(byte[] line) {
        return new ExportedLead(LeadJson.read(line), destinationIn(line));
    }

    private static @Nullable String destinationIn(byte[] line) {
        String destination = null;
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            String name;
            while ((name = json.nextFieldName()) != null) {
                boolean isText = json.nextToken() == JsonToken.VALUE_STRING;
                if (isText && name.equals(DESTINATION) && !json.getText().isBlank()) {
                    destination = json.getText();
                }
                json.skipChildren();
            }
            return destination;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no stream behind the bytes, and they were read before
        }
    }

    /** The line, with its end. */
    byte[] write() {
        byte[] complete = LeadJson.write(lead);
        ByteArrayOutputStream line = new ByteArrayOutputStream(complete.length + DESTINATION.length());
        if (destination == null) {
            line.writeBytes(complete);
        } else {
            line.writeBytes(("{\"" + DESTINATION + "\":\"").getBytes(UTF_8));
            line.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(destination));
            line.writeBytes("\",".getBytes(UTF_8));
            line.write(complete, 1, complete.length - 1);
        }
        line.write('\n');
        return line.toByteArray();
    }
}
