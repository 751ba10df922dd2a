package io.leaddispatch.https;

import static io.leaddispatch.Category.AUTH;
import static io.leaddispatch.Category.CONFIG;
import static io.leaddispatch.Category.INVALID_LEAD;
import static io.leaddispatch.Category.OUTCOME_UNKNOWN;
import static io.leaddispatch.Category.THROTTLED;
import static io.leaddispatch.Category.TRANSIENT;

import io.leaddispatch.ProblemType;
import java.util.List;

/** What can go wrong at an HTTPS endpoint. */
final class HttpsProblems {
    static final ProblemType UNAUTHORIZED = new ProblemType(
            "https.unauthorized",
            AUTH,
            "the endpoint refuses our credentials or signature",
            "Check token, key or password and the key inside the address. If requests are signed, compare the signing"
                    + " secret with the receiver's, and this machine's clock: receivers tolerate 5 minutes.");
    static final ProblemType GONE = new ProblemType(
            "https.gone",
            CONFIG,
            "the endpoint says that it is gone for good",
            "Ask its owner for the new address and set httpsEndpointUrl.");
    static final ProblemType NOT_FOUND = new ProblemType(
            "https.not-found",
            CONFIG,
            "the endpoint does not exist or does not take POST requests",
            "Compare httpsEndpointUrl with the address the receiver gives; flows get a new one when they are made again.");
    static final ProblemType REDIRECTS = new ProblemType(
            "https.redirects",
            CONFIG,
            "the endpoint redirects, and redirects are not followed",
            "Set httpsEndpointUrl to the address that takes the leads itself. A redirect often leads to a login page.");
    static final ProblemType REFUSED_LEAD = new ProblemType(
            "https.refused-lead",
            INVALID_LEAD,
            "the endpoint refuses this lead",
            "Look at the receiver's log for what it misses. Many receivers expect other property names (casing) or all"
                    + " fields to be there (absentAs).");
    static final ProblemType CONFLICT = new ProblemType(
            "https.conflict",
            TRANSIENT,
            "the endpoint still works on an earlier request with this lead",
            "It is tried again by itself. If it was given up, look at the receiver and send the lead again.");
    static final ProblemType TOO_LARGE = new ProblemType(
            "https.too-large",
            INVALID_LEAD,
            "the endpoint says that the request is too large",
            "Shorten the lead's description, or raise the receiver's limit, and send the lead again.");
    static final ProblemType THROTTLED_BY_ENDPOINT = new ProblemType(
            "https.throttled",
            THROTTLED,
            "the endpoint asks for fewer requests",
            "The destination pauses by itself. If that happens often, lower concurrency or ask the receiver's owner for"
                    + " more.");
    static final ProblemType SERVER_ERROR = new ProblemType(
            "https.server-error",
            TRANSIENT,
            "the endpoint has an error of its own",
            "It is tried again by itself. If it was given up, ask the receiver's owner and send the lead again.");
    static final ProblemType UNREACHABLE = new ProblemType(
            "https.unreachable",
            TRANSIENT,
            "the endpoint cannot be reached",
            "Check the host name, the network, the firewall and the proxy. If the lead was given up, send it again"
                    + " afterwards.");
    static final ProblemType TLS = new ProblemType(
            "https.tls",
            TRANSIENT,
            "the endpoint shows no certificate that we trust",
            "Check its certificate: expired, for another host, or from a private authority? For the last set caFile.");
    static final ProblemType NO_ANSWER = new ProblemType(
            "https.no-answer",
            OUTCOME_UNKNOWN,
            "the lead was sent and no complete answer came",
            "It is sent again by itself with the same webhook-id; receivers that ignore that may have the lead twice."
                    + " If it was given up, look for it at the receiver before sending it again.");
    static final ProblemType HTML_ANSWER = new ProblemType(
            "https.html-answer",
            CONFIG,
            "the endpoint takes leads and answers with an HTML page",
            "Open the address in a browser: if a login page or a proxy answers there, the leads did not arrive, although"
                    + " they count as delivered. This is logged once, and noted with each such lead.");
    static final ProblemType NOT_PUBLIC = new ProblemType(
            "https.not-public",
            CONFIG,
            "the endpoint's host has an address that is not public, and refuseNonPublicAddresses is set",
            "Use a host with public addresses only, or clear refuseNonPublicAddresses if you trust who set the address.");

    static final ProblemType REFUSES_LEADS = new ProblemType(
            "https.refuses-leads",
            CONFIG,
            "the endpoint refuses one lead after the other",
            "It is probably the endpoint and not the leads: look at its log, casing, absentAs and profile. The leads"
                    + " refused before were rejected; send them again. If they were all bad, raise holdAfterRefusals or set it"
                    + " to 0.");
    static final ProblemType WRONG_ADDRESS = new ProblemType(
            "https.wrong-address",
            CONFIG,
            "the endpoint's host name or certificate has failed for several requests in a row",
            "Compare httpsEndpointUrl with the address the receiver gives, and check the certificate: expired, for another"
                    + " host, or from a private authority? For the last set caFile.");
    static final ProblemType SECRET_UNUSABLE = new ProblemType(
            "https.secret-unusable",
            CONFIG,
            "a secret was replaced by one that cannot be used",
            "Correct the secret of the named setting at its source. It is read again within a minute.");
    static final ProblemType CLIENT_UNFIT = new ProblemType(
            "https.client-unfit",
            CONFIG,
            "the HTTP client given by the host application follows redirects or has an Authenticator",
            "Build it with Redirect.NEVER and without an Authenticator: the one turns a POST into a GET and sends"
                    + " credentials elsewhere, the other drops ours.");

    static final ProblemType NOT_STORED = new ProblemType(
            "https.not-stored",
            TRANSIENT,
            "the front door could not store a lead and told its sender to repeat it",
            "Look at the outbox's database: is it running, is there room on its disk? A sender that does not repeat loses"
                    + " the lead; the marketplace keeps a copy under Referrals.");

    static final List<ProblemType> ALL = List.of(
            UNAUTHORIZED,
            GONE,
            NOT_FOUND,
            REDIRECTS,
            REFUSED_LEAD,
            CONFLICT,
            TOO_LARGE,
            THROTTLED_BY_ENDPOINT,
            SERVER_ERROR,
            UNREACHABLE,
            TLS,
            NO_ANSWER,
            HTML_ANSWER,
            NOT_PUBLIC,
            REFUSES_LEADS,
            WRONG_ADDRESS,
            SECRET_UNUSABLE,
            CLIENT_UNFIT,
            NOT_STORED);

    private HttpsProblems() {}
}
