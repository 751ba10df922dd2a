package io.leaddispatch.example.zoho;

import io.leaddispatch.Category;
import io.leaddispatch.ProblemType;
import java.util.List;

/** What can go wrong at Zoho. */
final class ZohoProblems {
    static final ProblemType UNAUTHORIZED = new ProblemType(
            "zoho.unauthorized",
            Category.AUTH,
            "Zoho refuses the credentials",
            "Compare client id and secret with the API console, of the right data centre, and make a new refresh token"
                    + " with scope ZohoCRM.modules.leads.ALL.");
    static final ProblemType NOT_FOUND = new ProblemType(
            "zoho.not-found",
            Category.CONFIG,
            "there is no such interface at this address",
            "Set apiServer to the server of your data centre.");
    static final ProblemType REFUSED_LEAD = new ProblemType(
            "zoho.refused-lead",
            Category.INVALID_LEAD,
            "Zoho refuses this lead",
            "Look at the rules of the named field in Zoho, or map something else to it with fields.");
    static final ProblemType TOO_LONG = new ProblemType(
            "zoho.too-long",
            Category.INVALID_LEAD,
            "the lead does not fit into its fields",
            "Shorten the value, or set onTooLong to cut.");
    static final ProblemType TOO_LARGE = new ProblemType(
            "zoho.too-large",
            Category.INVALID_LEAD,
            "Zoho says that the request is too large",
            "It goes again in smaller calls by itself. A lead alone that is too large: shorten its description.");
    static final ProblemType THROTTLED = new ProblemType(
            "zoho.throttled",
            Category.THROTTLED,
            "Zoho asks for fewer requests",
            "The destination pauses by itself. If that happens often, buy more credits or lower concurrency.");
    static final ProblemType UNAVAILABLE = new ProblemType(
            "zoho.unavailable",
            Category.TRANSIENT,
            "Zoho cannot be reached or has an error of its own",
            "It is tried again by itself. If it was given up, send the lead again.");
    static final ProblemType NO_ANSWER = new ProblemType(
            "zoho.no-answer",
            Category.OUTCOME_UNKNOWN,
            "the leads were sent and no complete answer came",
            "They are sent again by themselves; Zoho tells them by their e-mail address.");

    static final List<ProblemType> ALL =
            List.of(UNAUTHORIZED, NOT_FOUND, REFUSED_LEAD, TOO_LONG, TOO_LARGE, THROTTLED, UNAVAILABLE, NO_ANSWER);

    private ZohoProblems() {}
}
