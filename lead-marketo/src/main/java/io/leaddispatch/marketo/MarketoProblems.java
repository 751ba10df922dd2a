package io.leaddispatch.marketo;

import static io.leaddispatch.Category.AUTH;
import static io.leaddispatch.Category.CONFIG;
import static io.leaddispatch.Category.INVALID_LEAD;
import static io.leaddispatch.Category.OUTCOME_UNKNOWN;
import static io.leaddispatch.Category.THROTTLED;
import static io.leaddispatch.Category.TRANSIENT;

import io.leaddispatch.ProblemType;
import java.util.List;

/** What can go wrong at Marketo. */
final class MarketoProblems {
    static final ProblemType CREDENTIALS = new ProblemType(
            "marketo.credentials",
            AUTH,
            "Marketo gives no token for this client id and secret",
            "Compare clientId and clientSecret with Admin, LaunchPoint, View Details of the service, and munchkinId with"
                    + " Admin, Munchkin. Has the service or its API-only user been deleted?");
    static final ProblemType TOKEN_REFUSED = new ProblemType(
            "marketo.token-refused",
            AUTH,
            "Marketo refuses a token that it has just given",
            "Check that clientId belongs to this munchkinId and that its API-only user is still active. It is tried again"
                    + " by itself.");
    static final ProblemType TOKEN_EXPIRING = new ProblemType(
            "marketo.token-expiring",
            THROTTLED,
            "the token that Marketo hands out is at its end",
            "Nothing: a new one is asked for in two seconds, after three in a row less often. If it stays like this, ask"
                    + " Adobe's support.");
    static final ProblemType TOKEN_UNAVAILABLE = new ProblemType(
            "marketo.token-unavailable",
            TRANSIENT,
            "Marketo gave no token",
            "It is tried again by itself. If it was given up, look at Adobe's status page and send the lead again.");
    static final ProblemType PERMISSION = new ProblemType(
            "marketo.permission",
            AUTH,
            "the API user may not do this",
            "Give its role Read-Write Lead under Access API (for the connection check also Read-Only Lead and Read-Only"
                    + " Assets), and look whether an IP allow-list keeps this machine out.");
    static final ProblemType REQUEST_REFUSED = new ProblemType(
            "marketo.request-refused",
            CONFIG,
            "Marketo refuses our calls as such",
            "Look the code up in Adobe's list of REST error codes: a feature or subscription type that is off, or a proxy"
                    + " that changes requests. If it is none of these, report a fault of this library.");
    static final ProblemType WRONG_ADDRESS = new ProblemType(
            "marketo.wrong-address",
            CONFIG,
            "there is no Marketo at this address",
            "Compare munchkinId or baseUrl with Admin, Web Services, REST API, Endpoint. Behind a proxy check that it lets"
                    + " *.mktorest.com pass.");
    static final ProblemType UNKNOWN_FIELD = new ProblemType(
            "marketo.unknown-field",
            CONFIG,
            "Marketo has no field of a name that is mapped",
            "Correct the name in the setting fields: Marketo wants the REST name of Admin, Field Management, Export Field"
                    + " Names; case matters. Or remove the field by mapping it to null.");
    static final ProblemType PARTITION_OR_LOOKUP = new ProblemType(
            "marketo.partition-or-lookup",
            CONFIG,
            "Marketo takes no leads with this partition or lookup field",
            "Correct partitionName (the API user's role must reach it) or lookupField.");
    static final ProblemType RATE = new ProblemType(
            "marketo.rate",
            THROTTLED,
            "there were too many calls in a short time, from all integrations together",
            "The destination pauses by itself. If that happens often, lower callsPerWindow: the limit is shared by all"
                    + " integrations and all processes.");
    static final ProblemType CONCURRENCY = new ProblemType(
            "marketo.concurrency",
            THROTTLED,
            "there were too many calls at once, from all integrations together",
            "The destination pauses and makes fewer calls at once by itself. If that happens often, lower concurrency.");
    static final ProblemType DAILY_QUOTA = new ProblemType(
            "marketo.daily-quota",
            THROTTLED,
            "the instance's calls of today are used up",
            "It goes on after the reset at midnight in Chicago. Find out which integration used them up, use mode leads,"
                    + " or buy more.");
    static final ProblemType DAILY_CAP = new ProblemType(
            "marketo.daily-cap",
            THROTTLED,
            "the calls of today that dailyCalls allows are used up",
            "It goes on after the reset at midnight in Chicago. Raise dailyCalls, or use mode leads.");
    static final ProblemType UNAVAILABLE = new ProblemType(
            "marketo.unavailable",
            TRANSIENT,
            "Marketo cannot do this now",
            "It is tried again by itself. If it was given up, look at Adobe's status page and send the lead again.");
    static final ProblemType UNREACHABLE = new ProblemType(
            "marketo.unreachable",
            TRANSIENT,
            "Marketo cannot be reached",
            "Check munchkinId or baseUrl, the network, the firewall and the proxy. If the lead was given up, send it again"
                    + " afterwards.");
    static final ProblemType NO_ANSWER = new ProblemType(
            "marketo.outcome-unknown",
            OUTCOME_UNKNOWN,
            "the lead was sent and what became of it is not known",
            "Look for the person in Marketo. Sending it again does no harm in mode leads; in mode form it may add a second"
                    + " form fill-out and start campaigns twice.");
    static final ProblemType CLIENT_UNFIT = new ProblemType(
            "marketo.client-unfit",
            CONFIG,
            "the HTTP client given by the host application follows redirects or has an Authenticator",
            "Build it with Redirect.NEVER and without an Authenticator: both may send credentials elsewhere or drop ours.");
    static final ProblemType REFUSED_LEAD = new ProblemType(
            "marketo.refused-lead",
            INVALID_LEAD,
            "Marketo refuses this lead",
            "Correct the value of the field named, or the mapping in the setting fields, and send the lead again. Adobe's"
                    + " list of REST error codes says what the code means.");
    static final ProblemType BAD_VALUE = new ProblemType(
            "marketo.bad-value",
            INVALID_LEAD,
            "Marketo refuses a value of this lead",
            "Correct the value of the field named, or its mapping in the setting fields, and send the lead again.");
    static final ProblemType SEVERAL_MATCHES = new ProblemType(
            "marketo.several-matches",
            INVALID_LEAD,
            "several people in Marketo have this lead's key",
            "Merge them in Marketo (Lead Database, Possible Duplicates) and send the lead again.");
    static final ProblemType COMPANY_FIXED = new ProblemType(
            "marketo.company-fixed",
            INVALID_LEAD,
            "Marketo does not change the company of a person whom it knows",
            "The lead goes once more without its company by itself. If it was refused all the same, other fields of the"
                    + " company are mapped: map them to null too, as in fields: {\"company\": null}, or use mode form.");
    static final ProblemType FORM_SKIPPED = new ProblemType(
            "marketo.form-skipped",
            INVALID_LEAD,
            "Marketo skipped the form submission",
            "Most often the form lacks a field that was sent. Add it to the form, hidden if need be, and approve the form;"
                    + " or list the fields that it has in formFields; or map the field to null. Then send the lead again."
                    + " The connection check names what is missing. A form made for the marketplace's own connector has"
                    + " its Lead Source as sourceSystemName: map that to {leadSource} and leadSource to null.");
    static final ProblemType FORM_SKIPS_LEADS = new ProblemType(
            "marketo.form-skips-leads",
            CONFIG,
            "Marketo skips one form submission after the other",
            "It is probably the form and not the leads: run the connection check, which names the fields that the form"
                    + " lacks. The leads skipped before were rejected; send them again. holdAfterSkips sets how many.");
    static final ProblemType FORM_LACKS_FIELDS = new ProblemType(
            "marketo.form-lacks-fields",
            CONFIG,
            "the form lacks fields that are mapped, so Marketo would skip every lead that has them",
            "Add them to the form, hidden if need be, and approve it; or list the fields that it has in formFields; or map"
                    + " those that it lacks to null in fields. A form made for the marketplace's own connector has its Lead"
                    + " Source as sourceSystemName: map that to {leadSource}.");
    static final ProblemType FORM_NOT_FOUND = new ProblemType(
            "marketo.form-not-found",
            CONFIG,
            "Marketo does not find this form, or does not show it",
            "Compare formId with the number after mktoForm_ in the form's embed code, and look whether the form is in a"
                    + " workspace that the API user sees.");
    static final ProblemType NO_KEY = new ProblemType(
            "marketo.no-key",
            INVALID_LEAD,
            "the lead has no value for the field by which Marketo tells people apart",
            "Give the lead an e-mail address, or with mode leads another lookupField that it has.");
    static final ProblemType EMAIL_NOT_ASCII = new ProblemType(
            "marketo.email-not-ascii",
            INVALID_LEAD,
            "Marketo takes e-mail addresses in ASCII only",
            "Correct the address, or write an international domain in its xn-- form, and send the lead again.");
    static final ProblemType TOO_LONG = new ProblemType(
            "marketo.too-long",
            INVALID_LEAD,
            "a value is longer than its field",
            "Shorten it, map it to a longer field, or set onTooLong to cut.");
    static final ProblemType TOO_LARGE = new ProblemType(
            "marketo.too-large",
            INVALID_LEAD,
            "the lead is larger than one call may be",
            "Map fewer or shorter values in the setting fields, and send the lead again.");
    static final ProblemType SAVE2_FORBIDDEN = new ProblemType(
            "marketo.save2-forbidden",
            CONFIG,
            "mode save2 posts to leadCapture/save2 from a program, which Adobe calls unsupported and forbids",
            "Use mode form, with clientId and clientSecret of a LaunchPoint service.");
    static final ProblemType SAVE2_REFUSED = new ProblemType(
            "marketo.save2-refused",
            CONFIG,
            "Marketo refuses the old form post",
            "Use mode form, with clientId and clientSecret of a LaunchPoint service: Marketo may demand a checksum that"
                    + " only browsers have.");
    static final ProblemType SAVE2_CAPTCHA = new ProblemType(
            "marketo.save2-captcha",
            CONFIG,
            "Marketo answers the old form post with a page for people",
            "Use mode form: Marketo takes the posts for spam.");
    static final ProblemType MUNCHKIN_ID_UNUSUAL = new ProblemType(
            "marketo.munchkin-id-unusual",
            CONFIG,
            "the Munchkin id does not look like one",
            "All that are known have the form 284-RPR-133. Compare it with Admin, Munchkin. It is used as it is.");

    static final List<ProblemType> ALL = List.of(
            CREDENTIALS,
            TOKEN_REFUSED,
            TOKEN_EXPIRING,
            TOKEN_UNAVAILABLE,
            PERMISSION,
            REQUEST_REFUSED,
            WRONG_ADDRESS,
            UNKNOWN_FIELD,
            PARTITION_OR_LOOKUP,
            RATE,
            CONCURRENCY,
            DAILY_QUOTA,
            DAILY_CAP,
            UNAVAILABLE,
            UNREACHABLE,
            NO_ANSWER,
            CLIENT_UNFIT,
            REFUSED_LEAD,
            BAD_VALUE,
            SEVERAL_MATCHES,
            COMPANY_FIXED,
            FORM_SKIPPED,
            FORM_SKIPS_LEADS,
            FORM_LACKS_FIELDS,
            FORM_NOT_FOUND,
            NO_KEY,
            EMAIL_NOT_ASCII,
            TOO_LONG,
            TOO_LARGE,
            SAVE2_FORBIDDEN,
            SAVE2_REFUSED,
            SAVE2_CAPTCHA,
            MUNCHKIN_ID_UNUSUAL);

    private MarketoProblems() {}
}
