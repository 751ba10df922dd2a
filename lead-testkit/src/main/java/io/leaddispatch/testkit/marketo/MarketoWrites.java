package io.leaddispatch.testkit.marketo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.leaddispatch.testkit.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the two write calls do once they are let in. Safe for use by many threads. */
final class MarketoWrites {
    private static final int MOST_RECORDS = 300;

    private final MarketoFields fields;
    private final MarketoPeople people;
    private final MarketoReply reply;
    private final Map<Integer, Set<String>> forms = new ConcurrentHashMap<>();
    private final AtomicInteger submissions = new AtomicInteger();
    private volatile boolean unknownFieldFailsCall;
    private volatile boolean skipsSayWhy = true;

    MarketoWrites(MarketoFields fields, MarketoPeople people, MarketoReply reply) {
        this.fields = fields;
        this.people = people;
        this.reply = reply;
    }

    void form(int id, Set<String> restNames) {
        forms.put(id, restNames);
    }

    @Nullable Set<String> form(int id) {
        return forms.get(id);
    }

    int submissions() {
        return submissions.get();
    }

    void unknownFieldFailsCall(boolean fails) {
        unknownFieldFailsCall = fails;
    }

    void skipsSayWhy(boolean say) {
        skipsSayWhy = say;
    }

    /** A record that may be written, or why it may not. */
    private record Begun(JsonNode record, MarketoPeople.@Nullable Found found, MarketoFields.@Nullable Fault fault) {}

    /** Section 6. What takes time runs between looking for people and writing. */
    Answer sync(JsonNode body, Runnable meanwhile) {
        JsonNode input = body.path("input");
        if (!input.isArray() || input.isEmpty()) { // section 4, peer-observed
            return reply.error("1003", "Leads not specified");
        }
        if (input.size() > MOST_RECORDS) { // section 6; the code is open (14.3)
            return reply.error("1003", "Too many records");
        }
        if (!Set.of("createOrUpdate", "").contains(body.path("action").asText(""))) {
            return reply.error("609", "this simulator knows createOrUpdate only");
        }
        String lookup = body.path("lookupField").asText("email");
        if (!fields.has(lookup)) { // section 4, peer-observed
            return reply.error("1006", "Lookup field '" + lookup + "' not found");
        }
        List<Begun> begun = new ArrayList<>();
        for (JsonNode record : input) {
            Begun one = begun(record, lookup);
            if (one.fault != null && one.fault.code().equals("1006") && unknownFieldFailsCall) { // open: 14.4
                return reply.error("1006", one.fault.message());
            }
            begun.add(one);
        }
        meanwhile.run();
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        begun.forEach(one -> finish(one, result));
        return reply.result(result);
    }

    /** Section 6: company fields of people who are there cannot be updated here; of these the page names one. */
    private Begun begun(JsonNode record, String lookup) {
        Begun one = begin(record, lookup);
        boolean fixed = one.found != null && !one.found.ids().isEmpty() && record.has("company");
        return one.fault == null && fixed
                ? new Begun(record, one.found, new MarketoFields.Fault("1021", "Company update not allowed"))
                : one;
    }

    private Begun begin(JsonNode record, String lookup) {
        MarketoPeople.Found found = people.find(lookup, record);
        if (found == null) {
            return new Begun(record, null, new MarketoFields.Fault("1002", "Missing value for '" + lookup + "'"));
        }
        if (found.ids().size() > 1) { // section 4, peer-observed
            return new Begun(record, found, new MarketoFields.Fault("1007", "Multiple lead match lookup criteria"));
        }
        return new Begun(record, found, firstFault(record));
    }

    private MarketoFields.@Nullable Fault firstFault(JsonNode record) {
        for (Map.Entry<String, JsonNode> field : record.properties()) {
            MarketoFields.Fault fault = fields.fault(field.getKey(), field.getValue());
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private void finish(Begun one, ArrayNode result) {
        if (one.fault != null || one.found == null) {
            MarketoReply.skipped(result, one.fault);
        } else {
            MarketoReply.written(result, people.write(one.found, one.record));
        }
    }

    /** Section 5. */
    Answer submit(JsonNode body, Runnable meanwhile) {
        JsonNode input = body.path("input");
        JsonNode id = body.path("formId");
        Set<String> form = id.isInt() ? forms.get(id.intValue()) : null;
        if (form == null) { // the code is not known
            return reply.error("702", "Form not found");
        }
        if (input.size() != 1) {
            return reply.error("609", "exactly one record");
        }
        JsonNode record = input.path(0).path("leadFormFields");
        Begun begun = begin(record, "email");
        String missing = firstNotOn(form, record);
        if (missing != null) { // section 5: the whole submission is skipped; code and shape are open (14.1)
            begun = new Begun(record, null, new MarketoFields.Fault("1006", "Field '" + missing + "' not found"));
        }
        meanwhile.run();
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        finish(skipsSayWhy || begun.fault == null ? begun : new Begun(record, null, null), result);
        submissions.addAndGet(begun.fault == null ? 1 : 0); // section 5: each call adds an activity
        return reply.result(result);
    }

    private static @Nullable String firstNotOn(Set<String> form, JsonNode record) {
        List<String> missing = new ArrayList<>();
        record.fieldNames().forEachRemaining(name -> {
            if (!form.contains(name)) {
                missing.add(name);
            }
        });
        return missing.isEmpty() ? null : missing.get(0);
    }

    /** Section 5: the fields of a form by the names of its page, beside rows that are none. */
    Answer formFields(int id) {
        Set<String> form = forms.get(id);
        if (form == null) {
            return reply.error("702", "Form not found");
        }
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        Consumer<String> add = name -> result.addObject().put("id", fields.pageName(name));
        form.forEach(add);
        result.addObject().put("id", "Profiling").put("dataType", "profiling");
        return reply.result(result);
    }
}
