package io.leaddispatch.json;

import io.leaddispatch.Lead;
import io.leaddispatch.LeadId;
import io.leaddispatch.LeadParseException;
import io.leaddispatch.Problem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a lead so far. Which form it has is decided at the end, because properties come in any order. Of a
 * property given twice the last one with a value counts.
 */
final class LeadDraft {
    /** Any of these makes an object a lead. The others stand in all kinds of documents. */
    private static final long SIGNS = LeadField.FIRST_NAME.bit
            | LeadField.LAST_NAME.bit
            | LeadField.EMAIL.bit
            | LeadField.PHONE.bit
            | LeadField.USER_DETAILS.bit
            | LeadField.CUSTOMER_INFO.bit
            | LeadField.CONTACT.bit
            | LeadField.LEAD_SOURCE.bit
            | LeadField.ACTION_CODE.bit
            | LeadField.OFFER_TITLE.bit;

    private static final String VERSION = "1";

    private final JsonText text;
    private final @Nullable String[] values = new String[LeadField.ALL.length];
    private @Nullable String @Nullable [] person;
    private @Nullable Map<String, String> attributes;
    private @Nullable LeadField unfitInPerson;
    private long seen;
    private long unfit;

    LeadDraft(JsonText text) {
        this.text = text;
    }

    void seen(LeadField field) {
        seen |= field.bit;
    }

    /** The field holds an object, a list or else something that is not for it. */
    void unfit(LeadField field) {
        unfit |= field.bit;
    }

    void put(LeadField field, String value) {
        if (values[field.ordinal()] == null || !value.isBlank()) {
            values[field.ordinal()] = value;
        }
    }

    /** Where the seven fields of a contact go that stand in an object of their own. */
    @Nullable String[] person() {
        if (person == null) {
            person = new String[LeadField.CONTACT_FIELDS];
        }
        return person;
    }

    void unfitInPerson(LeadField field) {
        unfitInPerson = field;
    }

    void attribute(String name, String value) {
        if (attributes == null) {
            attributes = new LinkedHashMap<>();
        }
        if (!value.isBlank()) {
            attributes.put(name, value);
        }
    }

    /**
     * The lead.
     *
     * @throws LeadParseException if it is none
     * @throws io.leaddispatch.InvalidLeadException if it breaks the rules of leads
     */
    Lead lead() {
        if (!isLead()) {
            throw text.fault(JsonProblems.NOT_A_LEAD.problem(Seeming.of(seen)), text.start());
        }
        checkPerson();
        String offerTitle = value(LeadField.OFFER_TITLE);
        Lead.Builder lead = Lead.builder()
                .contact(PersonReading.contact(person != null ? person : contactAtTop()))
                .offerTitle(offerTitle != null ? offerTitle : value(LeadField.OFFER_DISPLAY_NAME))
                .description(value(LeadField.DESCRIPTION));
        if (has(LeadField.CONTACT)) {
            complete(lead);
        } else {
            lead.source(Sources.ofMarketplace(
                    value(LeadField.LEAD_SOURCE), value(LeadField.ACTION_CODE), offerOfMarketplace()));
            time(lead);
            if (has(LeadField.DATA) && value(LeadField.LEAD_ID) != null) {
                lead.id(id(LeadField.LEAD_ID));
            }
        }
        return lead.build();
    }

    private boolean isLead() {
        boolean isOtherDocument = (seen & Seeming.MARKS) != 0;
        return ((isOtherDocument ? seen & ~unfit : seen) & SIGNS) != 0;
    }

    private void complete(Lead.Builder lead) {
        String version = value(LeadField.VERSION);
        if (version != null && !version.equals(VERSION)) {
            throw fault(LeadField.VERSION, JsonProblems.VERSION.problem());
        }
        if (value(LeadField.ID) != null) {
            lead.id(id(LeadField.ID));
        }
        if (value(LeadField.CREATED_AT) != null) {
            lead.createdAt(createdAt());
        }
        checkFits(LeadField.ATTRIBUTES, "attributes holds something else than an object of texts");
        if (attributes != null) {
            attributes.forEach(lead::attribute);
        }
        String source = value(LeadField.SOURCE);
        String action = value(LeadField.ACTION);
        String offer = value(LeadField.OFFER);
        if (version != null) {
            lead.source(Sources.exactly(source, action, offer, values[LeadField.LEAD_SOURCE.ordinal()]));
        } else {
            lead.source(Sources.ofMarketplace(
                    source != null ? source : value(LeadField.LEAD_SOURCE),
                    action != null ? action : value(LeadField.ACTION_CODE),
                    offer != null ? offer : offerOfMarketplace()));
        }
    }

    private LeadId id(LeadField field) {
        String id = value(field);
        if (id == null || !LeadId.isValid(id)) {
            throw fault(
                    field,
                    JsonProblems.BAD_VALUE.problem(field.camelCase + " is 1 to " + LeadId.MAX_LENGTH
                            + " printable ASCII characters without a blank"));
        }
        return new LeadId(id);
    }

    private Instant createdAt() {
        Instant time = parsed(value(LeadField.CREATED_AT));
        if (time == null) {
            throw fault(
                    LeadField.CREATED_AT,
                    JsonProblems.BAD_VALUE.problem("createdAt is a time such as 2026-03-01T12:00:00Z"));
        }
        return time;
    }

    /** The form of the marketplace's times is unknown: one that cannot be read is kept as an attribute. */
    private void time(Lead.Builder lead) {
        String given = value(LeadField.CREATED_TIME);
        if (given == null && has(LeadField.DATA)) {
            given = value(LeadField.TIMESTAMP); // at the top of an event; in a table's row it is another time
        }
        Instant time = parsed(given);
        if (time != null) {
            lead.createdAt(time);
        } else {
            lead.attribute(LeadField.CREATED_TIME.camelCase, given);
        }
    }

    private static @Nullable Instant parsed(@Nullable String time) {
        return time == null ? null : Times.parse(time.strip());
    }

    private @Nullable String offerOfMarketplace() {
        String product = value(LeadField.PRODUCT_ID);
        return product != null || !has(LeadField.DATA) ? product : value(LeadField.OFFER_ID);
    }

    private @Nullable String[] contactAtTop() {
        for (int i = 0; i < LeadField.CONTACT_FIELDS; i++) {
            value(LeadField.ALL[i]);
        }
        return values;
    }

    private void checkPerson() {
        for (LeadField field : PersonReading.PERSONS) {
            if ((unfit & field.bit) != 0) {
                throw fault(field, JsonProblems.CUSTOMER_INFO.problem());
            }
        }
        if (unfitInPerson != null) {
            throw wrongType(unfitInPerson);
        }
    }

    /** The text of a field, or null for a blank one. */
    private @Nullable String value(LeadField field) {
        if ((unfit & field.bit) != 0) {
            throw wrongType(field);
        }
        String value = values[field.ordinal()];
        return value == null || value.isBlank() ? null : value;
    }

    private void checkFits(LeadField field, String otherwise) {
        if ((unfit & field.bit) != 0) {
            throw fault(field, JsonProblems.WRONG_TYPE.problem(otherwise));
        }
    }

    private LeadParseException wrongType(LeadField field) {
        return fault(
                field,
                JsonProblems.WRONG_TYPE.problem(field.camelCase + " holds an object or a list where a text belongs"));
    }

    private LeadParseException fault(LeadField field, Problem problem) {
        return text.fault(problem, FieldFinder.find(text, field));
    }

    private boolean has(LeadField field) {
        return (seen & field.bit) != 0;
    }
}
