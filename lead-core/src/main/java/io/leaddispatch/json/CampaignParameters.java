package io.leaddispatch.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a listing's URL that the marketplace puts into the description, as JSON in a text. */
final class CampaignParameters {
    private CampaignParameters() {}

    static Map<String, String> of(@Nullable String description) {
        String text = description == null ? "" : description.strip();
        if (!text.startsWith("{") || !text.endsWith("}")) {
            return Map.of();
        }
        try (JsonParser parser = Json.FACTORY.createParser(text)) {
            parser.nextToken();
            Map<String, String> parameters = read(parser);
            return parser.nextToken() == null ? Collections.unmodifiableMap(parameters) : Map.of();
        } catch (JsonProcessingException e) {
            return Map.of(); // a customer's own words in braces
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no stream behind the text
        }
    }

    private static Map<String, String> read(JsonParser parser) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>();
        String name;
        while ((name = parser.nextFieldName()) != null) {
            JsonToken value = parser.nextToken();
            if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                parameters.put(name, parser.getText());
            }
            parser.skipChildren();
        }
        return parameters;
    }
}
