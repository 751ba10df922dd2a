package io.leaddispatch.salesforce;

import com.fasterxml.jackson.core.JsonGenerator;
import io.leaddispatch.http.HttpCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the REST API. Pure.
 *
 * @param version such as 62.0
 * @param keyField the external id field of an upsert, or null for a plain create
 * @param assignmentRule the value of Sforce-Auto-Assign, or null
 * @param allowSave whether alerts of duplicate rules are passed
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections.htm">
 *     sObject Collections</a>
 */
record RestCalls(
        String version, @Nullable String keyField, @Nullable String assignmentRule, boolean allowSave) {
    private static final String JSON = "application/json; charset=UTF-8";

    HttpCall describe(URI server) {
        return HttpCall.get(server.resolve("/services/data/v" + version + "/sobjects/Lead/describe"));
    }

    /** All records in one call; those that are refused do not hinder the others. */
    HttpCall write(URI server, byte[] body) {
        String path = "/services/data/v" + version + "/composite/sobjects";
        HttpCall call = keyField == null
                ? HttpCall.post(server.resolve(path), JSON, body)
                : HttpCall.of("PATCH", server.resolve(path + "/Lead/" + keyField), JSON, body);
        if (assignmentRule != null) {
            call = call.header("Sforce-Auto-Assign", assignmentRule);
        }
        return allowSave ? call.header("Sforce-Duplicate-Rule-Header", "allowSave=true") : call;
    }

    static byte[] body(List<LeadRecord.Draft> drafts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 + 512 * drafts.size());
        try (JsonGenerator json = Json.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeBooleanField("allOrNone", false);
            json.writeArrayFieldStart("records");
            for (LeadRecord.Draft draft : drafts) {
                write(draft.fields(), json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(Map<String, Object> fields, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("attributes");
        json.writeStringField("type", "Lead");
        json.writeEndObject();
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            json.writeFieldName(field.getKey());
            value(field.getValue(), json);
        }
        json.writeEndObject();
    }

    private static void value(Object value, JsonGenerator json) throws IOException {
        if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Number number) {
            json.writeNumber(new BigDecimal(number.toString()).toPlainString());
        } else {
            json.writeString(value.toString());
        }
    }
}
