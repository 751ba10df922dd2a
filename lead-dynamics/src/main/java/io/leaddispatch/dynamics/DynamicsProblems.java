package io.leaddispatch.dynamics;

import static io.leaddispatch.Category.AUTH;
import static io.leaddispatch.Category.CONFIG;
import static io.leaddispatch.Category.DUPLICATE;
import static io.leaddispatch.Category.INVALID_LEAD;
import static io.leaddispatch.Category.OUTCOME_UNKNOWN;
import static io.leaddispatch.Category.THROTTLED;
import static io.leaddispatch.Category.TRANSIENT;

import io.leaddispatch.ProblemType;
import java.util.List;
import java.util.stream.Stream;

/** What can go wrong at Dynamics itself, and on the way there. */
final class DynamicsProblems {
    private static final String ROLE = "the security role \"Microsoft Marketplace Lead Writer\"";

    static final ProblemType LEAD_ROLE_MISSING = new ProblemType(
            "dynamics.lead-role-missing",
            AUTH,
            "the user may not create leads, or not set one of their columns",
            "Give the application user (or the office365 user) " + ROLE
                    + ". If column security guards leadsourcecode, add"
                    + " the user to its profile, or take the column out with fields: {\"leadsourcecode\": null}.");
    static final ProblemType NO_ROLES = new ProblemType(
            "dynamics.no-roles",
            AUTH,
            "the user exists in Dynamics and has no security role",
            "Assign " + ROLE + " to the user.");
    static final ProblemType APPLICATION_USER_MISSING = new ProblemType(
            "dynamics.application-user-missing",
            AUTH,
            "the application has no user in this environment",
            "Create an Application User with this application id in this environment and give it " + ROLE + ".");
    static final ProblemType USER_DISABLED = new ProblemType(
            "dynamics.user-disabled",
            AUTH,
            "the user is disabled in Dynamics or has no business unit",
            "Enable the user and give it a business unit.");
    static final ProblemType SYSTEM_JOB_PRIVILEGE_MISSING = new ProblemType(
            "dynamics.system-job-privilege-missing",
            AUTH,
            "the role lacks the privilege on System Job that the marketplace's role needs",
            "In the role's Customization tab give System Job Read, Write and Append To at organization level.");
    static final ProblemType FORBIDDEN = new ProblemType(
            "dynamics.forbidden",
            AUTH,
            "Dynamics refuses access for a reason that is not known here",
            "Look up the code that it gave, and check the user's roles in this environment.");
    static final ProblemType TOKEN_REJECTED = new ProblemType(
            "dynamics.token-rejected",
            AUTH,
            "the sign-in works, and this environment refuses its token",
            "Check that instanceUrl belongs to the directory of directoryId, and that the environment is not disabled.");
    static final ProblemType TABLE_MISSING = new ProblemType(
            "dynamics.table-missing",
            CONFIG,
            "this environment has no lead table",
            "Install Dynamics 365 Sales in it, or correct instanceUrl.");
    static final ProblemType REFERENCE_MISSING = new ProblemType(
            "dynamics.reference-missing",
            CONFIG,
            "a record that the lead is to be linked to does not exist",
            "Check the ids in fields, such as that of a campaign.");
    static final ProblemType COLUMN_MISSING = new ProblemType(
            "dynamics.column-missing",
            CONFIG,
            "a column of the configuration does not exist in this environment",
            "Correct its name in fields: it is the logical name, and upper and lower case matter.");
    static final ProblemType LEAD_SOURCE_CODE_INVALID = new ProblemType(
            "dynamics.lead-source-code-invalid",
            CONFIG,
            "the number is not an option of Lead Source in this environment",
            "Correct leadsourcecode in fields, or leadSourceCodes, to an option's value, or take the column out with"
                    + " fields: {\"leadsourcecode\": null}.");
    static final ProblemType VALUE_TOO_LONG = new ProblemType(
            "dynamics.value-too-long",
            INVALID_LEAD,
            "a value is longer than its column",
            "Shorten it, or raise the column's limit; lead verify then reads the limits anew.");
    static final ProblemType LEAD_INVALID = new ProblemType(
            "dynamics.lead-invalid",
            INVALID_LEAD,
            "Dynamics refuses this lead",
            "Look up the code that it gave. A column may be required that fields does not fill.");
    static final ProblemType LEAD_TOO_LARGE = new ProblemType(
            "dynamics.lead-too-large",
            INVALID_LEAD,
            "Dynamics says that the request is too large",
            "A smaller request is tried by itself. If a single lead is refused, shorten its description.");
    static final ProblemType CUSTOMER_LOGIC = new ProblemType(
            "dynamics.customer-logic",
            INVALID_LEAD,
            "a plug-in or flow of this environment refuses the lead",
            "Ask who maintains the plug-in what the lead must have.");
    static final ProblemType LEAD_DUPLICATE = new ProblemType(
            "dynamics.lead-duplicate",
            DUPLICATE,
            "a duplicate rule or alternate key of this environment found an existing record",
            "Nothing, if that is as it should be. Set onDuplicateRule to delivered to count such leads as delivered.");
    static final ProblemType BATCH_REFUSED = new ProblemType(
            "dynamics.batch-refused",
            INVALID_LEAD,
            "the leads were refused together because of at least one of them, and none was written",
            "They go out again by themselves, each with an answer of its own.");
    static final ProblemType WAY_UNAVAILABLE = new ProblemType(
            "dynamics.way-unavailable",
            TRANSIENT,
            "this environment does not take leads in the way that writeMode names, and none was written",
            "They go out again by themselves in a simpler way. Set writeMode to batch or single to spare the attempt.");
    static final ProblemType THROTTLED_BY_SERVICE = new ProblemType(
            "dynamics.throttled",
            THROTTLED,
            "a service protection limit of Dynamics is reached",
            "The destination pauses by itself. If that happens often, lower concurrency, or find the other programs that"
                    + " use the same user.");
    static final ProblemType UNAVAILABLE = new ProblemType(
            "dynamics.unavailable",
            TRANSIENT,
            "Dynamics or its database is not available and has written nothing",
            "It is tried again by itself.");
    static final ProblemType SERVER_ERROR = new ProblemType(
            "dynamics.server-error",
            OUTCOME_UNKNOWN,
            "Dynamics has an error of its own, and does not say whether the lead was written",
            "It is tried again by itself under the same id. If it was given up, look for the lead before sending it again.");
    static final ProblemType NO_ANSWER = new ProblemType(
            "dynamics.no-answer",
            OUTCOME_UNKNOWN,
            "the lead was sent and the answer was lost or cannot be read",
            "It is tried again by itself under the same id. If it was given up, look for the lead before sending it again.");
    static final ProblemType TIMEOUT = new ProblemType(
            "dynamics.timeout",
            OUTCOME_UNKNOWN,
            "Dynamics did not answer in time",
            "Check that instanceUrl is a Dynamics 365 instance that can be reached from here. If it is only slow, raise"
                    + " timeout. The lead is tried again by itself under the same id.");
    static final ProblemType UNREACHABLE = new ProblemType(
            "dynamics.unreachable",
            TRANSIENT,
            "Dynamics cannot be reached",
            "Check that instanceUrl is a Dynamics 365 instance, and the network, the firewall and the proxy.");
    static final ProblemType TLS = new ProblemType(
            "dynamics.tls",
            TRANSIENT,
            "the server shows no certificate that we trust",
            "Check instanceUrl. If a proxy of yours opens TLS, set caFile to its authority.");
    static final ProblemType HOST_UNKNOWN = new ProblemType(
            "dynamics.host-unknown",
            TRANSIENT,
            "the host of the Dynamics URL has no address",
            "Compare instanceUrl with the address in the browser, such as https://contoso.crm4.dynamics.com.");
    static final ProblemType WRONG_ADDRESS = new ProblemType(
            "dynamics.wrong-address",
            CONFIG,
            "the host name or the certificate has failed for several requests in a row",
            "Compare instanceUrl with the address in the browser, such as https://contoso.crm4.dynamics.com, and check"
                    + " network and proxy.");
    static final ProblemType NOT_DATAVERSE = new ProblemType(
            "dynamics.not-dataverse",
            CONFIG,
            "what answers at the Dynamics URL is not the Web API of a Dynamics environment",
            "Compare instanceUrl with the address in the browser, such as https://contoso.crm4.dynamics.com; a login page"
                    + " or a proxy may have answered.");
    static final ProblemType TEST_LEAD_LOST = new ProblemType(
            "dynamics.test-lead-lost",
            CONFIG,
            "the test lead was accepted and is not there",
            "Look for a plug-in or flow that removes or moves new leads, and for another lead with the test lead's name.");
    static final ProblemType CLIENT_UNFIT = new ProblemType(
            "dynamics.client-unfit",
            CONFIG,
            "the HTTP client given by the host application follows redirects or has an Authenticator",
            "Build it with Redirect.NEVER and without an Authenticator: the one sends credentials elsewhere, the other"
                    + " drops ours.");

    static final ProblemType SETTINGS_DOUBTFUL = new ProblemType(
            "dynamics.settings-doubtful",
            CONFIG,
            "the settings can be used, and may soon not do what they are meant to",
            "Change what the line names, before leads depend on it.");

    static final List<ProblemType> ALL = Stream.concat(
                    SignInProblems.ALL.stream(),
                    Stream.of(
                            LEAD_ROLE_MISSING,
                            NO_ROLES,
                            APPLICATION_USER_MISSING,
                            USER_DISABLED,
                            SYSTEM_JOB_PRIVILEGE_MISSING,
                            FORBIDDEN,
                            TOKEN_REJECTED,
                            TABLE_MISSING,
                            REFERENCE_MISSING,
                            COLUMN_MISSING,
                            LEAD_SOURCE_CODE_INVALID,
                            VALUE_TOO_LONG,
                            LEAD_INVALID,
                            LEAD_TOO_LARGE,
                            CUSTOMER_LOGIC,
                            LEAD_DUPLICATE,
                            BATCH_REFUSED,
                            WAY_UNAVAILABLE,
                            THROTTLED_BY_SERVICE,
                            UNAVAILABLE,
                            SERVER_ERROR,
                            NO_ANSWER,
                            TIMEOUT,
                            UNREACHABLE,
                            TLS,
                            HOST_UNKNOWN,
                            WRONG_ADDRESS,
                            NOT_DATAVERSE,
                            TEST_LEAD_LOST,
                            CLIENT_UNFIT,
                            SETTINGS_DOUBTFUL))
            .toList();

    private DynamicsProblems() {}
}
