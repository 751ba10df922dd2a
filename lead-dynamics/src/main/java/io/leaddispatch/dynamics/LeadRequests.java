package io.leaddispatch.dynamics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leaddispatch.dynamics.DynamicsSettings.InsertBy;
import io.leaddispatch.http.HttpCall;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Rows as requests. Every one of them inserts under a key of ours and never overwrites.
 *
 * @param client knows the addresses
 * @param insertBy how one row is written
 * @param duplicateDetection whether the customer's duplicate rules are to apply
 */
record LeadRequests(DataverseClient client, InsertBy insertBy, boolean duplicateDetection) {
    static final String SET = "leads";
    static final String CREATE_MULTIPLE = SET + "/Microsoft.Dynamics.CRM.CreateMultiple";

    /** As Microsoft's examples have it, without the # that OData asks for. */
    static final String TYPE = "Microsoft.Dynamics.CRM.lead";

    private static final String JSON = "application/json; charset=utf-8";
    private static final String INSERT_ONLY = "If-None-Match";
    private static final String DETECTION = "MSCRM.SuppressDuplicateDetection";

    /** One row. */
    HttpCall one(LeadRow row) {
        HttpCall call = insertBy == InsertBy.PATCH
                ? HttpCall.of("PATCH", client.at(SET + "(" + row.id() + ")"), JSON, bytes(columns(row)))
                        .header(INSERT_ONLY, "*")
                : HttpCall.post(client.at(SET), JSON, bytes(withId(row)));
        return detecting(call);
    }

    /** All rows or none, in one transaction. */
    HttpCall all(List<LeadRow> rows) {
        ObjectNode body = DataverseError.JSON.createObjectNode();
        ArrayNode targets = body.putArray("Targets");
        for (LeadRow row : rows) {
            ObjectNode target = targets.addObject()
                    .put("@odata.type", TYPE)
                    .put("leadid", row.id().toString());
            put(target, row);
        }
        return detecting(HttpCall.post(client.at(CREATE_MULTIPLE), JSON, bytes(body)));
    }

    /** Each row for itself, in one request. */
    HttpCall each(List<LeadRow> rows) {
        BatchBody body = new BatchBody("batch_" + UUID.randomUUID());
        String path = DataverseClient.PATH + SET;
        String detection = duplicateDetection ? DETECTION + ": false" : "";
        for (LeadRow row : rows) {
            if (insertBy == InsertBy.PATCH) {
                String headers = INSERT_ONLY + ": *" + (duplicateDetection ? "\r\n" + detection : "");
                body.add("PATCH " + path + "(" + row.id() + ")", headers, bytes(columns(row)));
            } else {
                body.add("POST " + path, detection, bytes(withId(row)));
            }
        }
        byte[] bytes = body.end();
        return HttpCall.post(client.at("$batch"), body.contentType(), bytes)
                .header("Prefer", "odata.continue-on-error");
    }

    /** False switches detection on: the header suppresses it. */
    private HttpCall detecting(HttpCall call) {
        return duplicateDetection ? call.header(DETECTION, "false") : call;
    }

    private static ObjectNode columns(LeadRow row) {
        return put(DataverseError.JSON.createObjectNode(), row);
    }

    private static ObjectNode withId(LeadRow row) {
        return put(DataverseError.JSON.createObjectNode().put("leadid", row.id().toString()), row);
    }

    private static ObjectNode put(ObjectNode into, LeadRow row) {
        for (Map.Entry<String, Object> column : row.columns().entrySet()) {
            into.putPOJO(column.getKey(), column.getValue());
        }
        return into;
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return DataverseError.JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts, numbers and booleans can be written", e);
        }
    }
}
