package io.leaddispatch.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every property name that means something in one of the forms, and what kind of value it holds. */
enum LeadField {
    // the seven of a contact, first and in the marketplace's order: their ordinals are indexes
    FIRST_NAME("firstName"),
    LAST_NAME("lastName"),
    EMAIL("email"),
    PHONE("phone"),
    COUNTRY("country"),
    COMPANY("company"),
    TITLE("title"),
    // the marketplace's forms
    USER_DETAILS("userDetails", Kind.PERSON),
    CUSTOMER_INFO("customerInfo", Kind.PERSON),
    LEAD_SOURCE("leadSource"),
    ACTION_CODE("actionCode"),
    OFFER_TITLE("offerTitle"),
    OFFER_DISPLAY_NAME("offerDisplayName"),
    DESCRIPTION("description"),
    PRODUCT_ID("productId"),
    CREATED_TIME("createdTime"),
    // the event form
    DATA("data", Kind.ENVELOPE),
    LEAD_ID("leadId"),
    OFFER_ID("offerId"),
    TIMESTAMP("timestamp"),
    // the complete form
    VERSION("version"),
    ID("id"),
    CREATED_AT("createdAt"),
    SOURCE("source"),
    ACTION("action"),
    OFFER("offer"),
    CONTACT("contact", Kind.PERSON),
    ATTRIBUTES("attributes", Kind.ATTRIBUTES),
    // what is no lead
    DESTINATIONS("destinations", Kind.MARK),
    LEAD_DESTINATION("leadDestination", Kind.MARK),
    RESOURCES("resources", Kind.MARK),
    RESOURCE_TYPE("resourceType", Kind.MARK);

    /** What kind of value a property holds. */
    enum Kind {
        /** A text, or a number or boolean taken as one. */
        TEXT,
        /** An object with the seven fields of a contact, or a text that is one. */
        PERSON,
        /** An object of texts. */
        ATTRIBUTES,
        /** An object with the lead in it. */
        ENVELOPE,
        /** Anything; only that it is there counts. */
        MARK
    }

    static final int CONTACT_FIELDS = 7;
    static final LeadField[] ALL = values();

    /** The names in both casings, which nearly all that is read hits; the other spellings take the long way. */
    private static final Map<String, LeadField> BY_NAME = byName();

    final Kind kind;
    final String camelCase;

    @SuppressWarnings("ImmutableEnumChecker") // Jackson's only implementation never changes
    final SerializableString camel;

    @SuppressWarnings("ImmutableEnumChecker")
    final SerializableString pascal;

    final long bit = 1L << ordinal();

    LeadField(String name) {
        this(name, Kind.TEXT);
    }

    LeadField(String name, Kind kind) {
        this.kind = kind;
        this.camelCase = name;
        this.camel = new SerializedString(name);
        this.pascal = new SerializedString(Character.toUpperCase(name.charAt(0)) + name.substring(1));
    }

    /** The property of that name, ignoring case, or null. */
    static @Nullable LeadField named(String name) {
        LeadField exact = BY_NAME.get(name);
        return exact != null ? exact : namedInAnyCase(name);
    }

    private static @Nullable LeadField namedInAnyCase(String name) {
        for (LeadField field : ALL) {
            if (field.camelCase.equalsIgnoreCase(name)) {
                return field;
            }
        }
        return null;
    }

    private static Map<String, LeadField> byName() {
        Map<String, LeadField> names = new HashMap<>();
        for (LeadField field : values()) {
            names.put(field.camel.getValue(), field);
            names.put(field.pascal.getValue(), field);
        }
        return names;
    }

    SerializableString name(Casing casing) {
        return casing == Casing.PASCAL ? pascal : camel;
    }
}
