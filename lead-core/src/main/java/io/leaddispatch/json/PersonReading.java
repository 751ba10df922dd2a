package io.leaddispatch.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.leaddispatch.Contact;
import io.leaddispatch.LeadParseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the seven fields of a contact, from an object or from a text that holds one. */
final class PersonReading {
    static final List<LeadField> PERSONS = List.of(LeadField.USER_DETAILS, LeadField.CUSTOMER_INFO, LeadField.CONTACT);

    private PersonReading() {}

    /**
     * The contact in a text of its own, as in the column {@code CustomerInfo}; nobody for a blank text.
     *
     * @throws LeadParseException if the text is not a JSON object
     */
    static Contact contact(String json) {
        @Nullable String[] person = new String[LeadField.CONTACT_FIELDS];
        if (!read(json, person)) {
            throw new LeadParseException(JsonProblems.CUSTOMER_INFO.problem(), 0, 0);
        }
        return contact(person);
    }

    /** Whether the text is blank, or an object of texts and nothing else. */
    static boolean read(String json, @Nullable String[] person) {
        if (json.isBlank()) {
            return true;
        }
        try (JsonParser parser = Json.FACTORY.createParser(json)) {
            return parser.nextToken() == JsonToken.START_OBJECT
                    && read(parser, person) == null
                    && parser.nextToken() == null;
        } catch (JsonProcessingException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no stream behind the text
        }
    }

    /**
     * Reads on to the end of the object.
     *
     * @return the field that holds an object or a list where a text belongs, or null if there is none
     */
    static @Nullable LeadField read(JsonParser parser, @Nullable String[] person) throws IOException {
        LeadField unfit = null;
        String name;
        while ((name = parser.nextFieldName()) != null) {
            LeadField field = LeadField.named(name);
            JsonToken value = parser.nextToken();
            if (field == null || field.ordinal() >= LeadField.CONTACT_FIELDS) {
                parser.skipChildren();
            } else if (value.isStructStart()) {
                unfit = field;
                parser.skipChildren();
            } else if (value != JsonToken.VALUE_NULL) {
                String text = parser.getText();
                if (!text.isBlank()) {
                    person[field.ordinal()] = text;
                }
            }
        }
        return unfit;
    }

    /** The contact whose fields are the first seven of these; blank ones are absent. */
    static Contact contact(@Nullable String[] fields) {
        return new Contact(
                present(fields[0]),
                present(fields[1]),
                present(fields[2]),
                present(fields[3]),
                present(fields[4]),
                present(fields[5]),
                present(fields[6]));
    }

    private static @Nullable String present(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
