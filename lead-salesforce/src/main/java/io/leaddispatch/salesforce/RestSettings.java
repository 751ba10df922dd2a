package io.leaddispatch.salesforce;

import io.leaddispatch.Secret;
import io.leaddispatch.salesforce.SalesforceSettings.Mode;
import io.leaddispatch.spi.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The keys of mode rest. */
final class RestSettings {
    /** How we log in. */
    enum Auth {
        CLIENT_CREDENTIALS,
        JWT_BEARER,
        REFRESH_TOKEN
    }

    /** What a call does with its leads. */
    enum Operation {
        UPSERT,
        CREATE
    }

    /** What becomes of a lead that a duplicate rule of the org refuses. */
    enum OnDuplicateRule {
        REJECT,
        DELIVERED
    }

    static final Setting<URI> LOGIN_URL = Setting.uri("loginUrl")
            .requiredWhen(SalesforceSettings.MODE, Mode.REST)
            .doc("The org's My Domain address, https://NAME.my.salesforce.com: tokens come from there.");
    static final Setting<Auth> AUTH = Setting.choice("auth", Auth.class)
            .requiredWhen(SalesforceSettings.MODE, Mode.REST)
            .doc("The OAuth flow.");
    static final Setting<String> CLIENT_ID = Setting.text("clientId")
            .requiredWhen(SalesforceSettings.MODE, Mode.REST)
            .doc("The app's consumer key.");
    static final Setting<Secret> CLIENT_SECRET = Setting.secret("clientSecret")
            .requiredWhen(AUTH, Auth.CLIENT_CREDENTIALS)
            .doc("The app's consumer secret; for refresh-token if the app wants it.");
    static final Setting<String> USERNAME = Setting.text("username")
            .requiredWhen(AUTH, Auth.JWT_BEARER)
            .doc("The integration user's name, whom the assertion speaks for.");
    static final Setting<Secret> PRIVATE_KEY = Setting.secret("privateKey")
            .doc(
                    "The RSA key of at least 2048 bits that signs assertions, as PEM; mostly ${file:path}. Or a keystore.");
    static final Setting<String> KEYSTORE =
            Setting.text("keystore").doc("A PKCS12 file with that key, instead of privateKey.");
    static final Setting<Secret> KEYSTORE_PASSWORD =
            Setting.secret("keystorePassword").doc("The password of that file and its key.");
    static final Setting<String> KEY_ALIAS =
            Setting.text("keyAlias").doc("The key's name in that file; without it the only key there.");
    static final Setting<String> AUDIENCE = Setting.text("audience")
            .doc("The assertion's audience. Without it loginUrl; some older apps want https://login.salesforce.com.");
    static final Setting<Secret> REFRESH_TOKEN = Setting.secret("refreshToken")
            .requiredWhen(AUTH, Auth.REFRESH_TOKEN)
            .doc("A refresh token of the integration user.");
    static final Setting<URI> INSTANCE_URL =
            Setting.uri("instanceUrl").doc("Where leads go instead of the instance_url that the log-in names.");
    static final Setting<List<String>> TRUSTED_DOMAINS = Setting.list("trustedDomains")
            .or(List.of())
            .doc("Domains beside salesforce.com, force.com and loginUrl's host to which a token may be sent.");
    static final Setting<Duration> TOKEN_MAX_AGE = Setting.duration("tokenMaxAge")
            .doc("After so long a token is renewed. Without it when the org refuses it: the answer names no end.");
    static final Setting<String> API_VERSION = Setting.text(
                    "apiVersion",
                    "a version from 46.0 to 99.0 (example: 62.0)",
                    text -> text.matches("4[6-9]\\.0|[5-9][0-9]\\.0"))
            .or("62.0")
            .doc("The version of the REST API.");
    static final Setting<Operation> OPERATION = Setting.choice("operation", Operation.class)
            .or(Operation.UPSERT)
            .doc("upsert by external id, which repeats safely; or create, which does not: an outcome that is not known"
                    + " is then reported instead of sent again.");
    static final Setting<String> EXTERNAL_ID_FIELD = Setting.text(
                    "externalIdField",
                    "a field name (letters, digits and _)",
                    text -> text.matches("[A-Za-z][A-Za-z0-9_]{0,79}"))
            .or("Marketplace_Lead_Id__c")
            .doc("The Lead field that holds our id: text of at least 128 characters, External ID, unique.");
    static final Setting<String> WHEN_MISSING = Setting.text("whenMissing")
            .or("[not provided]")
            .doc("What LastName and Company get when the lead has none, since Salesforce demands both; the text is the"
                    + " one that Web-to-Lead puts there itself.");
    static final Setting<String> ASSIGNMENT_RULE = Setting.text(
                    "assignmentRule",
                    "true, false or the id of a rule",
                    text -> text.matches("(?i)true|false|01Q[A-Za-z0-9]{12}([A-Za-z0-9]{3})?"))
            .doc("Whether assignment rules run (Sforce-Auto-Assign): true, false or a rule's id. Without it the org's"
                    + " active rule runs.");
    static final Setting<Boolean> ALLOW_SAVE = Setting.flag("duplicateAllowSave")
            .or(false)
            .doc("Whether leads pass duplicate rules that only alert; rules that block stop them all the same.");
    static final Setting<OnDuplicateRule> ON_DUPLICATE_RULE = Setting.choice("onDuplicateRule", OnDuplicateRule.class)
            .or(OnDuplicateRule.REJECT)
            .doc("What becomes of a lead that a duplicate rule refuses: rejected with the matching ids, or delivered"
                    + " with a note, since the person is known there.");
    static final Setting<Boolean> DESCRIBE = Setting.flag("describe")
            .or(true)
            .doc("Whether the first delivery asks the org for the fields of Lead: lengths, types, what is missing.");
    static final Setting<List<String>> DO_NOT_CONTACT_FIELDS = Setting.list("doNotContactFields")
            .or(List.of("DoNotCall", "HasOptedOutOfEmail"))
            .doc("Check boxes set for leads of action DNC; with describe only those that exist and can be written.");
    static final Setting<Integer> BATCH =
            Setting.number("batch", 1, 200).or(200).doc("The most leads in one call.");
    static final Setting<Duration> QUOTA_PAUSE = Setting.duration("quotaPause")
            .or(Duration.ofMinutes(15))
            .doc("How long nothing is sent after the org's daily quota of calls is used up, before one try.");

    static final List<Setting<?>> ALL = List.of(
            LOGIN_URL,
            AUTH,
            CLIENT_ID,
            CLIENT_SECRET,
            USERNAME,
            PRIVATE_KEY,
            KEYSTORE,
            KEYSTORE_PASSWORD,
            KEY_ALIAS,
            AUDIENCE,
            REFRESH_TOKEN,
            INSTANCE_URL,
            TRUSTED_DOMAINS,
            TOKEN_MAX_AGE,
            API_VERSION,
            OPERATION,
            EXTERNAL_ID_FIELD,
            WHEN_MISSING,
            ASSIGNMENT_RULE,
            ALLOW_SAVE,
            ON_DUPLICATE_RULE,
            DESCRIBE,
            DO_NOT_CONTACT_FIELDS,
            BATCH,
            QUOTA_PAUSE);

    private RestSettings() {}
}
