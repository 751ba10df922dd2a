package io.leaddispatch.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadParseException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads one JSON text into a {@link LeadDraft} in one pass, whatever form it has and in whatever order it comes. */
final class LeadReading {
    private final JsonText text;
    private final LeadDraft draft;

    private LeadReading(JsonText text) {
        this.text = text;
        this.draft = new LeadDraft(text);
    }

    /**
     * The lead in this text.
     *
     * @throws LeadParseException if it is not JSON, or not a lead
     * @throws io.leaddispatch.InvalidLeadException if it breaks the rules of leads
     */
    static Lead read(JsonText text) {
        text.check();
        int start = text.start();
        if (start == text.to || text.bytes[start] != '{') {
            throw text.fault(JsonProblems.NOT_A_LEAD.problem(Seeming.of(text)), start);
        }
        LeadReading reading = new LeadReading(text);
        reading.readAll();
        return reading.draft.lead();
    }

    private void readAll() {
        try (JsonParser parser = Json.FACTORY.createParser(text.bytes, text.from, text.to - text.from)) {
            try {
                parser.nextToken();
                readObject(parser);
                if (parser.nextToken() != null) {
                    int at = text.from + (int) parser.currentTokenLocation().getByteOffset();
                    throw text.fault(JsonProblems.SYNTAX.problem("something follows the lead"), at);
                }
            } catch (JsonProcessingException e) {
                throw Json.fault(text, parser, e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no stream behind the bytes
        }
    }

    private void readObject(JsonParser parser) throws IOException {
        String name;
        while ((name = parser.nextFieldName()) != null) {
            LeadField field = LeadField.named(name);
            JsonToken value = parser.nextToken();
            if (field == null) {
                parser.skipChildren();
                continue;
            }
            draft.seen(field);
            switch (field.kind) {
                case TEXT -> readText(parser, value, field);
                case PERSON -> readPerson(parser, value, field);
                case ATTRIBUTES -> readAttributes(parser, value);
                case ENVELOPE -> readEnvelope(parser, value);
                case MARK -> parser.skipChildren();
            }
        }
    }

    private void readText(JsonParser parser, JsonToken value, LeadField field) throws IOException {
        if (value.isStructStart()) {
            draft.unfit(field);
            parser.skipChildren();
        } else if (value != JsonToken.VALUE_NULL) {
            draft.put(field, parser.getText());
        }
    }

    private void readPerson(JsonParser parser, JsonToken value, LeadField field) throws IOException {
        if (value == JsonToken.START_OBJECT) {
            LeadField unfit = PersonReading.read(parser, draft.person());
            if (unfit != null) {
                draft.unfitInPerson(unfit);
            }
        } else if (value == JsonToken.VALUE_STRING) {
            String json = parser.getText();
            if (!json.isBlank() && !PersonReading.read(json, draft.person())) {
                draft.unfit(field);
            }
        } else if (value != JsonToken.VALUE_NULL) {
            draft.unfit(field);
            parser.skipChildren();
        }
    }

    private void readAttributes(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            if (value != JsonToken.VALUE_NULL) {
                draft.unfit(LeadField.ATTRIBUTES);
            }
            parser.skipChildren();
            return;
        }
        String name;
        while ((name = parser.nextFieldName()) != null) {
            JsonToken attribute = parser.nextToken();
            if (attribute.isStructStart()) {
                draft.unfit(LeadField.ATTRIBUTES);
                parser.skipChildren();
            } else if (attribute != JsonToken.VALUE_NULL) {
                draft.attribute(name, parser.getText());
            }
        }
    }

    private void readEnvelope(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.START_OBJECT) {
            readObject(parser);
        } else {
            parser.skipChildren();
        }
    }
}
