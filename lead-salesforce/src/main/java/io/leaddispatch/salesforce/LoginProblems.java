package io.leaddispatch.salesforce;

import static io.leaddispatch.Category.AUTH;
import static io.leaddispatch.Category.CONFIG;
import static io.leaddispatch.Category.THROTTLED;
import static io.leaddispatch.Category.TRANSIENT;

import io.leaddispatch.ProblemType;
import java.util.List;

/** What can go wrong with the log-in. */
final class LoginProblems {
    static final ProblemType RUN_AS_USER = new ProblemType(
            "salesforce.run-as-user",
            AUTH,
            "the app has no user to run as",
            "Set the Run-As user of the client credentials flow in the app's policies.");
    static final ProblemType LOGIN_DOMAIN = new ProblemType(
            "salesforce.login-domain",
            CONFIG,
            "the log-in address does not serve this flow",
            "Set loginUrl to the org's My Domain address, https://NAME.my.salesforce.com (Setup > My Domain).");
    static final ProblemType NOT_APPROVED = new ProblemType(
            "salesforce.user-not-approved",
            AUTH,
            "the user has not approved the app",
            "Pre-authorise the user: in the app's policies set Permitted Users to admin-approved and add the user's profile"
                    + " or a permission set.");
    static final ProblemType WRONG_AUDIENCE = new ProblemType(
            "salesforce.audience",
            CONFIG,
            "the assertion's audience is not taken",
            "Set audience to the My Domain address, or for older apps to https://login.salesforce.com (sandbox:"
                    + " https://test.salesforce.com).");
    static final ProblemType ASSERTION_EXPIRED = new ProblemType(
            "salesforce.assertion-expired",
            CONFIG,
            "the assertion is out of date when it arrives",
            "Set this machine's clock: an assertion is good for three minutes.");
    static final ProblemType CREDENTIALS = new ProblemType(
            "salesforce.credentials",
            AUTH,
            "Salesforce refuses the log-in",
            "Check the user (active, not locked), clientSecret, refreshToken or the key whose certificate the app has. It"
                    + " is not tried again at once, since that locks users out.");
    static final ProblemType CLIENT_ID = new ProblemType(
            "salesforce.client-id",
            AUTH,
            "Salesforce does not know the app",
            "Check clientId. A new app needs up to 10 minutes until it is known everywhere.");
    static final ProblemType LOGIN_RATE = new ProblemType(
            "salesforce.login-rate",
            THROTTLED,
            "the user has logged in too often",
            "The destination pauses for an hour. Look for another program that logs in with this user at each call.");
    static final ProblemType LOGIN_FAILED = new ProblemType(
            "salesforce.login-failed",
            TRANSIENT,
            "no token could be had now; nothing was sent",
            "It is tried again by itself. If that lasts, look at loginUrl and at the state of Salesforce"
                    + " (status.salesforce.com).");
    static final ProblemType UNTRUSTED_INSTANCE = new ProblemType(
            "salesforce.untrusted-instance",
            CONFIG,
            "the log-in names a server that is not Salesforce's; the token was not sent there",
            "Check loginUrl. If the server is right, add its domain to trustedDomains.");
    static final ProblemType SECRET_UNUSABLE = new ProblemType(
            "salesforce.secret-unusable",
            CONFIG,
            "a secret was replaced by one that cannot be used",
            "Correct the secret of the named setting at its source. It is read again within a minute.");

    static final List<ProblemType> ALL = List.of(
            RUN_AS_USER,
            LOGIN_DOMAIN,
            NOT_APPROVED,
            WRONG_AUDIENCE,
            ASSERTION_EXPIRED,
            CREDENTIALS,
            CLIENT_ID,
            LOGIN_RATE,
            LOGIN_FAILED,
            UNTRUSTED_INSTANCE,
            SECRET_UNUSABLE);

    private LoginProblems() {}
}
