package io.leaddispatch.dynamics;

import io.leaddispatch.Secret;
import io.leaddispatch.http.HttpSettings;
import io.leaddispatch.spi.FieldLengths;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.OnTooLong;
import io.leaddispatch.spi.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every key of this destination. */
final class DynamicsSettings {
    /** How we sign in, in the marketplace's words. */
    enum Authentication {
        AZURE_AD("azureAD"),
        OFFICE_365("office365");

        private final String words;

        Authentication(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** How more than one lead is written. */
    enum WriteMode {
        CREATE_MULTIPLE("createMultiple"),
        BATCH("batch"),
        SINGLE("single");

        private final String words;

        WriteMode(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** How one lead is written. */
    enum InsertBy {
        PATCH,
        POST
    }

    /** What becomes of a lead that a rule of the customer refuses as a double. */
    enum OnDuplicateRule {
        REJECT,
        DELIVERED
    }

    static final int MOST_CONCURRENT = 52;
    static final int LONGEST_SECRET = 2048;

    static final Setting<URI> INSTANCE_URL = Setting.uri("instanceUrl")
            .alias("uri")
            .required()
            .doc(
                    "The environment's address, e.g. https://contoso.crm4.dynamics.com; what follows the host is not used.");
    static final Setting<Authentication> AUTHENTICATION = Setting.choice("authentication", Authentication.class)
            .or(Authentication.AZURE_AD)
            .doc("azureAD: as an application. office365: with user name and password, which Microsoft has deprecated.");
    static final Setting<String> DIRECTORY_ID = Setting.text("directoryId")
            .doc(
                    "The directory (tenant) id or one of its domain names; required for azureAD, organizations by default for"
                            + " office365.");
    static final Setting<String> APPLICATION_ID = Setting.text("applicationId")
            .doc("The application (client) id. For office365: of an app registration that allows public client flows.");
    static final Setting<Secret> APPLICATION_KEY = Setting.secret("applicationKey")
            .doc("The client secret's value, at most " + LONGEST_SECRET
                    + " characters; or use applicationCertificate.");
    static final Setting<Path> APPLICATION_CERTIFICATE = Setting.file("applicationCertificate")
            .doc("A PKCS12 file with the application's key and certificate, in place of applicationKey.");
    static final Setting<Secret> APPLICATION_CERTIFICATE_PASSWORD =
            Setting.secret("applicationCertificatePassword").doc("The password of that file.");
    static final Setting<String> USERNAME = Setting.text("username")
            .requiredWhen(AUTHENTICATION, Authentication.OFFICE_365)
            .doc("The user's sign-in name, at most 128 characters.");
    static final Setting<Secret> PASSWORD = Setting.secret("password")
            .requiredWhen(AUTHENTICATION, Authentication.OFFICE_365)
            .doc("The user's password, at most 256 characters; it must be renewed every 90 days.");
    static final Setting<String> AUTHORITY_HOST = Setting.text("authorityHost")
            .doc("The sign-in host, such as login.microsoftonline.us; by default it follows from instanceUrl.");
    static final Setting<WriteMode> WRITE_MODE = Setting.choice("writeMode", WriteMode.class)
            .or(WriteMode.CREATE_MULTIPLE)
            .doc("How more than one lead is written: in one transaction, as one batch, or one by one.");
    static final Setting<InsertBy> INSERT_BY = Setting.choice("insertBy", InsertBy.class)
            .or(InsertBy.PATCH)
            .doc(
                    "How one lead is written: an insert-only PATCH, or a POST, which needs no more than the create privilege.");
    static final Setting<Integer> BATCH_SIZE =
            Setting.number("batchSize", 1, 1000).unit("leads").or(100).doc("The most leads in one call.");
    static final Setting<Integer> CONCURRENCY = Setting.number("concurrency", 1, MOST_CONCURRENT)
            .or(4)
            .doc("The most requests at once; the service's own hint lowers it.");
    static final Setting<Duration> TIMEOUT = Setting.duration("timeout")
            .or(Duration.ofSeconds(130))
            .doc("The longest one call may take, sign-in and answer included.");
    static final Setting<Map<String, Object>> LEAD_SOURCE_CODES = Setting.map("leadSourceCodes")
            .or(Map.of())
            .doc("Lead Source options by marketplace source, e.g. {\"AzurePortal\": 100000001}; others get what fields"
                    + " gives leadsourcecode, 8 (Web) by default.");
    static final Setting<Map<String, Object>> COLUMN_LENGTHS = Setting.map("columnLengths")
            .or(Map.of())
            .doc(
                    "Most characters by column, over the standard ones; lead verify reads the environment's, and the shorter"
                            + " counts.");
    static final Setting<List<String>> MORE_DO_NOT_CONTACT = Setting.list("moreDoNotContact")
            .or(List.of())
            .doc("Further columns to set for customers who are not to be contacted, e.g. donotpostalmail; donotemail,"
                    + " donotphone and donotbulkemail are always set.");
    static final Setting<Boolean> DUPLICATE_DETECTION =
            Setting.flag("duplicateDetection").or(false).doc("Whether the environment's duplicate rules are to apply.");
    static final Setting<OnDuplicateRule> ON_DUPLICATE_RULE = Setting.choice("onDuplicateRule", OnDuplicateRule.class)
            .or(OnDuplicateRule.REJECT)
            .doc("Whether a lead that such a rule refuses is rejected or counts as delivered.");
    static final Setting<Boolean> REMOVE_TEST_LEAD = Setting.flag("removeTestLead")
            .or(false)
            .doc("Whether lead verify deletes its test lead again, for which the role needs the delete privilege.");
    static final Setting<OnTooLong> ON_TOO_LONG = FieldLengths.onTooLong(OnTooLong.CUT);

    static final List<Setting<?>> ALL = all();

    private DynamicsSettings() {}

    private static List<Setting<?>> all() {
        List<Setting<?>> all = new ArrayList<>(List.of(
                INSTANCE_URL,
                AUTHENTICATION,
                DIRECTORY_ID,
                APPLICATION_ID,
                APPLICATION_KEY,
                APPLICATION_CERTIFICATE,
                APPLICATION_CERTIFICATE_PASSWORD,
                USERNAME,
                PASSWORD,
                AUTHORITY_HOST,
                WRITE_MODE,
                INSERT_BY,
                BATCH_SIZE,
                CONCURRENCY,
                TIMEOUT,
                FieldMapping.FIELDS,
                LEAD_SOURCE_CODES,
                COLUMN_LENGTHS,
                ON_TOO_LONG,
                MORE_DO_NOT_CONTACT,
                DUPLICATE_DETECTION,
                ON_DUPLICATE_RULE,
                REMOVE_TEST_LEAD));
        all.addAll(HttpSettings.ALL);
        return List.copyOf(all);
    }

    /** Whether a secret is as long as the marketplace allows. */
    static boolean fits(Secret secret, int longest) {
        int length = secret.reveal().length();
        return length > 0 && length <= longest;
    }
}
