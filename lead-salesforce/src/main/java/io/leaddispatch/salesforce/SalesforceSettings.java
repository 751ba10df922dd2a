package io.leaddispatch.salesforce;

import io.leaddispatch.http.HttpSettings;
import io.leaddispatch.spi.FieldLengths;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.OnTooLong;
import io.leaddispatch.spi.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The keys that both modes share, and those of Web-to-Lead. {@link RestSettings} has the others. */
final class SalesforceSettings {
    /** By which of the two doors leads go in. */
    enum Mode {
        WEB_TO_LEAD,
        REST
    }

    /** Whose servlet takes the forms. */
    enum Environment {
        PRODUCTION,
        SANDBOX
    }

    /** What is sent as lead source. */
    enum LeadSourceRule {
        AS_IS,
        FIXED,
        TABLE,
        OMIT
    }

    /** How the country is sent. */
    enum CountryRule {
        AS_IS,
        NAME,
        CODE,
        OMIT
    }

    static final Setting<Mode> MODE = Setting.choice("mode", Mode.class)
            .doc(
                    "By which door: web-to-lead, as the marketplace does it, or rest. May be left out where objectIdentifier"
                            + " is given and nothing that only rest needs.");
    static final Setting<OnTooLong> ON_TOO_LONG = FieldLengths.onTooLong(OnTooLong.CUT);
    static final Setting<LeadSourceRule> LEAD_SOURCE = Setting.choice("leadSource", LeadSourceRule.class)
            .or(LeadSourceRule.AS_IS)
            .doc("What goes into Lead Source: the text Source-Action|Offer as it is, a fixed value, one from"
                    + " leadSourceTable, or nothing. What is not sent as it is stands in the description.");
    static final Setting<String> LEAD_SOURCE_VALUE = Setting.text("leadSourceValue")
            .requiredWhen(LEAD_SOURCE, LeadSourceRule.FIXED)
            .doc("The fixed value, or the one for sources that the table does not name.");
    static final Setting<Map<String, Object>> LEAD_SOURCE_TABLE = Setting.map("leadSourceTable")
            .requiredWhen(LEAD_SOURCE, LeadSourceRule.TABLE)
            .doc(
                    "From Source-Action|Offer, Source-Action or Source, the longest that fits, ignoring case, to a value.");
    static final Setting<Integer> LEAD_SOURCE_LENGTH = Setting.number("leadSourceLength", 1, 255)
            .doc("Most characters of Lead Source. Without it 40 in Web-to-Lead, and what the org says over REST.");
    static final Setting<CountryRule> COUNTRY = Setting.choice("country", CountryRule.class)
            .or(CountryRule.AS_IS)
            .doc(
                    "How the country is sent: as-is, its English name, its ISO code (as country_code, for orgs with state and"
                            + " country picklists), or omit. What is not sent as it is stands in the description.");
    static final Setting<Boolean> LEAD_ID_IN_DESCRIPTION = Setting.flag("leadIdInDescription")
            .doc("Whether the description ends with the lead's id, so that a double can be found. Without it true in"
                    + " Web-to-Lead, which keeps no key, and false over REST.");

    static final Setting<String> ORGANIZATION = Setting.text("objectIdentifier")
            .alias("organizationId", "oid")
            .doc("The organization's id, 15 or 18 characters that begin with 00D: the value of oid in the generated"
                    + " form. Needed for web-to-lead.");
    static final Setting<Environment> ENVIRONMENT = Setting.choice("environment", Environment.class)
            .or(Environment.PRODUCTION)
            .doc("Whose servlet takes the form.");
    static final Setting<URI> WEB_TO_LEAD_URL =
            Setting.uri("webToLeadUrl").doc("The servlet's address instead of the environment's, without a query.");
    static final Setting<Boolean> SEND_ORG_ID = Setting.flag("orgIdInUrl")
            .or(true)
            .doc("Whether the address also says orgId, as forms generated today do.");
    static final Setting<List<String>> MULTI_SELECT_FIELDS = Setting.list("multiSelectFields")
            .or(List.of())
            .doc("Form fields with several values: each part between semicolons is sent on its own.");
    static final Setting<String> DEBUG_EMAIL = Setting.text(
                    "debugEmail", "an e-mail address", text -> text.matches("[^@\\s]+@[^@\\s]+"))
            .doc("An address to which Salesforce mails what became of every form. For looking into trouble: the mails"
                    + " hold the leads.");
    static final Setting<Integer> DAILY_LIMIT = Setting.number("dailyLimit", 1, 1_000_000)
            .or(500)
            .doc("Web leads that the org takes in 24 hours; a warning comes at 80 % and at the limit.");
    static final Setting<Duration> TIMEOUT = Setting.duration("timeout")
            .doc("The longest one call may take, log-in included; 30s in Web-to-Lead and 120s over REST unless set.");
    static final Setting<Integer> CONCURRENCY =
            Setting.number("concurrency", 1, 64).or(4).doc("The most calls at once.");

    private static final List<Setting<?>> SHARED = List.of(
            MODE,
            FieldMapping.FIELDS,
            ON_TOO_LONG,
            LEAD_SOURCE,
            LEAD_SOURCE_VALUE,
            LEAD_SOURCE_TABLE,
            LEAD_SOURCE_LENGTH,
            COUNTRY,
            LEAD_ID_IN_DESCRIPTION,
            TIMEOUT,
            CONCURRENCY);
    private static final List<Setting<?>> WEB = List.of(
            ORGANIZATION, ENVIRONMENT, WEB_TO_LEAD_URL, SEND_ORG_ID, MULTI_SELECT_FIELDS, DEBUG_EMAIL, DAILY_LIMIT);
    static final List<Setting<?>> ALL = all();

    private SalesforceSettings() {}

    private static List<Setting<?>> all() {
        List<Setting<?>> all = new ArrayList<>(SHARED);
        all.addAll(WEB);
        all.addAll(RestSettings.ALL);
        all.addAll(HttpSettings.ALL);
        return List.copyOf(all);
    }
}
