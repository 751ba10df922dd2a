package io.leaddispatch.testkit.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a record, or a call, is refused. Immutable.
 *
 * @param code Salesforce's code
 * @param message its text
 * @param fields the fields it is about
 * @param matchingLead the lead that a duplicate rule found, or null
 * @param alert whether the rule only alerts, so that a call with allowSave passes it
 */
public record OrgFault(
        String code,
        String message,
        List<String> fields,
        @Nullable String matchingLead,
        boolean alert) {
    /** Copies the list. */
    public OrgFault {
        fields = List.copyOf(fields);
    }

    /** A fault that names fields. */
    public static OrgFault of(String code, String message, String... fields) {
        return new OrgFault(code, message, List.of(fields), null, false);
    }

    /** A duplicate rule found that lead, and blocks. */
    public static OrgFault duplicateOf(String leadId) {
        // [3.7 peer-observed] the text of a fresh org
        return new OrgFault("DUPLICATES_DETECTED", "Use one of these records?", List.of(), leadId, false);
    }

    /** A duplicate rule found that lead, and alerts: [3.6 documented] allowSave passes such a rule, and no other. */
    public static OrgFault alertOf(String leadId) {
        return new OrgFault("DUPLICATES_DETECTED", "Use one of these records?", List.of(), leadId, true);
    }

    /** [3.5 recorded] Inside a record the key of the code is statusCode; [3.7 recorded] at the top it is errorCode. */
    ObjectNode json(String codeKey) {
        ObjectNode error = OrgJson.object();
        error.put(codeKey, code).put("message", message);
        fields.forEach(error.putArray("fields")::add);
        if (matchingLead != null) {
            addMatch(error, matchingLead, alert);
        }
        return error;
    }

    /** [3.7 peer-observed] The key is spelled like that in captured answers of v54 and v56. */
    private static void addMatch(ObjectNode error, String id, boolean alert) {
        ObjectNode result = error.putObject("duplicateResut");
        result.put("allowSave", alert)
                .put("duplicateRule", "Standard_Lead_Duplicate_Rule")
                .put("duplicateRuleEntityType", "Lead")
                .put("errorMessage", "Use one of these records?");
        ObjectNode match = result.putArray("matchResults").addObject();
        match.put("entityType", "Lead")
                .put("matchEngine", "FuzzyMatchEngine")
                .put("rule", "Standard_Lead_Match_Rule_v1_0")
                .put("size", 1)
                .put("success", true);
        ObjectNode record = match.putArray("matchRecords").addObject();
        record.put("matchConfidence", 100.0)
                .putObject("record")
                .put("Id", id)
                .putObject("attributes")
                .put("type", "Lead")
                .put("url", "/services/data/v62.0/sobjects/Lead/" + id);
    }
}
