package io.leaddispatch.testkit.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.salesforce.LeadTable.Saved;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes records, many or one. The simulator holds its lock. */
final class WriteDesk {
    private static final int MOST_RECORDS = 200;

    private final LeadTable table;

    WriteDesk(LeadTable table) {
        this.table = table;
    }

    /** [3.5 documented] POST creates. */
    Answer create(String body) {
        return collection(body, table::create, null);
    }

    /** [3.5 documented] PATCH with type and external id upserts. */
    Answer upsert(String body, String keyField) {
        Answer unusable = unusable(keyField);
        return unusable != null ? unusable : collection(body, values -> table.upsert(keyField, values), keyField);
    }

    /** [3.5 recorded] PATCH without them updates by id. */
    Answer update(String body) {
        return collection(body, values -> table.update(values.path("id").asText(), values), null);
    }

    private @Nullable Answer unusable(String keyField) {
        OrgField field = table.field(keyField);
        // [3.7 documented] the code; [assumed] the text
        return field != null && field.externalId()
                ? null
                : OrgJson.refused(
                        404,
                        "NOT_FOUND",
                        "Provided external ID field does not exist or is not accessible: " + keyField);
    }

    private Answer collection(String body, Function<ObjectNode, Saved> write, @Nullable String keyField) {
        ObjectNode call = OrgJson.parse(body);
        if (call == null || !(call.get("records") instanceof ArrayNode records) || records.isEmpty()) {
            return OrgJson.refused(400, "JSON_PARSER_ERROR", "The request body could not be read");
        }
        if (records.size() > MOST_RECORDS) { // [3.5 peer-observed] the text; [assumed] the status
            return OrgJson.refused(
                    400,
                    "EXCEEDED_ID_LIMIT",
                    "record limit reached. cannot submit more than 200 records into this call");
        }
        Map<String, Integer> seen = new HashMap<>();
        if (keyField != null) {
            records.forEach(record -> seen.merge(keyIn(record, keyField), 1, Integer::sum));
        }
        List<Saved> saved = new ArrayList<>();
        List<Runnable> before = table.mark();
        for (JsonNode record : records) {
            saved.add(write(record, write, keyField, seen));
        }
        boolean undone = call.path("allOrNone").asBoolean() && saved.stream().anyMatch(one -> one.fault() != null);
        if (undone) {
            table.goBack(before);
        }
        return answer(undone ? rolledBack(saved) : saved, keyField);
    }

    private static String keyIn(JsonNode record, String keyField) {
        return LeadTable.keyOf(keyField, record.path(keyField).asText());
    }

    private static Saved write(
            JsonNode record, Function<ObjectNode, Saved> write, @Nullable String keyField, Map<String, Integer> seen) {
        if (!(record instanceof ObjectNode values)) {
            return Saved.refused(OrgFault.of("JSON_PARSER_ERROR", "a record is no object"));
        }
        if (keyField != null && seen.getOrDefault(keyIn(record, keyField), 0) > 1) { // [3.5 assumed]
            return Saved.refused(OrgFault.of("DUPLICATE_VALUE", "Duplicate external id specified", keyField));
        }
        return write.apply(values);
    }

    /** [3.5 documented] Innocent records say that they were rolled back. */
    private static List<Saved> rolledBack(List<Saved> saved) {
        OrgFault fault = OrgFault.of(
                "ALL_OR_NONE_OPERATION_ROLLED_BACK",
                "Record rolled back because not all records were valid and the request was using AllOrNone header");
        return saved.stream()
                .map(one -> one.fault() != null ? one : Saved.refused(fault))
                .toList();
    }

    /** [3.5 recorded] In the order of the request; a failure has no id. */
    private static Answer answer(List<Saved> saved, @Nullable String keyField) {
        ArrayNode items = OrgJson.array();
        for (Saved one : saved) {
            items.add(item(one, keyField != null));
        }
        return OrgJson.answer(200, items);
    }

    private static ObjectNode item(Saved saved, boolean upsert) {
        ObjectNode item = OrgJson.object();
        OrgFault fault = saved.fault();
        if (fault != null) {
            item.put("success", false).putArray("errors").add(fault.json("statusCode"));
            return item;
        }
        item.put("id", saved.id()).put("success", true).putArray("errors");
        if (upsert) { // [3.5 documented]
            item.put("created", saved.created());
        }
        return item;
    }

    /** [3.4 recorded] One record: 201 with its address. */
    Answer createOne(String body, String path) {
        ObjectNode values = OrgJson.parse(body);
        if (values == null) {
            return OrgJson.refused(400, "JSON_PARSER_ERROR", "The request body could not be read");
        }
        return one(table.create(values), path, false);
    }

    /** [3.4 documented] One upsert, the key in the address: 201 or 200. */
    Answer upsertOne(String body, String keyField, String key, String path) {
        Answer unusable = unusable(keyField);
        ObjectNode values = OrgJson.parse(body);
        if (unusable != null || values == null) {
            return unusable != null ? unusable : OrgJson.refused(400, "JSON_PARSER_ERROR", "no object");
        }
        List<String> holders = table.holders(keyField, key);
        if (holders.size() > 1) { // [3.4 documented] the addresses of all, and nothing is written
            ArrayNode addresses = OrgJson.array();
            holders.forEach(id -> addresses.add(path + "/" + id));
            return OrgJson.answer(300, addresses);
        }
        values.put(keyField, key);
        return one(table.upsert(keyField, values), path, true);
    }

    private static Answer one(Saved saved, String path, boolean upsert) {
        OrgFault fault = saved.fault();
        if (fault != null) {
            return OrgJson.refused(400, fault);
        }
        Answer answer = OrgJson.answer(saved.created() ? 201 : 200, item(saved, upsert));
        return saved.created() ? answer.with("Location", path + "/" + saved.id()) : answer;
    }
}
