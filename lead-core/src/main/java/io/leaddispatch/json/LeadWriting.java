package io.leaddispatch.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.leaddispatch.Contact;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one lead in one form. The order of the properties is fixed, so equal leads have equal bytes. */
final class LeadWriting implements AutoCloseable {
    private static final int USUAL_LENGTH = 512;
    private static final int VERSION = 1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_LENGTH);
    private final JsonGenerator json;
    private final Casing casing;
    private final AbsentAs absentAs;

    private LeadWriting(Casing casing, AbsentAs absentAs) throws IOException {
        this.json = Json.FACTORY.createGenerator(bytes);
        this.casing = casing;
        this.absentAs = absentAs;
    }

    static byte[] complete(Lead lead) {
        return written(Casing.CAMEL, AbsentAs.OMIT, writing -> writing.writeComplete(lead));
    }

    static byte[] marketplace(Lead lead, Casing casing, AbsentAs absentAs) {
        return written(casing, absentAs, writing -> writing.writeMarketplace(lead));
    }

    static String customerInfo(Contact contact) {
        return new String(written(Casing.PASCAL, AbsentAs.OMIT, writing -> writing.writeContact(contact)), UTF_8);
    }

    private interface Form {
        void write(LeadWriting writing) throws IOException;
    }

    private static byte[] written(Casing casing, AbsentAs absentAs, Form form) {
        try (LeadWriting writing = new LeadWriting(casing, absentAs)) {
            form.write(writing);
            writing.json.close();
            return writing.bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no stream behind the bytes
        }
    }

    private void writeComplete(Lead lead) throws IOException {
        LeadSource from = lead.source();
        json.writeStartObject();
        json.writeFieldName(LeadField.VERSION.camel);
        json.writeNumber(VERSION);
        text(LeadField.ID, lead.id().value());
        text(
                LeadField.CREATED_AT,
                lead.createdAt() == null ? null : lead.createdAt().toString());
        text(LeadField.SOURCE, from.source() == null ? null : from.source().code());
        text(LeadField.ACTION, from.action() == null ? null : from.action().code());
        text(LeadField.OFFER, from.offer() == null ? null : from.offer().text());
        text(LeadField.LEAD_SOURCE, from.original());
        text(LeadField.OFFER_TITLE, lead.offerTitle());
        json.writeFieldName(LeadField.CONTACT.camel);
        writeContact(lead.contact());
        text(LeadField.DESCRIPTION, lead.description());
        if (!lead.attributes().isEmpty()) {
            json.writeFieldName(LeadField.ATTRIBUTES.camel);
            json.writeStartObject();
            for (Map.Entry<String, String> attribute : lead.attributes().entrySet()) {
                json.writeStringField(attribute.getKey(), attribute.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void writeMarketplace(Lead lead) throws IOException {
        LeadSource from = lead.source();
        json.writeStartObject();
        json.writeFieldName(LeadField.USER_DETAILS.name(casing));
        writeContact(lead.contact());
        text(LeadField.LEAD_SOURCE, from.source() == null ? null : from.source().code());
        text(LeadField.ACTION_CODE, from.action() == null ? null : from.action().code());
        text(LeadField.OFFER_TITLE, lead.offerTitle());
        text(LeadField.DESCRIPTION, lead.description());
        json.writeEndObject();
    }

    private void writeContact(Contact contact) throws IOException {
        json.writeStartObject();
        text(LeadField.FIRST_NAME, contact.firstName());
        text(LeadField.LAST_NAME, contact.lastName());
        text(LeadField.EMAIL, contact.email());
        text(LeadField.PHONE, contact.phone());
        text(LeadField.COUNTRY, contact.country());
        text(LeadField.COMPANY, contact.company());
        text(LeadField.TITLE, contact.title());
        json.writeEndObject();
    }

    private void text(LeadField field, @Nullable String value) throws IOException {
        if (value == null && absentAs == AbsentAs.OMIT) {
            return;
        }
        json.writeFieldName(field.name(casing));
        json.writeString(value == null ? "" : value);
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
