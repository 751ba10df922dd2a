package io.leaddispatch.https;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.Lead;
import io.leaddispatch.Offer;
import io.leaddispatch.json.AbsentAs;
import io.leaddispatch.json.Casing;
import io.leaddispatch.json.LeadJson;
import java.io.ByteArrayOutputStream;
import java.time.Instant;

/** Lead to body. Pure: equal leads have equal bytes, whatever the attempt. */
record LeadPayload(HttpsSettings.Profile profile, Casing casing, AbsentAs absentAs) {

    byte[] of(Lead lead) {
        return profile == HttpsSettings.Profile.MARKETPLACE
                ? LeadJson.writeMarketplace(lead, casing, absentAs)
                : event(lead);
    }

    /** The event puts our ids beside what the marketplace sends, in the frame that Standard Webhooks recommends. */
    private byte[] event(Lead lead) {
        byte[] data = LeadJson.writeMarketplace(lead, Casing.CAMEL, absentAs);
        Instant createdAt = lead.createdAt();
        Offer offer = lead.source().offer();
        ByteArrayOutputStream event = new ByteArrayOutputStream(data.length + 256);
        event.writeBytes("{\"type\":\"marketplace.lead.created\"".getBytes(UTF_8));
        if (createdAt != null) {
            event.writeBytes((",\"timestamp\":\"" + createdAt + "\"").getBytes(UTF_8));
        }
        event.writeBytes(",\"data\":".getBytes(UTF_8));
        event.write(data, 0, data.length - 1);
        event.writeBytes((",\"leadId\":" + quoted(lead.id().value())).getBytes(UTF_8));
        if (offer != null && offer.isId()) {
            event.writeBytes((",\"offerId\":" + quoted(offer.text())).getBytes(UTF_8));
        }
        event.writeBytes("}}".getBytes(UTF_8));
        return event.toByteArray();
    }

    /** Ids are printable ASCII: two characters need a mark before them. */
    private static String quoted(String id) {
        return '"' + id.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
