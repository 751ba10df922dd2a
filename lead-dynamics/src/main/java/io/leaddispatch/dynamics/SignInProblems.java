package io.leaddispatch.dynamics;

import static io.leaddispatch.Category.AUTH;
import static io.leaddispatch.Category.CONFIG;
import static io.leaddispatch.Category.THROTTLED;
import static io.leaddispatch.Category.TRANSIENT;

import io.leaddispatch.ProblemType;
import java.util.List;

/** What can go wrong before Dynamics is asked at all: at the directory's token endpoint. */
final class SignInProblems {
    static final ProblemType SIGN_IN = new ProblemType(
            "dynamics.sign-in",
            AUTH,
            "the directory refuses the sign-in to Dynamics",
            "With office365: check that user name and password are right and not expired, and that the account has a"
                    + " Dynamics 365 licence. With azureAD: check that directoryId, applicationId and applicationKey"
                    + " belong to one app registration and that it has an application user in Dynamics.");
    static final ProblemType TENANT_NOT_FOUND = new ProblemType(
            "dynamics.tenant-not-found",
            CONFIG,
            "the directory does not exist, or has no active subscription",
            "Copy the directory (tenant) id again from the tenant's overview page into directoryId. If it is right, check"
                    + " that the tenant has an active subscription and that authorityHost fits its cloud.");
    static final ProblemType TENANT_MALFORMED = new ProblemType(
            "dynamics.tenant-malformed",
            CONFIG,
            "the directory id is neither a GUID nor a domain name of the tenant",
            "Copy the directory (tenant) id again into directoryId; look for blanks, quotation marks and missing"
                    + " characters.");
    static final ProblemType APPLICATION_NOT_FOUND = new ProblemType(
            "dynamics.application-not-found",
            CONFIG,
            "the application is not known in this directory",
            "Copy the application (client) id again into applicationId. If it is right, the app is registered in another"
                    + " directory, or nobody has consented to it in this one.");
    static final ProblemType CLIENT_SECRET_INVALID = new ProblemType(
            "dynamics.client-secret-invalid",
            AUTH,
            "the client secret does not match",
            "Enter the secret's value, not its id, as applicationKey. The value cannot be read again later: if it is lost,"
                    + " create a new secret in the app registration.");
    static final ProblemType CLIENT_SECRET_EXPIRED = new ProblemType(
            "dynamics.client-secret-expired",
            AUTH,
            "the client secret has expired",
            "Create a new secret in the app registration and enter its value as applicationKey.");
    static final ProblemType APPLICATION_DISABLED = new ProblemType(
            "dynamics.application-disabled",
            AUTH,
            "the application is disabled in the directory",
            "Enable the application (Enterprise applications > Properties > Enabled for users to sign in).");
    static final ProblemType CREDENTIAL_MISSING = new ProblemType(
            "dynamics.credential-missing",
            CONFIG,
            "the directory expects a credential of the application and got none",
            "With office365 the app registration of applicationId must allow public client flows. With azureAD set"
                    + " applicationKey or applicationCertificate.");
    static final ProblemType CERTIFICATE_INVALID = new ProblemType(
            "dynamics.certificate-invalid",
            AUTH,
            "the certificate is not registered for the application, or its signature is wrong",
            "Upload the certificate of applicationCertificate to the app registration, and check this machine's clock.");
    static final ProblemType URL_NOT_IN_TENANT = new ProblemType(
            "dynamics.url-not-in-tenant",
            CONFIG,
            "the Dynamics URL is not known in this directory",
            "Check that instanceUrl belongs to the directory of directoryId.");
    static final ProblemType MFA_REQUIRED = new ProblemType(
            "dynamics.mfa-required",
            AUTH,
            "the user needs multi-factor sign-in, which a service cannot do",
            "Use application sign-in (authentication = azureAD).");
    static final ProblemType ACCESS_BLOCKED = new ProblemType(
            "dynamics.access-blocked",
            AUTH,
            "a Conditional Access policy or the security defaults block this sign-in",
            "Exempt the application or the user from the policy.");
    static final ProblemType CONSENT_MISSING = new ProblemType(
            "dynamics.consent-missing",
            AUTH,
            "nobody has consented to the application",
            "An administrator must grant consent to the app registration's API permissions.");
    static final ProblemType TOKEN_LOOP = new ProblemType(
            "dynamics.token-loop",
            TRANSIENT,
            "the application asked for tokens too often",
            "It is tried again by itself. Look for another program that signs in with the same application.");
    static final ProblemType IDENTITY_UNAVAILABLE = new ProblemType(
            "dynamics.identity-unavailable",
            TRANSIENT,
            "the sign-in service is disturbed or cannot be reached",
            "It is tried again by itself. If it stays so, check that the sign-in host can be reached from here and look at"
                    + " the service's status page.");
    static final ProblemType IDENTITY_THROTTLED = new ProblemType(
            "dynamics.identity-throttled",
            THROTTLED,
            "the directory limits sign-in requests",
            "It is tried again by itself.");
    static final ProblemType UNCLASSIFIED = new ProblemType(
            "dynamics.unclassified",
            CONFIG,
            "the directory refuses the sign-in for a reason that is not known here",
            "Look up the code that it gave. Check directoryId, applicationId and the credential.");
    static final ProblemType SECRET_UNUSABLE = new ProblemType(
            "dynamics.secret-unusable",
            CONFIG,
            "a secret was replaced by one that cannot be used, or the certificate file cannot be read",
            "Correct it at its source. It is read again within a minute.");

    static final List<ProblemType> ALL = List.of(
            SIGN_IN,
            TENANT_NOT_FOUND,
            TENANT_MALFORMED,
            APPLICATION_NOT_FOUND,
            CLIENT_SECRET_INVALID,
            CLIENT_SECRET_EXPIRED,
            APPLICATION_DISABLED,
            CREDENTIAL_MISSING,
            CERTIFICATE_INVALID,
            URL_NOT_IN_TENANT,
            MFA_REQUIRED,
            ACCESS_BLOCKED,
            CONSENT_MISSING,
            TOKEN_LOOP,
            IDENTITY_UNAVAILABLE,
            IDENTITY_THROTTLED,
            UNCLASSIFIED,
            SECRET_UNUSABLE);

    private SignInProblems() {}
}
