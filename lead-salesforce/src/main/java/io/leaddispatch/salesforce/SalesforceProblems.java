package io.leaddispatch.salesforce;

import static io.leaddispatch.Category.AUTH;
import static io.leaddispatch.Category.CONFIG;
import static io.leaddispatch.Category.DUPLICATE;
import static io.leaddispatch.Category.INVALID_LEAD;
import static io.leaddispatch.Category.OUTCOME_UNKNOWN;
import static io.leaddispatch.Category.THROTTLED;
import static io.leaddispatch.Category.TRANSIENT;

import io.leaddispatch.ProblemType;
import java.util.ArrayList;
import java.util.List;

/** What can go wrong with leads at Salesforce; {@link LoginProblems} has what can go wrong before. */
final class SalesforceProblems {
    static final ProblemType WEB_REFUSED = new ProblemType(
            "salesforce.web-refused",
            CONFIG,
            "Salesforce refuses the form as a whole",
            "Enable Web-to-Lead and set a Default Lead Creator in Setup > Web-to-Lead, and compare objectIdentifier with"
                    + " the oid of the generated HTML.");
    static final ProblemType WEB_UNCLEAR = new ProblemType(
            "salesforce.web-unclear",
            OUTCOME_UNKNOWN,
            "Salesforce answered the form in a way that says neither yes nor no",
            "Look in Salesforce for the lead id, which stands in the description, before sending the lead again.");
    static final ProblemType WEB_ADDRESS = new ProblemType(
            "salesforce.web-address",
            CONFIG,
            "the address does not take Web-to-Lead forms",
            "Take webToLeadUrl out and set environment, or correct it. Redirects are not followed: they lose the lead.");
    static final ProblemType WEB_LIMIT = new ProblemType(
            "salesforce.web-limit",
            THROTTLED,
            "the web leads of the last 24 hours come near the org's limit or have passed it",
            "More than 500 web leads in 24 h: Salesforce queues them; ask for a higher limit or use REST mode.");
    static final ProblemType TOO_LONG = new ProblemType(
            "salesforce.too-long",
            INVALID_LEAD,
            "a value is longer than its field and may not be cut",
            "Shorten the named field in the lead, or set onTooLong to cut; e-mail addresses and keys are never cut.");
    static final ProblemType REQUIRED_FIELD = new ProblemType(
            "salesforce.required-field",
            INVALID_LEAD,
            "a field that the org demands has no value",
            "Map the named field under fields, with a fixed value if the leads have none, or make it optional in the org.");
    static final ProblemType PICKLIST = new ProblemType(
            "salesforce.picklist",
            INVALID_LEAD,
            "a restricted picklist does not have the value",
            "Add the value to the picklist, make it unrestricted, or map another value. For Lead Source set leadSource to"
                    + " fixed, table or omit; the original text is kept in the description. For the country set country.");
    static final ProblemType REFUSED_LEAD = new ProblemType(
            "salesforce.refused-lead",
            INVALID_LEAD,
            "Salesforce refuses this lead",
            "Look at the code and the field it names: a validation rule, a flow, a trigger or the value's own form refused"
                    + " it. Correct the lead or relax the rule for the integration user, then send it again.");
    static final ProblemType DUPLICATE_LEAD = new ProblemType(
            "salesforce.duplicate",
            DUPLICATE,
            "a duplicate rule or a unique field of the org refuses this lead",
            "The matching records are in the report. To let such leads in set the rule to Allow, with"
                    + " duplicateAllowSave for rules that alert; to count them as delivered set onDuplicateRule.");
    static final ProblemType NOT_PERMITTED = new ProblemType(
            "salesforce.not-permitted",
            AUTH,
            "the integration user may not do this",
            "Give it, by a permission set: API access, create and edit on Lead, and edit on every mapped field (field-level"
                    + " security).");
    static final ProblemType SESSION_REFUSED = new ProblemType(
            "salesforce.session-refused",
            AUTH,
            "Salesforce refuses the session although we have just logged in, or says that a new one will not help",
            "Check that the integration user is active, has API access, and that the app is allowed for it and its IP"
                    + " range.");
    static final ProblemType MAPPING = new ProblemType(
            "salesforce.mapping",
            CONFIG,
            "the org's Lead does not have a mapped field, or it cannot be written",
            "Create the named field, give the integration user edit access to it (field-level security), or take it out of"
                    + " fields with null.");
    static final ProblemType LEAD_FIELDS = new ProblemType(
            "salesforce.lead-fields",
            CONFIG,
            "the org's Lead takes less than leads may bring",
            "Leads go out all the same. Lengthen the named fields, make the external id unique, open the picklists, or map"
                    + " shorter or other values under fields and leadSource.");
    static final ProblemType EXTERNAL_ID = new ProblemType(
            "salesforce.external-id",
            CONFIG,
            "the org's Lead has no usable external id field of that name",
            "Create it as text of 128 characters with External ID and Unique set, give the integration user edit access,"
                    + " and name it in externalIdField.");
    static final ProblemType API_VERSION = new ProblemType(
            "salesforce.api-version",
            CONFIG,
            "Salesforce does not serve this version of its API",
            "Set apiVersion to one that the org lists at /services/data.");
    static final ProblemType ASSIGNMENT = new ProblemType(
            "salesforce.assignment",
            CONFIG,
            "the assignment rule or the owner it names is not usable",
            "Correct assignmentRule, or the rule and its owners in the org.");
    static final ProblemType REFUSED_CALL = new ProblemType(
            "salesforce.refused-call",
            CONFIG,
            "Salesforce refuses the call as a whole",
            "Look at the code: it names what of the org or of this configuration does not fit.");
    static final ProblemType STORAGE = new ProblemType(
            "salesforce.storage",
            CONFIG,
            "the org's storage is full",
            "Free storage or buy more (Setup > Storage Usage).");
    static final ProblemType QUOTA = new ProblemType(
            "salesforce.quota",
            THROTTLED,
            "the org's quota of API calls is used up",
            "Leads wait and go out by themselves when calls are free again. See who else uses calls (Setup > System"
                    + " Overview), raise batch, or buy more.");
    static final ProblemType THROTTLED_BY_ORG = new ProblemType(
            "salesforce.throttled",
            THROTTLED,
            "the org has too many calls at once",
            "The destination pauses by itself. If that happens often, lower concurrency.");
    static final ProblemType BUSY = new ProblemType(
            "salesforce.busy",
            TRANSIENT,
            "Salesforce could not take this lead now",
            "It is tried again by itself. If it was given up, look at the code, and send the lead again.");
    static final ProblemType SERVER_ERROR = new ProblemType(
            "salesforce.server-error",
            OUTCOME_UNKNOWN,
            "Salesforce broke off while it worked on the leads",
            "With upsert they are sent again by themselves and cannot double. Otherwise look for them in the org before"
                    + " sending them again.");
    static final ProblemType NO_ANSWER = new ProblemType(
            "salesforce.no-answer",
            OUTCOME_UNKNOWN,
            "the leads were sent and no complete answer came that could be read",
            "With upsert they are sent again by themselves and cannot double. Otherwise look for them in the org before"
                    + " sending them again.");
    static final ProblemType UNREACHABLE = new ProblemType(
            "salesforce.unreachable",
            TRANSIENT,
            "Salesforce cannot be reached",
            "Check the host name, the network, the firewall and the proxy. If the lead was given up, send it again"
                    + " afterwards.");
    static final ProblemType WRONG_HOST = new ProblemType(
            "salesforce.wrong-host",
            CONFIG,
            "no server of Salesforce serves this org under that address",
            "Compare loginUrl and instanceUrl with Setup > My Domain.");
    static final ProblemType CLIENT_UNFIT = new ProblemType(
            "salesforce.client-unfit",
            CONFIG,
            "the HTTP client given by the host application follows redirects or has an Authenticator",
            "Build it with Redirect.NEVER and without an Authenticator: the one turns a POST into a GET and loses leads,"
                    + " the other drops our credentials.");

    static final List<ProblemType> ALL = all();

    private SalesforceProblems() {}

    private static List<ProblemType> all() {
        List<ProblemType> all = new ArrayList<>(List.of(
                WEB_REFUSED,
                WEB_UNCLEAR,
                WEB_ADDRESS,
                WEB_LIMIT,
                TOO_LONG,
                REQUIRED_FIELD,
                PICKLIST,
                REFUSED_LEAD,
                DUPLICATE_LEAD,
                NOT_PERMITTED,
                SESSION_REFUSED,
                MAPPING,
                LEAD_FIELDS,
                EXTERNAL_ID,
                API_VERSION,
                ASSIGNMENT,
                REFUSED_CALL,
                STORAGE,
                QUOTA,
                THROTTLED_BY_ORG,
                BUSY,
                SERVER_ERROR,
                NO_ANSWER,
                UNREACHABLE,
                WRONG_HOST,
                CLIENT_UNFIT));
        all.addAll(LoginProblems.ALL);
        return List.copyOf(all);
    }
}
