package io.leaddispatch.salesforce;

import io.leaddispatch.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator should know of the org's fields although leads can be written with them. Told by verify, and logged
 * when the description comes before a delivery. Safe for use by many threads.
 */
final class FieldAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(FieldAdvice.class);
    private static final String LEAD_SOURCE = "LeadSource";
    private static final int USUAL_LEAD_SOURCE = 60;
    private static final int LONGEST_KEY = 128;

    private final String name;
    private final Function<LeadFields, LeadRecord> records;
    private final @Nullable String keyField;
    private volatile List<String> told = List.of();

    /**
     * @param name the destination's
     * @param keyField the external id field, or null where none is sent
     */
    FieldAdvice(String name, Function<LeadFields, LeadRecord> records, @Nullable String keyField) {
        this.name = name;
        this.records = records;
        this.keyField = keyField;
    }

    /** Logs the advice, unless it is what was logged last. */
    void tell(LeadFields fields) {
        List<String> advice = of(fields);
        if (!advice.isEmpty() && !advice.equals(told)) {
            ProblemType type = SalesforceProblems.LEAD_FIELDS;
            LOG.warn("{}: {} [{}]: {}", name, String.join("; ", advice), type.code(), type.remedy());
        }
        told = advice;
    }

    List<String> of(LeadFields fields) {
        LeadRecord record = records.apply(fields);
        List<String> advice = new ArrayList<>();
        for (String field : record.names()) {
            ofField(fields, field, advice);
        }
        LeadFields.Field key = keyField == null ? null : fields.find(keyField);
        if (key != null) {
            ofKey(key, advice);
        }
        record.unsetFlags()
                .forEach(flag -> advice.add(flag + " is missing or read-only: leads of action DNC go without it"));
        return advice;
    }

    private static void ofField(LeadFields fields, String name, List<String> advice) {
        LeadFields.Field field = fields.find(name);
        if (field == null) {
            return;
        }
        if (field.restricted()) {
            advice.add(name + " is a restricted picklist: leads with another value are rejected");
        }
        int usual = fields.usualLength(name);
        if (name.equals(LEAD_SOURCE)) {
            if (field.length() < USUAL_LEAD_SOURCE) {
                advice.add(
                        "LeadSource takes " + field.length()
                                + " characters and a marketplace lead source has 45 to 60: it is cut, and the description has it whole");
            }
        } else if (usual > 0) {
            advice.add(name + " takes " + field.length() + " characters, not the usual " + usual
                    + ": what is longer is cut or rejected (onTooLong)");
        }
    }

    private static void ofKey(LeadFields.Field key, List<String> advice) {
        if (!key.unique()) {
            advice.add(key.name() + " is not unique: two calls at once can make two records of one lead");
        }
        if (key.length() < LONGEST_KEY) {
            advice.add(key.name() + " takes " + key.length() + " characters; a lead's id may have " + LONGEST_KEY);
        }
    }

    /** The destination's name. */
    @Override
    public String toString() {
        return "FieldAdvice[" + name + "]";
    }
}
