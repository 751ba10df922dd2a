package io.leaddispatch.testkit.salesforce;

import java.util.List;

/**
 * A field of the simulated org's Lead. Immutable.
 *
 * @param name the API's name
 * @param type the API's word for its type: string, textarea, email, phone, url, picklist, boolean, double, datetime, ...
 * @param length most UTF-16 units of its text; 0 where it has none
 * @param required whether a new record needs it
 * @param writable whether the integration user may set it
 * @param values the values of a picklist
 * @param restricted whether the picklist takes no others
 * @param externalId whether upsert may use it
 * @param unique whether no two records may have the same value
 */
public record OrgField(
        String name,
        String type,
        int length,
        boolean required,
        boolean writable,
        List<String> values,
        boolean restricted,
        boolean externalId,
        boolean unique) {

    /** Copies the list. */
    public OrgField {
        values = List.copyOf(values);
    }

    /** An optional field that can be written. */
    public static OrgField of(String name, String type, int length) {
        return new OrgField(name, type, length, false, true, List.of(), false, false, false);
    }

    /** A picklist that takes these values only. */
    public static OrgField restricted(String name, String... values) {
        return new OrgField(name, "picklist", 255, false, true, List.of(values), true, false, false);
    }

    /** A unique external id. */
    public static OrgField externalId(String name, int length) {
        return new OrgField(name, "string", length, false, true, List.of(), false, true, true);
    }

    /** This field, which a new record needs. */
    public OrgField asRequired() {
        return new OrgField(name, type, length, true, writable, values, restricted, externalId, unique);
    }

    /** This field, which the integration user may not set. */
    public OrgField asReadOnly() {
        return new OrgField(name, type, length, required, false, values, restricted, externalId, unique);
    }

    /** This field, whose value several records may have. */
    public OrgField notUnique() {
        return new OrgField(name, type, length, required, writable, values, restricted, externalId, false);
    }

    /** [2 recorded] The standard fields of Lead that leads use, as an org describes them. */
    static List<OrgField> standard() {
        return List.of(
                of("FirstName", "string", 40),
                of("LastName", "string", 80).asRequired(),
                of("Company", "string", 255).asRequired(),
                of("Title", "string", 128),
                of("Email", "email", 80),
                of("Phone", "phone", 40),
                of("MobilePhone", "phone", 40),
                of("Fax", "phone", 40),
                of("Website", "url", 255),
                of("Street", "textarea", 255),
                of("City", "string", 40),
                of("State", "string", 80),
                of("PostalCode", "string", 20),
                of("Country", "string", 80),
                of("Description", "textarea", 32_000),
                // [1.7 recorded] not restricted; [2 recorded] 40 characters
                new OrgField("LeadSource", "picklist", 40, false, true, List.of("Web", "Other"), false, false, false),
                of("Industry", "picklist", 40),
                of("Status", "picklist", 40),
                of("Salutation", "picklist", 40),
                of("Rating", "picklist", 40),
                of("AnnualRevenue", "currency", 0),
                of("NumberOfEmployees", "int", 0),
                of("DoNotCall", "boolean", 0),
                of("HasOptedOutOfEmail", "boolean", 0));
    }
}
