package io.leaddispatch.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LeadId;
import io.leaddispatch.Problem;
import io.leaddispatch.json.LeadEntry;
import io.leaddispatch.spi.Verification;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports as JSON, one object per line, without personal data. */
final class JsonReport {
    /** Plain ASCII, so that no terminal or pipe can spoil it. */
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private JsonReport() {}

    /** Writes the properties of one object. */
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    static String of(int line, DispatchReport report) {
        return object(json -> {
            json.writeNumberField("line", line);
            json.writeStringField("leadId", report.leadId().value());
            json.writeBooleanField("settled", report.isSettled());
            json.writeObjectFieldStart("outcomes");
            for (Map.Entry<String, Outcome> outcome : report.outcomes().entrySet()) {
                json.writeObjectFieldStart(outcome.getKey());
                write(json, outcome.getValue());
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    static String of(LeadEntry.Faulty faulty) {
        return object(json -> {
            json.writeNumberField("line", faulty.line());
            json.writeNumberField("column", faulty.column());
            json.writeBooleanField("settled", false);
            json.writeStringField("outcome", LeadRow.isALead(faulty) ? "rejected" : "not_a_lead");
            json.writeArrayFieldStart("problems");
            for (Problem problem : faulty.problems()) {
                json.writeStartObject();
                write(json, problem);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static String of(String destination, Verification verification) {
        return object(json -> {
            json.writeStringField("destination", destination);
            json.writeBooleanField("passed", verification.passed());
            json.writeArrayFieldStart("steps");
            for (Verification.Step step : verification.steps()) {
                json.writeStartObject();
                json.writeStringField("what", step.what());
                json.writeStringField("state", step.state().name().toLowerCase(Locale.ROOT));
                problem(json, step.problem());
                if (step.advice() != null) {
                    json.writeStringField("advice", step.advice());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static String preview(int line, LeadId lead, Map<String, String> requests) {
        return object(json -> {
            json.writeNumberField("line", line);
            json.writeStringField("leadId", lead.value());
            json.writeObjectFieldStart("requests");
            for (Map.Entry<String, String> request : requests.entrySet()) {
                json.writeStringField(request.getKey(), request.getValue());
            }
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Outcome outcome) throws IOException {
        json.writeStringField("outcome", outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        if (outcome instanceof Outcome.Delivered d) {
            json.writeStringField("confirmation", d.confirmation().name().toLowerCase(Locale.ROOT));
            if (d.recordId() != null) {
                json.writeStringField("recordId", d.recordId());
            }
            json.writeNumberField("attempts", d.attempts());
            notes(json, d.notes());
        } else if (outcome instanceof Outcome.Rejected r) {
            json.writeNumberField("attempts", r.attempts());
            problem(json, r.problem());
        } else if (outcome instanceof Outcome.Suppressed s) {
            problem(json, s.reason());
        } else if (outcome instanceof Outcome.Pending p) {
            json.writeNumberField("attempts", p.attempts());
            problem(json, p.problem());
        } else if (outcome instanceof Outcome.Undelivered u) {
            json.writeNumberField("attempts", u.attempts());
            json.writeBooleanField("mayExist", u.mayExist());
            problem(json, u.problem());
        }
    }

    static void notes(JsonGenerator json, List<String> notes) throws IOException {
        if (!notes.isEmpty()) {
            json.writeArrayFieldStart("notes");
            for (String note : notes) {
                json.writeString(note);
            }
            json.writeEndArray();
        }
    }

    static void problem(JsonGenerator json, @Nullable Problem problem) throws IOException {
        if (problem != null) {
            json.writeObjectFieldStart("problem");
            write(json, problem);
            json.writeEndObject();
        }
    }

    private static void write(JsonGenerator json, Problem problem) throws IOException {
        json.writeStringField("code", problem.code());
        json.writeStringField("category", problem.category().name().toLowerCase(Locale.ROOT));
        json.writeStringField("cause", problem.cause());
        json.writeStringField("remedy", problem.remedy());
        if (problem.vendorCode() != null) {
            json.writeStringField("vendorCode", problem.vendorCode());
        }
        if (!problem.records().isEmpty()) {
            json.writeArrayFieldStart("records");
            for (String id : problem.records()) {
                json.writeString(id);
            }
            json.writeEndArray();
        }
    }

    static String object(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no stream behind the text
        }
        return text.toString();
    }
}
