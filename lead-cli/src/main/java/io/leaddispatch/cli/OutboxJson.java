package io.leaddispatch.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.leaddispatch.Lead;
import io.leaddispatch.json.LeadJson;
import io.leaddispatch.outbox.DeadLetter;
import io.leaddispatch.outbox.LeadHistory;
import io.leaddispatch.outbox.OutboxStats.Books;
import io.leaddispatch.outbox.OutboxStats.Pause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What stands in an outbox as JSON, one object per line; without personal data, unless the lead itself is given. */
final class OutboxJson {
    private OutboxJson() {}

    static String of(String destination, Books books) {
        return JsonReport.object(json -> {
            json.writeStringField("destination", destination);
            json.writeNumberField("stored", books.stored());
            json.writeNumberField("done", books.done());
            json.writeNumberField("rejected", books.rejected());
            json.writeNumberField("dead", books.dead());
            json.writeNumberField("waiting", books.waiting());
            json.writeNumberField("leased", books.leased());
            text(json, "oldestOpen", books.oldestOpen());
        });
    }

    static String of(Pause pause) {
        boolean held = StatusCommand.isHeld(pause);
        return JsonReport.object(json -> {
            json.writeStringField("gate", pause.gate());
            json.writeBooleanField("held", held);
            text(json, "pausedUntil", held ? null : pause.until());
            JsonReport.problem(json, pause.why());
        });
    }

    static String of(String lead, LeadHistory one) {
        return JsonReport.object(json -> {
            json.writeStringField("leadId", lead);
            json.writeStringField("destination", one.destination());
            json.writeStringField("state", one.state().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("attempts", one.attempts());
            if (one.confirmation() != null) {
                json.writeStringField("confirmation", one.confirmation().name().toLowerCase(Locale.ROOT));
            }
            text(json, "recordId", one.recordId());
            JsonReport.notes(json, one.notes());
            JsonReport.problem(json, one.problem());
            json.writeBooleanField("mayExist", one.mayExist());
            text(json, "storedAt", one.storedAt());
            text(json, "changedAt", one.changedAt());
            if (one.state() == LeadHistory.State.WAITING) {
                text(json, "dueAt", one.dueAt());
            }
            json.writeArrayFieldStart("failures");
            for (LeadHistory.Failure failure : one.failures()) {
                json.writeStartObject();
                json.writeNumberField("attempt", failure.number());
                text(json, "at", failure.at());
                json.writeStringField("code", failure.code());
                json.writeStringField("cause", failure.cause());
                text(json, "vendorCode", failure.vendorCode());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** @param content the lead itself, if it was asked for and is still there */
    static String of(DeadLetter letter, @Nullable Lead content) {
        return JsonReport.object(json -> {
            json.writeNumberField("number", letter.id());
            json.writeStringField("leadId", letter.lead().value());
            json.writeStringField("destination", letter.destination());
            json.writeBooleanField("rejected", letter.rejected());
            json.writeBooleanField("mayExist", letter.mayExist());
            json.writeNumberField("attempts", letter.attempts());
            text(json, "storedAt", letter.storedAt());
            text(json, "diedAt", letter.diedAt());
            JsonReport.problem(json, letter.problem());
            if (content != null) {
                json.writeFieldName("lead");
                json.writeRawValue(new String(LeadJson.write(content), StandardCharsets.UTF_8));
            }
        });
    }

    static String count(String what, long number) {
        return JsonReport.object(json -> json.writeNumberField(what, number));
    }

    private static void text(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }
}
