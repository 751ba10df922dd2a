package io.leaddispatch.azuretable;

import static io.leaddispatch.Category.AUTH;
import static io.leaddispatch.Category.CONFIG;
import static io.leaddispatch.Category.INTERNAL;
import static io.leaddispatch.Category.INVALID_LEAD;
import static io.leaddispatch.Category.OUTCOME_UNKNOWN;
import static io.leaddispatch.Category.POLICY;
import static io.leaddispatch.Category.THROTTLED;
import static io.leaddispatch.Category.TRANSIENT;

import io.leaddispatch.ProblemType;
import java.util.List;

/** What can go wrong with a table. */
final class AzureTableProblems {
    static final ProblemType UNAUTHORIZED = new ProblemType(
            "azure-table.unauthorized",
            AUTH,
            "the storage account refuses our key or signature",
            "Copy the connection string again from the storage account's page \"Access keys\"; a shared access signature"
                    + " may have expired. If it is right, check this machine's clock: 15 minutes off is refused too.");
    static final ProblemType FORBIDDEN = new ProblemType(
            "azure-table.forbidden",
            AUTH,
            "the storage account does not permit what was asked",
            "Check that the key is the account's own, that the shared access signature allows the table service to query"
                    + " and add (and to create, if the table is missing), that the account's firewall lets this machine in, and"
                    + " that this machine's clock is right.");
    static final ProblemType ACCOUNT_DISABLED = new ProblemType(
            "azure-table.account-disabled",
            CONFIG,
            "the storage account is disabled",
            "Enable the storage account or its subscription in the Azure portal, or use another account.");
    static final ProblemType TABLE_MISSING = new ProblemType(
            "azure-table.table-missing",
            CONFIG,
            "the table is not there and was not made",
            "Create it in the storage account, under the name that tableName has; or set createTable and use a key or"
                    + " signature that may create tables.");
    static final ProblemType TABLE_BEING_DELETED = new ProblemType(
            "azure-table.table-being-deleted",
            TRANSIENT,
            "the table was deleted a moment ago and cannot be made again yet",
            "Nothing: the service takes up to a minute, and the leads wait. If the table was deleted by mistake, its rows"
                    + " are gone; send those leads again.");
    static final ProblemType THROTTLED_BY_SERVICE = new ProblemType(
            "azure-table.throttled",
            THROTTLED,
            "the storage account is too busy for more",
            "The destination pauses by itself. If that happens often, lower concurrency or look at what else uses the"
                    + " account.");
    static final ProblemType SERVER_ERROR = new ProblemType(
            "azure-table.server-error",
            TRANSIENT,
            "the service has an error of its own",
            "It is tried again by itself. If it was given up, look at the status page of Azure and send the lead again.");
    static final ProblemType UNEXPECTED_ANSWER = new ProblemType(
            "azure-table.unexpected-answer",
            TRANSIENT,
            "the answer is not one of a table service",
            "Check that the address leads to a table service and that no proxy answers in its place. It is tried again by"
                    + " itself.");
    static final ProblemType REFUSES_REQUESTS = new ProblemType(
            "azure-table.refuses-requests",
            CONFIG,
            "the service refuses the request, whatever lead it carries",
            "Look up the service's own code. The address of the account, the table's name, or a redirect may be to blame;"
                    + " if not, report it with that code.");
    static final ProblemType REFUSED_LEAD = new ProblemType(
            "azure-table.refused-lead",
            INVALID_LEAD,
            "the service refuses this row",
            "Look up the service's own code, and compare the lead and the setting fields with the limits of tables.");
    static final ProblemType LEAD_TOO_LARGE = new ProblemType(
            "azure-table.lead-too-large",
            INVALID_LEAD,
            "the row is larger than a table takes",
            "A text has room for 32,768 characters, a row for 1 MiB. Shorten the lead, drop fields from the setting"
                    + " fields, or set onTooLong to cut.");
    static final ProblemType TOO_MUCH_AT_ONCE = new ProblemType(
            "azure-table.too-much-at-once",
            TRANSIENT,
            "the leads are more than the service takes in one call",
            "Nothing: they go in smaller calls by themselves.");
    static final ProblemType BATCH_REFUSED = new ProblemType(
            "azure-table.batch-refused",
            TRANSIENT,
            "a call was refused as a whole because of another lead in it",
            "Nothing: this lead goes again by itself.");
    static final ProblemType UNREACHABLE = new ProblemType(
            "azure-table.unreachable",
            TRANSIENT,
            "the storage account cannot be reached",
            "Check the account's name, the network, the firewall and the proxy. If the lead was given up, send it again"
                    + " afterwards.");
    static final ProblemType TLS = new ProblemType(
            "azure-table.tls",
            TRANSIENT,
            "the endpoint shows no certificate that we trust",
            "Check what answers at the endpoint; a proxy that opens connections needs caFile.");
    static final ProblemType WRONG_ADDRESS = new ProblemType(
            "azure-table.wrong-address",
            CONFIG,
            "the endpoint's host name or certificate has failed for several calls in a row",
            "Compare AccountName and EndpointSuffix in the connection string with the storage account: was it renamed,"
                    + " deleted or moved to another cloud?");
    static final ProblemType NO_ANSWER = new ProblemType(
            "azure-table.no-answer",
            OUTCOME_UNKNOWN,
            "the call was sent and no complete answer came",
            "It is sent again by itself; a row that is there already is recognised by its key. If it was given up, send"
                    + " the lead again.");
    static final ProblemType SECRET_UNUSABLE = new ProblemType(
            "azure-table.secret-unusable",
            CONFIG,
            "the connection string was replaced by one that cannot be used",
            "Correct the connection string at its source. It is read again within a minute.");
    static final ProblemType CLIENT_UNFIT = new ProblemType(
            "azure-table.client-unfit",
            CONFIG,
            "the HTTP client given by the host application follows redirects or has an Authenticator",
            "Build it with Redirect.NEVER and without an Authenticator: both may send our credentials elsewhere.");
    static final ProblemType NOT_READ_BACK = new ProblemType(
            "azure-table.not-read-back",
            CONFIG,
            "the test lead was written and could not be read back as it was",
            "Let the shared access signature query too, and check that nothing else changes or deletes the rows.");
    static final ProblemType WATCHER_FAILED = new ProblemType(
            "azure-table.watcher-failed",
            INTERNAL,
            "the host's watcher threw an exception, and the row comes again in the next round",
            "Mend the watcher: a row that makes it throw each time comes again for ever, and no checkpoint passes it.");

    static final ProblemType DELIVERED_EARLIER = new ProblemType(
            "azure-table.delivered-earlier",
            POLICY,
            "the lead is settled there since an earlier look at the table, and comes again for another destination",
            "Nothing: it is kept from going there twice.");

    static final List<ProblemType> ALL = List.of(
            UNAUTHORIZED,
            FORBIDDEN,
            ACCOUNT_DISABLED,
            TABLE_MISSING,
            TABLE_BEING_DELETED,
            THROTTLED_BY_SERVICE,
            SERVER_ERROR,
            UNEXPECTED_ANSWER,
            REFUSES_REQUESTS,
            REFUSED_LEAD,
            LEAD_TOO_LARGE,
            TOO_MUCH_AT_ONCE,
            BATCH_REFUSED,
            UNREACHABLE,
            TLS,
            WRONG_ADDRESS,
            NO_ANSWER,
            SECRET_UNUSABLE,
            CLIENT_UNFIT,
            NOT_READ_BACK,
            WATCHER_FAILED,
            DELIVERED_EARLIER);

    private AzureTableProblems() {}
}
