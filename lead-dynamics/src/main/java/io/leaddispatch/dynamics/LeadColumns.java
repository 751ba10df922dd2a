package io.leaddispatch.dynamics;

import io.leaddispatch.spi.FieldLengths;
import io.leaddispatch.spi.OnTooLong;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The columns of the table {@code lead} that leads fill by default, and how long their texts may be there unless the
 * customer has changed that. Microsoft publishes no mapping of marketplace leads; this one is ours.
 *
 * @see <a href="https://learn.microsoft.com/dynamics365/developer/reference/entities/lead">lead table reference</a>
 */
final class LeadColumns {
    static final String SUBJECT = "subject";
    static final String LAST_NAME = "lastname";
    static final String EMAIL = "emailaddress1";
    static final String DESCRIPTION = "description";
    static final String SOURCE_CODE = "leadsourcecode";

    /** Lead Source = Web. */
    private static final int WEB = 8;

    /** True there means that the customer is not to be contacted in that way. */
    static final Set<String> DO_NOT_CONTACT = Set.of("donotemail", "donotphone", "donotbulkemail");

    static final Map<String, Object> STANDARD = standard();
    static final Map<String, Integer> LENGTHS = lengths();

    /** A part of these values is another value. */
    private static final Set<String> NEVER_CUT = Set.of(
            EMAIL,
            "emailaddress2",
            "emailaddress3",
            "telephone1",
            "telephone2",
            "telephone3",
            "mobilephone",
            "fax",
            "pager",
            "websiteurl");

    private LeadColumns() {}

    private static Map<String, Object> standard() {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put(SUBJECT, "{leadSource}");
        columns.put("firstname", "{firstName}");
        columns.put(LAST_NAME, "{lastName}");
        columns.put("companyname", "{company}");
        columns.put("jobtitle", "{title}");
        columns.put(EMAIL, "{email}");
        columns.put("telephone1", "{phone}");
        columns.put("address1_country", "{country}");
        columns.put(SOURCE_CODE, WEB);
        columns.put(DESCRIPTION, "{leadSource}");
        return columns;
    }

    private static Map<String, Integer> lengths() {
        Map<String, Integer> lengths = new LinkedHashMap<>();
        lengths.put(SUBJECT, 300);
        lengths.put(LAST_NAME, 50);
        lengths.put("firstname", 50);
        lengths.put("middlename", 50);
        lengths.put("salutation", 100);
        lengths.put("companyname", 100);
        lengths.put("jobtitle", 100);
        lengths.put(EMAIL, 100);
        lengths.put("emailaddress2", 100);
        lengths.put("emailaddress3", 100);
        lengths.put("telephone1", 50);
        lengths.put("telephone2", 50);
        lengths.put("telephone3", 50);
        lengths.put("mobilephone", 20);
        lengths.put("pager", 20);
        lengths.put("fax", 50);
        lengths.put("websiteurl", 200);
        lengths.put("address1_country", 80);
        lengths.put("address1_line1", 250);
        lengths.put("address1_line2", 250);
        lengths.put("address1_line3", 250);
        lengths.put("address1_city", 80);
        lengths.put("address1_stateorprovince", 50);
        lengths.put("address1_county", 50);
        lengths.put("address1_postalcode", 20);
        lengths.put("qualificationcomments", 2000);
        lengths.put(DESCRIPTION, 2000);
        return lengths;
    }

    /** Whether a cut value of this column would be another value. */
    static boolean isNeverCut(String column) {
        return NEVER_CUT.contains(column);
    }

    static FieldLengths lengths(Map<String, Integer> longest, OnTooLong rule) {
        return FieldLengths.of(longest, NEVER_CUT, rule);
    }
}
