package io.leaddispatch.testkit.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The leads of the simulated org. Not safe by itself for many threads: the simulator holds its lock. */
final class LeadTable {
    /** What became of one record: an id and whether it is new, or a fault. */
    record Saved(
            @Nullable String id, boolean created, @Nullable OrgFault fault) {
        static Saved refused(OrgFault fault) {
            return new Saved(null, false, fault);
        }
    }

    private final Map<String, OrgField> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, OrgLead> leads = new LinkedHashMap<>();
    private @Nullable List<Runnable> undo;

    /** By field and value in lower case: [3.4 assumed] external ids match without case. */
    private final Map<String, List<String>> keys = new HashMap<>();

    private Function<ObjectNode, @Nullable OrgFault> rule = values -> null;
    private @Nullable String owner;
    private boolean assigns = true;
    private boolean allowsSave;
    private long next = 1;

    LeadTable() {
        OrgField.standard().forEach(this::define);
    }

    /** Marks this moment, to come back to it. */
    List<Runnable> mark() {
        List<Runnable> steps = new ArrayList<>();
        undo = steps;
        return steps;
    }

    /** Takes back what was stored since that mark. */
    void goBack(List<Runnable> mark) {
        for (int i = mark.size() - 1; i >= 0; i--) {
            mark.get(i).run();
        }
        undo = null;
    }

    private void undoable(Runnable step) {
        if (undo != null) {
            undo.add(step);
        }
    }

    void define(OrgField field) {
        fields.put(field.name(), field);
    }

    void remove(String field) {
        fields.remove(field);
    }

    void rule(Function<ObjectNode, @Nullable OrgFault> newRule) {
        rule = newRule;
    }

    /** New leads go to that owner, by an active assignment rule; null for none. */
    void assignTo(@Nullable String newOwner) {
        owner = newOwner;
    }

    /**
     * What the headers of the call say. [3.6 documented] Sforce-Auto-Assign is TRUE unless it is FALSE, in any case;
     * allowSave is false unless it is said.
     */
    void asAsked(String autoAssign, String duplicateRule) {
        assigns = !autoAssign.equalsIgnoreCase("FALSE");
        allowsSave = duplicateRule.replace(" ", "").toLowerCase(Locale.ROOT).contains("allowsave=true");
    }

    List<OrgField> fields() {
        return List.copyOf(fields.values());
    }

    @Nullable OrgField field(String name) {
        return fields.get(name);
    }

    List<OrgLead> leads() {
        return new ArrayList<>(leads.values());
    }

    @Nullable OrgLead find(String id) {
        return leads.get(id);
    }

    void convert(String id) {
        leads.computeIfPresent(id, (key, lead) -> new OrgLead(id, lead.fields(), true));
    }

    Saved create(ObjectNode values) {
        OrgFault fault = judge(values, true, null);
        return fault != null ? Saved.refused(fault) : new Saved(store(null, values), true, null);
    }

    /** [3.4 documented] Creates, or changes the record that has the value of the external id. */
    Saved upsert(String keyField, ObjectNode values) {
        JsonNode key = values.get(keyField);
        if (key == null || key.isNull() || key.asText().isBlank()) {
            // [assumed] code and text: the facts do not tell of an upsert without its key
            return Saved.refused(OrgFault.of("MISSING_ARGUMENT", keyField + " not specified"));
        }
        List<String> ids = holders(keyField, key.asText());
        if (ids.size() > 1) { // [3.7] the code; [assumed] the text
            return Saved.refused(OrgFault.of(
                    "DUPLICATE_EXTERNAL_ID", "more than one record found for external id field: " + ids, keyField));
        }
        return ids.isEmpty() ? create(values) : update(ids.get(0), values);
    }

    Saved update(String id, ObjectNode values) {
        OrgLead old = leads.get(id);
        if (old == null) {
            // [3.7] the code; [assumed] the text
            return Saved.refused(OrgFault.of("ENTITY_IS_DELETED", "entity is deleted"));
        }
        if (old.converted()) {
            // [3.7 recorded]
            return Saved.refused(OrgFault.of("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead"));
        }
        OrgFault fault = judge(values, false, id);
        return fault != null ? Saved.refused(fault) : new Saved(store(id, values), false, null);
    }

    private @Nullable OrgFault judge(ObjectNode values, boolean isNew, @Nullable String id) {
        OrgFault fault = new FieldRules(fields).fault(values, isNew);
        if (fault == null) {
            fault = taken(values, id);
        }
        if (fault != null) {
            return fault;
        }
        OrgFault own = rule.apply(values);
        return own != null && own.alert() && allowsSave ? null : own;
    }

    /** [3.7 peer-observed] A unique value that another record has; the text names that record. */
    private @Nullable OrgFault taken(ObjectNode values, @Nullable String own) {
        for (Map.Entry<String, JsonNode> value : values.properties()) {
            OrgField field = fields.get(value.getKey());
            if (field != null && field.unique() && !value.getValue().isNull()) {
                for (String other : holders(field.name(), value.getValue().asText())) {
                    if (!other.equals(own)) {
                        return OrgFault.of(
                                "DUPLICATE_VALUE",
                                "duplicate value found: " + field.name() + " duplicates value on record with id: "
                                        + other);
                    }
                }
            }
        }
        return null;
    }

    /** The records that have that value of an external id. */
    List<String> holders(String field, String value) {
        return List.copyOf(keys.getOrDefault(keyOf(field, value), List.of()));
    }

    private String store(@Nullable String id, ObjectNode values) {
        OrgLead old = id == null ? null : leads.get(id);
        String key = id == null ? SalesforceIds.of("00Q", next++) : id;
        Map<String, Object> stored = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (old != null) {
            stored.putAll(old.fields());
        }
        values.properties().forEach(value -> put(stored, value.getKey(), value.getValue(), key));
        if (old == null && owner != null && assigns) {
            stored.put("OwnerId", owner);
        }
        leads.put(key, new OrgLead(key, stored, false));
        undoable(() -> {
            if (old == null) {
                leads.remove(key);
            } else {
                leads.put(key, old);
            }
        });
        return key;
    }

    /** [3.5 recorded] JSON null clears a field. */
    private void put(Map<String, Object> stored, String name, JsonNode value, String id) {
        if (name.equals("attributes") || name.equalsIgnoreCase("id")) {
            return;
        }
        if (value.isNull()) {
            stored.remove(name);
            return;
        }
        stored.put(
                name,
                value.isBoolean()
                        ? (Object) value.asBoolean()
                        : value.isNumber() ? value.numberValue() : value.asText());
        OrgField field = fields.get(name);
        if (field != null && field.externalId()) {
            List<String> holders =
                    keys.computeIfAbsent(keyOf(field.name(), value.asText()), entry -> new ArrayList<>());
            if (!holders.contains(id)) {
                holders.add(id);
                undoable(() -> holders.remove(id));
            }
        }
    }

    static String keyOf(String field, String value) {
        return field.toLowerCase(Locale.ROOT) + "=" + value.toLowerCase(Locale.ROOT);
    }
}
