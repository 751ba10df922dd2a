package io.leaddispatch.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leaddispatch.Confirmation;
import io.leaddispatch.Problem;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.NotExecuted;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * From the answer to a collection call to one result per lead: by record where the call was executed, by call where it
 * was not. Pure but for the clock inside {@link CallFaults}.
 *
 * @param keyField the external id field of an upsert; null for a plain create, whose repeat is not safe
 * @param onDuplicateRule what becomes of leads that a duplicate rule refuses
 * @param mayCut whether a text of that field may be cut
 * @param faults what refused calls mean
 */
record RestAnswers(
        @Nullable String keyField,
        RestSettings.OnDuplicateRule onDuplicateRule,
        Predicate<String> mayCut,
        CallFaults faults) {

    /**
     * What an answer says.
     *
     * @param results one per lead, in order
     * @param learned lengths of fields that turned out to be shorter than we thought
     */
    record Reading(List<DeliveryResult> results, Map<String, Integer> learned) {}

    /** @param misrouted how many answers before this one, without another between, had status 420 */
    Reading read(HttpAnswer answer, List<LeadRecord.Draft> sent, int misrouted) {
        if (!answer.isSuccess()) {
            SalesforceError error = SalesforceError.first(Json.tree(answer));
            return forAll(faults.of(answer, error, keyField != null, sent.size(), misrouted), sent);
        }
        JsonNode items = Json.tree(answer);
        if (items == null || !items.isArray() || items.size() != sent.size()) {
            return forAll(CallFaults.lost(SalesforceProblems.NO_ANSWER.problem(), keyField != null), sent);
        }
        List<DeliveryResult> results = new ArrayList<>(sent.size());
        Map<String, Integer> learned = new HashMap<>(0);
        for (int i = 0; i < items.size(); i++) {
            results.add(record(items.get(i), sent.get(i), learned));
        }
        if (results.stream().anyMatch(RestAnswers::isWritten)) {
            results.replaceAll(RestAnswers::besideWritten);
        }
        return new Reading(results, learned);
    }

    private static boolean isWritten(DeliveryResult result) {
        return result instanceof Delivered delivered && delivered.confirmation() != Confirmation.ALREADY_PRESENT;
    }

    /** Where the same call wrote another record, the user may write leads: what it may not is about this one. */
    private static DeliveryResult besideWritten(DeliveryResult result) {
        return result instanceof Pause pause
                        && ErrorCode.mayBeAboutOneRecord(pause.problem().vendorCode())
                ? new Rejected(pause.problem())
                : result;
    }

    private static Reading forAll(DeliveryResult one, List<LeadRecord.Draft> sent) {
        return new Reading(Collections.nCopies(sent.size(), one), Map.of());
    }

    private DeliveryResult record(JsonNode item, LeadRecord.Draft draft, Map<String, Integer> learned) {
        if (item.path("success").asBoolean()) {
            boolean created = keyField == null || item.path("created").asBoolean();
            return new Delivered(
                    created ? Confirmation.CREATED : Confirmation.UPDATED,
                    item.path("id").asText(null),
                    draft.notes());
        }
        JsonNode first = item.path("errors").get(0);
        if (first == null) {
            return CallFaults.lost(SalesforceProblems.NO_ANSWER.problem(), keyField != null);
        }
        return refused(SalesforceError.of(first), draft, learned);
    }

    private DeliveryResult refused(SalesforceError error, LeadRecord.Draft draft, Map<String, Integer> learned) {
        ErrorCode code = ErrorCode.ofRecord(error);
        return switch (code) {
            case LENGTH -> tooLong(error, draft, learned);
            case DUPLICATE -> duplicate(error, draft);
            case OWN_KEY -> keyField != null ? ownKey(error, null, draft) : duplicate(error, draft);
            case REQUIRED -> new Rejected(told(SalesforceProblems.REQUIRED_FIELD.problem(named(error)), error));
            case PICKLIST -> new Rejected(told(SalesforceProblems.PICKLIST.problem(named(error)), error));
            case LEAD -> new Rejected(told(SalesforceProblems.REFUSED_LEAD.problem(named(error)), error));
            default -> faults.of(code, error, keyField != null, null);
        };
    }

    private static String named(SalesforceError error) {
        return error.fields().isEmpty() ? "no field is named" : String.join(", ", error.fields());
    }

    private static Problem told(Problem problem, SalesforceError error) {
        return problem.withVendorCode(error.code());
    }

    /** A length that nobody told us: remembered, and the lead, which was not written, goes again, cut. */
    private DeliveryResult tooLong(SalesforceError error, LeadRecord.Draft draft, Map<String, Integer> learned) {
        int most = error.maxLength();
        if (keyField != null && error.fields().stream().anyMatch(keyField::equalsIgnoreCase)) {
            return keyTooLong(
                    keyField, most, String.valueOf(draft.fields().get(keyField)).length());
        }
        Problem problem = told(SalesforceProblems.TOO_LONG.problem(named(error)), error);
        if (most < 0 || error.fields().size() != 1) {
            return new Rejected(problem);
        }
        String field = error.fields().get(0);
        boolean longer = draft.fields().get(field) instanceof String text && text.length() > most;
        if (!longer || !mayCut.test(field)) {
            return new Rejected(problem);
        }
        learned.put(field, most);
        return new NotExecuted(problem);
    }

    /** The external id field is too short for our keys: the org's Lead has to be mended, no lead. */
    static DeliveryResult keyTooLong(String keyField, int most, int length) {
        String takes = most < 0 ? "fewer" : String.valueOf(most);
        return new Pause(
                SalesforceProblems.EXTERNAL_ID.problem(
                        keyField + " takes " + takes + " characters and the key has " + length),
                null);
    }

    private DeliveryResult duplicate(SalesforceError error, LeadRecord.Draft draft) {
        boolean unique = error.code().equals("DUPLICATE_VALUE");
        if (keyField != null && unique && error.names(keyField)) {
            return ownKey(error, error.leadInMessage(), draft); // another process was quicker with the same lead
        }
        if (onDuplicateRule == RestSettings.OnDuplicateRule.DELIVERED) {
            return new Delivered(
                    Confirmation.ALREADY_PRESENT,
                    unique ? error.leadInMessage() : error.matchingLead(),
                    withNote(
                            draft,
                            unique
                                    ? "not written: another record has the value of a unique field"
                                    : "not written: a duplicate rule found "
                                            + error.records().size() + " records"));
        }
        return new Rejected(told(SalesforceProblems.DUPLICATE_LEAD.problem().withRecords(error.records()), error));
    }

    private static DeliveryResult ownKey(SalesforceError error, @Nullable String id, LeadRecord.Draft draft) {
        return new Delivered(
                Confirmation.ALREADY_PRESENT, id, withNote(draft, "found and left as it is: " + error.code()));
    }

    private static List<String> withNote(LeadRecord.Draft draft, String note) {
        List<String> notes = new ArrayList<>(draft.notes());
        notes.add(note);
        return notes;
    }

    /** What a call without a complete answer means. */
    DeliveryResult read(TransportException failure) {
        return CallFaults.of(failure, keyField != null);
    }
}
