package io.leaddispatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A customer's interest: who, from which offer, by which action.
 *
 * <p>Immutable; safe for use by many threads. Two leads are equal if all they carry is equal; {@link #notes()} does not
 * count. {@link #toString()} names fields and never a value.
 */
public final class Lead {
    private final LeadId id;
    private final Contact contact;
    private final LeadSource source;
    private final @Nullable String offerTitle;
    private final @Nullable String description;
    private final @Nullable Instant createdAt;
    private final Map<String, String> attributes;
    private final List<String> notes;

    private Lead(LeadId id, Contact contact, LeadSource source, Builder rest, List<String> notes) {
        this.id = id;
        this.contact = contact;
        this.source = source;
        this.offerTitle = rest.offerTitle;
        this.description = rest.description;
        this.createdAt = rest.createdAt;
        this.attributes = Collections.unmodifiableMap(new TreeMap<>(rest.attributes));
        this.notes = List.copyOf(notes);
    }

    /** A lead with nothing in it yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** The stable key, given or derived from the content. */
    public LeadId id() {
        return id;
    }

    /** Who it is. */
    public Contact contact() {
        return contact;
    }

    /** Where it comes from. */
    public LeadSource source() {
        return source;
    }

    /** The offer's display name, or null. A name, not an id. */
    public @Nullable String offerTitle() {
        return offerTitle;
    }

    /** The customer's own words or campaign data, or null. */
    public @Nullable String description() {
        return description;
    }

    /** When the lead came about, or null: a time is never invented. */
    public @Nullable Instant createdAt() {
        return createdAt;
    }

    /** The host's own attributes by name; unmodifiable, maybe empty. */
    public Map<String, String> attributes() {
        return attributes;
    }

    /** What was changed in the input to make it a lead, by field name; unmodifiable, mostly empty. */
    public List<String> notes() {
        return notes;
    }

    /** Whether the customer is not to be contacted ({@link Action#DNC}). */
    public boolean doNotContact() {
        return Action.DNC.equals(source.action());
    }

    /** Whether this is a test lead of the marketplace ({@code MSFT_TEST_} and 18 digits in a field). */
    public boolean isTest() {
        return TestLead.isTest(this);
    }

    /** A builder that holds all of this lead, its id included. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.id = id;
        builder.contact(contact);
        builder.source = source;
        builder.offerTitle = offerTitle;
        builder.description = description;
        builder.createdAt = createdAt;
        builder.attributes.putAll(attributes);
        return builder;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lead that
                && id.equals(that.id)
                && contact.equals(that.contact)
                && source.equals(that.source)
                && Objects.equals(offerTitle, that.offerTitle)
                && Objects.equals(description, that.description)
                && Objects.equals(createdAt, that.createdAt)
                && attributes.equals(that.attributes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, contact, source, offerTitle, description, createdAt, attributes);
    }

    /** The id and the names of the fields that are there, never a value. */
    @Override
    public String toString() {
        List<String> fields = new ArrayList<>(contact.present().keySet());
        if (!source.equals(LeadSource.NONE)) {
            fields.add("source");
        }
        if (offerTitle != null) {
            fields.add("offerTitle");
        }
        if (description != null) {
            fields.add("description");
        }
        if (createdAt != null) {
            fields.add("createdAt");
        }
        if (!attributes.isEmpty()) {
            fields.add(attributes.size() + " attributes");
        }
        return "Lead[id=" + id + ", fields=" + fields + "]";
    }

    /**
     * Collects the parts of a lead. Not safe for use by many threads. Null and blank texts count as absent; control
     * characters other than tabs and line breaks become a blank, half a surrogate pair becomes U+FFFD, and a note says
     * so.
     */
    public static final class Builder {
        @Nullable LeadId id;

        LeadSource source = LeadSource.NONE;

        @Nullable String firstName;

        @Nullable String lastName;

        @Nullable String email;

        @Nullable String phone;

        @Nullable String country;

        @Nullable String company;

        @Nullable String title;

        @Nullable String offerTitle;

        @Nullable String description;

        @Nullable Instant createdAt;

        final Map<String, String> attributes = new TreeMap<>();

        private Builder() {}

        /** The stable key; without one it is derived from the content. */
        public Builder id(@Nullable LeadId newId) {
            id = newId;
            return this;
        }

        /** As {@link #id(LeadId)}. */
        public Builder id(String newId) {
            return id(LeadId.of(newId));
        }

        /** Given name, up to {@value LeadRules#CONTACT_LENGTH} characters. */
        public Builder firstName(@Nullable String value) {
            firstName = value;
            return this;
        }

        /** Family name, up to {@value LeadRules#CONTACT_LENGTH} characters. */
        public Builder lastName(@Nullable String value) {
            lastName = value;
            return this;
        }

        /** E-mail address, up to {@value LeadRules#EMAIL_LENGTH} characters, with a name, an {@code @} and a domain. */
        public Builder email(@Nullable String value) {
            email = value;
            return this;
        }

        /** Telephone number, up to {@value LeadRules#CONTACT_LENGTH} characters. */
        public Builder phone(@Nullable String value) {
            phone = value;
            return this;
        }

        /** Country, free text up to {@value LeadRules#CONTACT_LENGTH} characters. */
        public Builder country(@Nullable String value) {
            country = value;
            return this;
        }

        /** Company, up to {@value LeadRules#CONTACT_LENGTH} characters. */
        public Builder company(@Nullable String value) {
            company = value;
            return this;
        }

        /** Job title, up to {@value LeadRules#CONTACT_LENGTH} characters. */
        public Builder title(@Nullable String value) {
            title = value;
            return this;
        }

        /** All seven fields at once. */
        public Builder contact(Contact contact) {
            return firstName(contact.firstName())
                    .lastName(contact.lastName())
                    .email(contact.email())
                    .phone(contact.phone())
                    .country(contact.country())
                    .company(contact.company())
                    .title(contact.title());
        }

        /** Where the lead comes from; at most {@value LeadSource#MAX_LENGTH} characters when written out. */
        public Builder source(LeadSource value) {
            source = Objects.requireNonNull(value, "source");
            return this;
        }

        /** As {@link LeadSource#parseLenient}. */
        public Builder source(@Nullable String text) {
            return source(LeadSource.parseLenient(text));
        }

        /** The offer's display name, up to {@value LeadRules#OFFER_TITLE_LENGTH} characters. */
        public Builder offerTitle(@Nullable String value) {
            offerTitle = value;
            return this;
        }

        /** The customer's words or campaign data, up to {@value LeadRules#DESCRIPTION_LENGTH} characters. */
        public Builder description(@Nullable String value) {
            description = value;
            return this;
        }

        /** When the lead came about, if that is known. */
        public Builder createdAt(@Nullable Instant value) {
            createdAt = value;
            return this;
        }

        /**
         * One of at most {@value LeadRules#ATTRIBUTES} attributes of the host's own.
         *
         * @param name up to {@value LeadRules#ATTRIBUTE_NAME_LENGTH} characters, not blank
         * @param value up to {@value LeadRules#ATTRIBUTE_LENGTH} characters; a blank one stays away
         */
        public Builder attribute(String name, @Nullable String value) {
            Objects.requireNonNull(name, "name");
            if (value == null) {
                attributes.remove(name);
            } else {
                attributes.put(name, value);
            }
            return this;
        }

        /**
         * The lead.
         *
         * @throws InvalidLeadException with all faults at once: nobody to reach, an impossible e-mail address, a field
         *     that is too long
         */
        public Lead build() {
            LeadRules rules = new LeadRules();
            Contact contact = new Contact(
                    rules.contact("firstName", firstName),
                    rules.contact("lastName", lastName),
                    rules.email(email),
                    rules.contact("phone", phone),
                    rules.contact("country", country),
                    rules.contact("company", company),
                    rules.contact("title", title));
            rules.someone(contact);
            LeadSource from = rules.source(source);
            Builder clean = new Builder();
            clean.offerTitle = rules.text("offerTitle", offerTitle, LeadRules.OFFER_TITLE_LENGTH);
            clean.description = rules.text("description", description, LeadRules.DESCRIPTION_LENGTH);
            clean.createdAt = createdAt;
            clean.attributes.putAll(rules.attributes(attributes));
            rules.throwIfBroken();
            LeadId key = id != null ? id : DerivedLeadId.of(clean, contact, from);
            return new Lead(key, contact, from, clean, rules.notes());
        }
    }
}
