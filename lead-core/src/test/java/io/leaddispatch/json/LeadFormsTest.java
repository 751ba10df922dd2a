package io.leaddispatch.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.Action;
import io.leaddispatch.Contact;
import io.leaddispatch.InvalidLeadException;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadParseException;
import io.leaddispatch.LeadSource;
import io.leaddispatch.Source;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from the forms that others write. */
class LeadFormsTest {
    private static final Contact SOME_ONE =
            new Contact("Some", "One", "someone@contoso.com", "16175555555", "USA", "Contoso", "Esquire");

    @Test
    void theDocumentedFormIsRead() {
        assertThat(LeadJson.read(Samples.bytes("https-lead-documented-pascal-case.json")))
                .isEqualTo(Lead.builder()
                        .contact(SOME_ONE)
                        .source(LeadSource.of(Source.AZURE_MARKETPLACE, Action.INS, null))
                        .offerTitle("Test Microsoft")
                        .description("Test run through Power Automate")
                        .build());
    }

    @Test
    void theFormThatIsReallySentIsRead() {
        Lead lead = LeadJson.read(Samples.bytes("https-lead-observed-camel-case.json"));

        assertThat(lead.contact().title()).isEqualTo("Chief MS Documentation Tester");
        assertThat(lead.toBuilder().title("Esquire").build().contact()).isEqualTo(SOME_ONE);
        assertThat(lead.source().format()).isEqualTo("AzureMarketplace-INS");
        assertThat(lead.description()).isEqualTo("Test run through Power Automate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https-lead-documented-2018-pascal-case.json", "https-lead-observed-camel-case-2019.json"})
    void theFormOf2018IsReadAndItsFreeTextSourceStaysWhole(String sample) {
        Lead lead = LeadJson.read(Samples.bytes(sample));

        assertThat(lead.contact()).isEqualTo(SOME_ONE);
        assertThat(lead.source()).isEqualTo(LeadSource.of(new Source("Test run through MS Flow"), null, null));
        assertThat(lead.offerTitle()).isEqualTo("Test Microsoft");
        assertThat(lead.description()).isNull();
        assertThat(lead.createdAt()).isNull();
    }

    @Test
    void anEmptyLeadBreaksTheRulesOfLeads() {
        assertThatThrownBy(() -> LeadJson.read(Samples.bytes("https-lead-observed-camel-case-empty.json")))
                .isInstanceOfSatisfying(
                        InvalidLeadException.class,
                        e -> assertThat(e.problems()).extracting("code").containsExactly("lead.empty"));
    }

    @Test
    void aBareContactIsRead() {
        assertThat(LeadJson.read(Samples.bytes("customer-info.json")).contact())
                .isEqualTo(
                        new Contact("John", "Smith", "jsmith@microsoft.com", "1234567890", "US", "Microsoft", "CTO"));
    }

    @Test
    void theTestLeadIsRejectedWhereItsCommaIsMissingAndReadWithIt() {
        byte[] printed = Samples.bytes("test-lead-https-invalid-json.txt");

        assertThatThrownBy(() -> LeadJson.read(printed))
                .isInstanceOf(LeadParseException.class)
                .hasMessage("the text is not valid JSON: a comma is missing before this (line 14, column 5)");
        Lead mended = LeadJson.read(new String(printed, UTF_8).replace("\"Contoso Test\"", "\"Contoso Test\","));
        assertThat(mended.isTest()).isTrue();
        assertThat(mended.contact().company()).isEqualTo("MSFT_TEST_636573304831318844");
        assertThat(mended.source().format()).isEqualTo("AzureMarketplace-INS");
    }

    @Test
    void aRowOfTheTableIsRead() {
        Lead lead = LeadJson.read("""
                {"PartitionKey": "9:2F28:2F2018", "RowKey": "r", "Timestamp": "2018-09-29T01:02:03Z",
                 "ActionCode": "INS", "CreatedTime": "2018-09-28T18:24:18.7117715Z", "Description": " ",
                 "CustomerInfo": "{\\"FirstName\\":\\"Some\\",\\"LastName\\":\\"One\\",\\"Email\\":\\"someone@contoso.com\\",\\"Phone\\":\\"16175555555\\",\\"Country\\":\\"USA\\",\\"Company\\":\\"Contoso\\",\\"Title\\":\\"Esquire\\"}",
                 "LeadSource": "AzureMarketplace", "OfferDisplayName": "Contoso App", "ProductId": "contoso.app"}
                """);

        assertThat(lead)
                .isEqualTo(Lead.builder()
                        .contact(SOME_ONE)
                        .source("AzureMarketplace-INS|contoso.app")
                        .offerTitle("Contoso App")
                        .createdAt(Instant.parse("2018-09-28T18:24:18.7117715Z"))
                        .build());
    }

    @Test
    void aTimeOfTheTableInAnUnknownFormIsKeptAsAnAttribute() {
        Lead lead = LeadJson.read("{\"CustomerInfo\":{\"Phone\":1},\"CreatedTime\":\"9/28/2018 6:24:18 PM\"}");

        assertThat(lead.createdAt()).isNull();
        assertThat(lead.attributes()).containsExactly(Map.entry("createdTime", "9/28/2018 6:24:18 PM"));
    }

    @Test
    void anEventIsRead() {
        Lead lead = LeadJson.read(
                "{\"type\":\"marketplace.lead.created\",\"timestamp\":\"2026-03-01T12:00:00+01:00\",\"data\":"
                        + "{\"userDetails\":{\"phone\":\"1\"},\"leadSource\":\"SPZA\",\"actionCode\":\"PLT\",\"leadId\":\"42\",\"offerId\":\"contoso.app\"}}");

        assertThat(lead)
                .isEqualTo(Lead.builder()
                        .id("42")
                        .phone("1")
                        .source("SPZA-PLT|contoso.app")
                        .createdAt(Instant.parse("2026-03-01T11:00:00Z"))
                        .build());
    }

    @Test
    void namesCountInAnyCaseAtEveryLevelAndUnknownOnesAreIgnored() {
        Lead lead = LeadJson.read(
                "{\"USERDETAILS\":{\"firstname\":\"Ada\",\"eMail\":\"ada@example.com\",\"x\":[{\"email\":1}]},"
                        + "\"LEADSOURCE\":\"spza\",\"actioncode\":\"dnc\",\"id\":\"not ours\",\"more\":{\"email\":[]}}");

        assertThat(lead)
                .isEqualTo(Lead.builder()
                        .firstName("Ada")
                        .email("ada@example.com")
                        .source("SPZA-DNC")
                        .build());
        assertThat(lead.doNotContact()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"  \"", "\"\\t\\n\"", "\"\\u2003\""})
    void nullAndBlankAreAbsent(String absent) {
        Lead lead = LeadJson.read(
                "{\"userDetails\":{\"phone\":\"1\",\"email\":@,\"title\":@},\"customerInfo\":@,\"leadSource\":@,\"actionCode\":@,\"offerTitle\":@,\"description\":@,\"createdTime\":@,\"productId\":@}"
                        .replace("@", absent));

        assertThat(lead).isEqualTo(Lead.builder().phone("1").build());
    }

    @Test
    void numbersAndBooleansAreTakenWhereATextBelongs() {
        Lead lead = LeadJson.read(
                "{\"userDetails\":{\"phone\":16175555555,\"title\":-1.50e3},\"description\":true,\"offerTitle\":false}");

        assertThat(lead)
                .isEqualTo(Lead.builder()
                        .phone("16175555555")
                        .title("-1.50e3")
                        .description("true")
                        .offerTitle("false")
                        .build());
    }

    @Test
    void ofAPropertyGivenTwiceTheLastOneWithAValueCounts() {
        Lead lead = LeadJson.read("{\"userDetails\":{\"phone\":\"1\",\"Phone\":\"2\",\"PHONE\":\" \",\"phone\":null},"
                + "\"offerTitle\":\"a\",\"OfferTitle\":\"b\",\"description\":\"a\",\"description\":\"\"}");

        assertThat(lead)
                .isEqualTo(Lead.builder()
                        .phone("2")
                        .offerTitle("b")
                        .description("a")
                        .build());
    }

    @Test
    void thePersonInAnObjectOfItsOwnCountsBeforeFieldsAtTheTop() {
        assertThat(LeadJson.read("{\"title\":\"New lead\",\"email\":{},\"userDetails\":{\"phone\":\"1\"}}"))
                .isEqualTo(Lead.builder().phone("1").build());
    }

    /** {@code -} stands for a missing action code, and for an absent part. */
    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "AzureMarketplace;                INS; AzureMarketplace;       INS;   -",
                "Test run-through;                -;   Test run-through;       -;     -",
                "Test run-through|x;              -;   Test run;               through; x",
                "AzureMarketplace-INS;            -;   AzureMarketplace;       INS;   -",
                "AppSource (SPZA) - PLT;          -;   SPZA;                   PLT;   -",
                "SPZA-PLT|contoso.app;            -;   SPZA;                   PLT;   contoso.app",
                "|contoso.app;                    -;   -;                      -;     contoso.app",
                "-INS;                            -;   -INS;                   -;     -",
                "SPZA-PLT;                        DNC; SPZA-PLT;               DNC;   -",
                "SPZA|x;                          DNC; SPZA|x;                 DNC;   -",
                "-;                               DNC; -;                      DNC;   -",
                "' spza ';                        ' dnc '; SPZA;               DNC;   -",
            })
    void aSourceIsCutOnlyIfThereIsNoActionAndItIsCombined(
            String leadSource, String actionCode, String source, String action, String offer) {
        String json = "{\"phone\":1" + (leadSource == null ? "" : ",\"leadSource\":\"" + leadSource + "\"")
                + (actionCode == null ? "" : ",\"actionCode\":\"" + actionCode + "\"") + "}";

        LeadSource read = LeadJson.read(json).source();

        assertThat(read.source()).isEqualTo(source == null ? null : new Source(source));
        assertThat(read.action()).isEqualTo(action == null ? null : new Action(action));
        assertThat(read.offer() == null ? null : read.offer().text()).isEqualTo(offer);
    }

    @Test
    void aProductIdGoesBesideACombinedSourceWithoutOffer() {
        assertThat(LeadJson.read("{\"phone\":1,\"leadSource\":\"SPZA-PLT\",\"productId\":\"contoso.app\"}")
                        .source())
                .hasToString("SPZA-PLT|contoso.app");
        assertThat(LeadJson.read("{\"phone\":1,\"leadSource\":\"SPZA-PLT|a.b\",\"productId\":\"c.d\"}")
                        .source())
                .hasToString("SPZA-PLT|a.b");
    }

    @Test
    void aSourceOverItsLimitIsRefusedAndNotCutOff() {
        assertThatThrownBy(() -> LeadJson.read("{\"phone\":1,\"leadSource\":\"SPZA-PLT|" + "x".repeat(1_000) + "\"}"))
                .isInstanceOfSatisfying(
                        InvalidLeadException.class,
                        e -> assertThat(e.problems()).extracting("code").containsExactly("lead.source-too-long"));
    }

    @Test
    void theCustomerInfoIsReadByItself() {
        assertThat(LeadJson.readCustomerInfo("{\"FIRSTNAME\":\"Ada\",\"phone\":1,\"email\":\" \",\"x\":{}}"))
                .isEqualTo(new Contact("Ada", null, null, "1", null, null, null));
        assertThat(LeadJson.readCustomerInfo(" ")).isEqualTo(Contact.NONE);
        assertThat(LeadJson.readCustomerInfo("{}")).isEqualTo(Contact.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{", "[]", "null", "1", "{\"email\":\"a", "{} {}", "{\"email\":{}}", "{\"email\":[]}"})
    void aCustomerInfoThatIsNoObjectOfTextsIsRefused(String customerInfo) {
        assertThatThrownBy(() -> LeadJson.readCustomerInfo(customerInfo))
                .isInstanceOfSatisfying(
                        LeadParseException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("json.customer-info"));
        String row = "{\"LeadSource\":\"SPZA\",\n\"CustomerInfo\": \"" + customerInfo.replace("\"", "\\\"") + "\"}";
        assertThatThrownBy(() -> LeadJson.read(row)).isInstanceOfSatisfying(LeadParseException.class, e -> {
            assertThat(e.problem().code()).isEqualTo("json.customer-info");
            assertThat(e.line()).isEqualTo(2);
            assertThat(e.column()).isEqualTo(17);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "{\"mktcmpid\":\"1234\",\"partnerid\":98765,\"flag\":true}; mktcmpid=1234 partnerid=98765 flag=true",
                "' {\"src\":\"mail\",\"none\":null,\"list\":[{}]} ';       src=mail",
                "{};                     ''",
                "{not json};             ''",
                "{\"a\":1} and {\"b\":2}; ''",
                "{\"a\":1}{\"b\":2};     ''",
                "Campaigns:;             ''",
                "{;                      ''",
                "-;                      ''",
            })
    void campaignParametersAreReadFromTheDescription(String description, String expected) {
        Lead lead = Lead.builder().phone("1").description(description).build();

        StringBuilder read = new StringBuilder();
        LeadJson.campaignParameters(lead)
                .forEach((name, value) ->
                        read.append(name).append('=').append(value).append(' '));
        assertThat(read.toString().strip()).isEqualTo(expected);
    }

    @Test
    void aDescriptionWithCampaignParametersStaysAsItIs() {
        String parameters = "{\"mktcmpid\":\"1234\",\"partnerid\":\"98765\"}";
        Lead lead = LeadJson.read("{\"phone\":1,\"description\":\"" + parameters.replace("\"", "\\\"") + "\"}");

        assertThat(lead.description()).isEqualTo(parameters);
        assertThat(LeadJson.campaignParameters(lead)).containsOnlyKeys("mktcmpid", "partnerid");
    }
}
