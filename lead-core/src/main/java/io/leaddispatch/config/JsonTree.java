package io.leaddispatch.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.leaddispatch.LeadConfigurationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a JSON document into maps, lists, texts, numbers, booleans and null. Says where it is wrong, never what. */
final class JsonTree {
    private static final int DEEPEST = 32;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(100)
                    .build())
            .build();

    private JsonTree() {}

    /** @throws LeadConfigurationException with line and column if this is not one JSON object */
    static Map<String, @Nullable Object> read(byte[] document, String name) {
        try (JsonParser parser = JSON.createParser(document)) {
            if (parser.nextToken() == null) {
                throw LeadConfigurationException.of(name, "is empty");
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw fault(name, "holds something else than a JSON object", parser.currentTokenLocation());
            }
            Map<String, @Nullable Object> root = object(parser, name);
            if (parser.nextToken() != null) {
                throw fault(name, "goes on after its end", parser.currentTokenLocation());
            }
            return root;
        } catch (JsonEOFException e) {
            throw fault(name, "ends too early: a bracket or quotation mark is not closed", e.getLocation());
        } catch (StreamConstraintsException e) {
            throw fault(
                    name, "is nested deeper than " + DEEPEST + " levels or holds a number too long", e.getLocation());
        } catch (JsonParseException e) {
            throw fault(
                    name,
                    "is not JSON: look for a comma, colon, bracket or quotation mark that is missing or misplaced",
                    e.getLocation());
        } catch (JsonProcessingException e) {
            throw fault(name, "is not JSON", e.getLocation());
        } catch (IOException e) { // of an array of bytes: not text in any encoding that JSON knows
            throw LeadConfigurationException.of(name, "is not text in UTF-8");
        }
    }

    private static @Nullable Object value(JsonParser parser, String name) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, name);
            case START_ARRAY -> array(parser, name);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser, String name) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (object.containsKey(key)) {
                throw fault(name, "gives a key twice in one object", parser.currentTokenLocation());
            }
            parser.nextToken();
            object.put(key, value(parser, name));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser, String name) throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, name));
        }
        return array;
    }

    private static LeadConfigurationException fault(String name, String what, @Nullable JsonLocation at) {
        String place = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return LeadConfigurationException.of(name, what + place);
    }
}
