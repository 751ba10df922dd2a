package io.leaddispatch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leaddispatch.LaneOptions;
import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.Secret;
import io.leaddispatch.spi.Setting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarketplaceDocumentTest {
    private enum Sign {
        AZUREAD,
        OFFICE365
    }

    private static final Setting<String> OID = Setting.text("objectIdentifier").required();
    private static final Setting<String> FORM = Setting.text(
                    "formId", "1 to 8 digits", text -> text.matches("[0-9]{1,8}"))
            .required();
    private static final Setting<String> CLIENT = Setting.text("clientId");
    private static final Setting<String> URL =
            Setting.text("httpsEndpointUrl").required().alias("httpsEndpointUri");
    private static final Setting<Sign> SIGN =
            Setting.choice("authentication", Sign.class).required();
    private static final Setting<Secret> KEY = Setting.secret("applicationKey").requiredWhen(SIGN, Sign.AZUREAD);
    private static final Setting<Secret> PASSWORD = Setting.secret("password").requiredWhen(SIGN, Sign.OFFICE365);

    private static final LeadConfigReader READER = LeadConfigReader.standard()
            .providers(List.of(
                    new FakeProvider("salesforce", "salesforce", OID),
                    new FakeProvider("marketo", "marketo", FORM, CLIENT),
                    new FakeProvider("https", "httpsEndpoint", URL),
                    new FakeProvider("dynamics", "dynamics", SIGN, KEY, PASSWORD)));

    @Test
    void publishedSampleIsReadAsItIs() throws IOException {
        try (InputStream sample = getClass().getResourceAsStream("/samples/customer-leads-resource.json")) {
            assertThat(sample).isNotNull();
            LeadConfig config = READER.read(sample, Path.of(""));

            assertThat(config.destinations()).singleElement().satisfies(destination -> {
                assertThat(destination.name()).isEqualTo("https");
                assertThat(destination.settings().get(URL)).isEqualTo("https://www.your-crm.com/triggers/invoke");
                assertThat(destination.lane()).isEqualTo(LaneOptions.DEFAULT);
            });
            assertThat(config.routes()).isEmpty();
            assertThat(config.policy()).isEqualTo(PolicyConfig.DEFAULT);
            assertThat(config.warnings()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'leadDestination': 'salesforce', 'salesforceLeadConfiguration': {'objectIdentifier': 'x'}}",
                "{'LeadDestination': 'Salesforce', 'SalesForceLeadConfiguration': {'OBJECTidentifier': 'x'}}",
                "{'$schema': 'https://schema.example/schema/customer-leads/2022-03-01-preview2',"
                        + "'leadDestination': 'salesforce', 'salesforceLeadConfiguration': {'objectIdentifier': 'x'}}",
                "{'$schema': 'x', 'resources': [{'$schema': 'https://x/schema/product/2022-03-01-preview3'},"
                        + "{'leadDestination': 'salesforce', 'salesforceLeadConfiguration': {'objectIdentifier': 'x'}}]}",
                "{'resourceType': 'SalesForceLeadConfiguration', 'objectIdentifier': 'x'}"
            })
    void anyOfItsFormsIsRead(String document) {
        assertThat(read(document).destinations().get(0).settings().get(OID)).isEqualTo("x");
    }

    @Test
    void formIdMayBeANumberAndContactEmailIsIgnored() {
        for (String email : List.of("'a@example.com;b@example.com'", "['a@example.com']")) {
            LeadConfig config = read("{'leadDestination': 'marketo', 'marketoLeadConfiguration': "
                    + "{'formId': 1179, 'clientID': 'c', 'contactEmail': " + email + "}}");

            assertThat(config.destinations().get(0).settings().get(FORM)).isEqualTo("1179");
            assertThat(config.destinations().get(0).settings().find(CLIENT)).isEqualTo("c");
            assertThat(config.warnings())
                    .containsExactly("marketoLeadConfiguration.contactEmail: is not used: it only tells the "
                            + "marketplace whom to notify");
        }
    }

    @Test
    void olderFlatDocumentIsReadByFurtherSpellings() {
        LeadConfig config = read("{'resourceType': 'HttpsEndpointLeadConfiguration', 'dailyDigestEmailContacts': [],"
                + "'httpsEndpointUri': 'https://example.com', '@odata.etag': 'x'}");

        assertThat(config.destinations().get(0).settings().get(URL)).isEqualTo("https://example.com");
        assertThat(config.warnings()).hasSize(2);
    }

    @Test
    void whatIsSuperfluousIsWarnedOfAndNotUsed() {
        LeadConfig config = read("{'leadDestination': 'salesforce', 'tableLeadConfiguration': {},"
                + "'salesforceLeadConfiguration': {'objectIdentifier': 'x', 'objectIdentifer': 'marker'}}");

        assertThat(config.warnings())
                .containsExactly(
                        "tableLeadConfiguration: is not used: leadDestination names another",
                        "salesforceLeadConfiguration.objectIdentifer: is not a setting of salesforce and not used; "
                                + "did you mean objectIdentifier?");
    }

    @Test
    void leftOverOfTheOtherAuthenticationIsWarnedOf() {
        LeadConfig config = read("{'leadDestination': 'dynamics', 'dynamicsLeadConfiguration': "
                + "{'authentication': 'azureAD', 'applicationKey': 'k', 'password': 'marker'}}");

        assertThat(config.warnings())
                .containsExactly("dynamicsLeadConfiguration.password: may be left over: it is needed only when "
                        + "authentication is office365");
    }

    @Test
    void maskedSecretIsMissingWhereItIsNeededAndNothingElsewhere() {
        assertThat(faults("{'leadDestination': 'dynamics', 'dynamicsLeadConfiguration': "
                        + "{'authentication': 'azureAD', 'applicationKey': '*********'}}"))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.path()).isEqualTo("dynamicsLeadConfiguration.applicationKey");
                    assertThat(fault.what()).startsWith("is masked");
                });
        assertThat(read("{'leadDestination': 'dynamics', 'dynamicsLeadConfiguration': "
                                + "{'authentication': 'azureAD', 'applicationKey': 'k', 'password': '***'}}")
                        .warnings())
                .containsExactly("dynamicsLeadConfiguration.password: is masked (nothing but asterisks) and not used");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "none, names no destination: the leads stay in Partner Center's Referrals workspace",
        "BLOB, 'names Azure Blob, which the marketplace gave up in 2019'",
        "email, 'names e-mail, over which lead data is not sent'",
        "table, needs a module that is not there: add the dependency io.leaddispatch:lead-azure-table",
        "tabel, is not a lead destination of the marketplace; did you mean table?",
        "pigeon, 'is not a lead destination of the marketplace; known: dynamics'"
    })
    void destinationThatCannotBeIsAnsweredWithWhatToDo(String name, String what) {
        assertThat(faults("{'leadDestination': '" + name + "', 'blobLeadConfiguration': {}}"))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.path()).isEqualTo("leadDestination");
                    assertThat(fault.what()).startsWith(what);
                });
    }

    @ParameterizedTest(name = "{0}: {1}: {2}")
    @CsvSource(
            delimiter = '~',
            value = {
                "{'leadDestination': 'salesforce'} ~ salesforceLeadConfiguration ~ is missing",
                "{'leadDestination': 'salesforce', 'salesforceLeadConfiguration': 'marker'} ~ salesforceLeadConfiguration"
                        + " ~ is missing",
                "{'leadDestination': 'salesforce', 'salesforceLeadConfiguration': {}} ~"
                        + " salesforceLeadConfiguration.objectIdentifier ~ is missing",
                "{'leadDestination': 7} ~ leadDestination ~ is missing; one of dynamics",
                "{'$schema': 'https://x/schema/customer-leads/2022-03-01-preview3'} ~ leadDestination ~ is missing",
                "{'resourceType': 'AzureBlobLeadConfiguration'} ~ resourceType ~ names Azure Blob",
                "{'resourceType': 'PigeonLeadConfiguration'} ~ resourceType ~ is not one of the marketplace's",
                "{'resources': []} ~ resources ~ holds no customer-leads resource",
                "{'resources': [{'leadDestination': 'none'}, {'leadDestination': 'none'}]} ~ resources ~ holds 2 customer",
                "{'resources': [{}, {'leadDestination': 'salesforce', 'salesforceLeadConfiguration': {}}]} ~"
                        + " resources[1].salesforceLeadConfiguration.objectIdentifier ~ is missing"
            })
    void faultHasItsPlaceInTheDocument(String document, String path, String what) {
        assertThat(faults(document)).singleElement().satisfies(fault -> {
            assertThat(fault.path()).isEqualTo(path);
            assertThat(fault.what()).startsWith(what).doesNotContain("marker");
        });
    }

    private static LeadConfig read(String document) {
        byte[] bytes = document.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return READER.read(new ByteArrayInputStream(bytes), Path.of(""));
    }

    private static List<Fault> faults(String document) {
        return catchThrowableOfType(LeadConfigurationException.class, () -> read(document))
                .faults();
    }
}
