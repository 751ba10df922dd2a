package io.leaddispatch.salesforce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a door names the fields that have rules of their own, and what it sends unless told otherwise.
 *
 * @param standard the default map, in the order of sending
 * @param doNotContact check boxes for customers who are not to be contacted
 * @param email never cut
 * @see <a href="https://help.salesforce.com/s/articleView?id=sf.setting_up_web-to-lead.htm">Salesforce help,
 *     Web-to-Lead</a>
 */
record FieldNames(
        Map<String, String> standard,
        String email,
        String leadSource,
        String country,
        String countryCode,
        String description,
        List<String> doNotContact) {

    /** The form's names, which are case-sensitive. */
    static final FieldNames WEB = new FieldNames(
            inOrder(
                    "first_name", "{firstName}",
                    "last_name", "{lastName}",
                    "email", "{email}",
                    "phone", "{phone}",
                    "company", "{company}",
                    "title", "{title}",
                    "country", "{country}",
                    "description", "{description}",
                    "lead_source", "{leadSource}"),
            "email",
            "lead_source",
            "country",
            "country_code",
            "description",
            List.of("doNotCall", "emailOptOut"));

    /** The API's names. */
    static FieldNames rest(List<String> doNotContact) {
        return new FieldNames(
                inOrder(
                        "FirstName", "{firstName}",
                        "LastName", "{lastName}",
                        "Email", "{email}",
                        "Phone", "{phone}",
                        "Company", "{company}",
                        "Title", "{title}",
                        "Country", "{country}",
                        "Description", "{description}",
                        "LeadSource", "{leadSource}"),
                "Email",
                "LeadSource",
                "Country",
                "CountryCode",
                "Description",
                doNotContact);
    }

    private static Map<String, String> inOrder(String... namesAndTexts) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            map.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return map;
    }
}
