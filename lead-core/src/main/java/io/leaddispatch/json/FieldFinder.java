package io.leaddispatch.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Finds where a field stands in a text that was read before. A second reading, so that the first needs no places. */
final class FieldFinder {
    private FieldFinder() {}

    /** The index of the value of the last field of that name, or of the text's start if there is none. */
    static int find(JsonText text, LeadField wanted) {
        int found = text.start();
        try (JsonParser parser = Json.FACTORY.createParser(text.bytes, text.from, text.to - text.from)) {
            JsonToken token;
            while ((token = parser.nextToken()) != null) {
                if (token == JsonToken.FIELD_NAME) {
                    LeadField field = LeadField.named(parser.currentName());
                    JsonToken value = parser.nextToken();
                    if (field == wanted && value != JsonToken.VALUE_NULL) {
                        found = text.from + (int) parser.currentTokenLocation().getByteOffset();
                    }
                    if (field == null || !(PersonReading.PERSONS.contains(field) || field == LeadField.DATA)) {
                        parser.skipChildren();
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no stream behind the bytes, and they were read before
        }
        return found;
    }
}
