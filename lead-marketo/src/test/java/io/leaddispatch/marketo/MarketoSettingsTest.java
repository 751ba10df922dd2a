package io.leaddispatch.marketo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.config.LeadConfig;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, mix-ups, and what is wrong together. */
class MarketoSettingsTest {
    private static final URI BASE = URI.create("https://284-RPR-133.mktorest.com");

    private static Given given() {
        return Given.at(BASE).without(MarketoSettings.BASE_URL);
    }

    private static List<String> faults(Given given) {
        LeadConfigurationException e = catchThrowableOfType(LeadConfigurationException.class, given::open);
        return e == null ? List.of() : e.faults().stream().map(Fault::toString).toList();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "284-RPR-133",
                " 284-RPR-133 ",
                "284-RPR-133.mktorest.com",
                "https://284-RPR-133.mktorest.com",
                "https://284-RPR-133.mktorest.com/",
                "https://284-RPR-133.mktorest.com/rest",
                "https://284-RPR-133.mktorest.com/rest/",
                "https://284-RPR-133.mktorest.com/identity",
                "https://284-RPR-133.mktorest.com/identity/"
            })
    void everyFormOfTheAddressIsTaken(String text) {
        MarketoAddress address = MarketoAddress.of(text, false);
        assertThat(address.base()).isEqualTo(BASE);
        assertThat(address.munchkinId()).isEqualTo("284-RPR-133");
        assertThat(address.isUsual()).isTrue();
        assertThat(address.at("/rest/v1/leads.json")).hasToString(BASE + "/rest/v1/leads.json");
    }

    @Test
    void aHostCalledRestKeepsItsName() {
        assertThat(MarketoAddress.of("https://rest.example/rest", false).base()).hasToString("https://rest.example");
        assertThat(MarketoAddress.of("https://rest.example:8443", false).gate()).isEqualTo("marketo:rest.example:8443");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "http://284-RPR-133.mktorest.com, plain http",
        "https://284-RPR-133.mktorest.com/rest/v1, has a path",
        "https://x.example/?a=b, has a path",
        "https://x y, no address",
        "ys12, looks like the server",
        "app-ys12, looks like the server",
        "app-ys12.marketo.com, looks like the server",
    })
    void otherAddressesAreRefused(String text, String why) {
        assertThatThrownBy(() -> MarketoAddress.of(text, true)).hasMessageContaining(why);
    }

    @Test
    void destinationsOfAnInstanceShareItsGateHoweverItIsWritten() {
        Limits one = given().open().limits();
        Limits other =
                given().with(MarketoSettings.MUNCHKIN_ID, "284-rpr-133").open().limits();
        assertThat(one.gate()).isEqualTo("marketo:284-RPR-133").isEqualTo(other.gate());
        assertThat(one)
                .isEqualTo(new Limits(
                        1,
                        5,
                        new Limits.Rate(50, Duration.ofSeconds(20)),
                        Duration.ofSeconds(50),
                        false,
                        "marketo:284-RPR-133"));
    }

    @Test
    void leadsGoThreeHundredAtOnceAndMayBeRepeated() {
        Limits limits = given().with(MarketoSettings.MODE, "leads")
                .with(MarketoSettings.CALLS_PER_WINDOW, 100)
                .with(MarketoSettings.CONCURRENCY, 10)
                .open()
                .limits();
        assertThat(limits)
                .isEqualTo(new Limits(
                        300,
                        10,
                        new Limits.Rate(100, Duration.ofSeconds(20)),
                        Duration.ofSeconds(110),
                        true,
                        "marketo:284-RPR-133"));
    }

    @ParameterizedTest(name = "{0} calls in {1}")
    @CsvSource({
        "50, 20s, true",
        "100, 20s, true",
        "5, 1s, true",
        "1, 1m, true",
        "100, 19s, false",
        "6, 1s, false",
        "1, 1ms, false"
    })
    void noWindowAllowsMoreThanMarketoDoes(int calls, String window, boolean good) {
        Given given = given().with(MarketoSettings.CALLS_PER_WINDOW, calls).with(MarketoSettings.WINDOW, window);
        assertThat(faults(given))
                .isEqualTo(
                        good
                                ? List.of()
                                : List.of(
                                        "window: lets pass more than the 100 calls in 20s that Marketo allows: make it longer,"
                                                + " or callsPerWindow less"));
    }

    @Test
    void everythingMissingIsSaidAtOnce() {
        assertThat(faults(new Given()))
                .hasSize(4)
                .anyMatch(fault -> fault.startsWith("munchkinId: is missing; or give baseUrl"))
                .anyMatch(fault -> fault.startsWith("clientId: is missing"))
                .anyMatch(fault -> fault.startsWith("clientSecret: is missing"))
                .anyMatch(fault -> fault.startsWith("formId: is missing"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"1179, true", "mktoForm_1179, true", "0, false", "ys11, false", "99999999999, false"})
    void theFormIsANumber(String formId, boolean good) {
        assertThat(faults(given().with(MarketoSettings.FORM_ID, formId)).isEmpty())
                .isEqualTo(good);
    }

    @Test
    void serverAndFormThatLookSwappedAreCalledThat() {
        Given swapped = given().with(MarketoSettings.FORM_ID, "ys11").with(MarketoSettings.SERVER_ID, "1169");
        assertThat(faults(swapped)).singleElement().asString().contains("formId", "look swapped");
        assertThat(faults(swapped.with(MarketoSettings.MODE, "save2")))
                .anyMatch(fault -> fault.startsWith("serverId: is a number") && fault.contains("look swapped"));
    }

    @Test
    void anOldMarketplaceDocumentIsToldWhatIsMissing() {
        String old = "{\"leadDestination\":\"marketo\",\"marketoLeadConfiguration\":"
                + "{\"serverId\":\"ys12\",\"munchkinId\":\"123-PQR-789\",\"formId\":\"1179\"}}";
        var config = LeadConfig.read(new ByteArrayInputStream(old.getBytes(StandardCharsets.UTF_8)), Path.of(""))
                .destinations()
                .get(0);
        assertThatThrownBy(() -> config.open(new io.leaddispatch.spi.DestinationContext(
                        "marketo", Clock.systemUTC(), HttpClient::newHttpClient, "test", false)))
                .isInstanceOfSatisfying(
                        LeadConfigurationException.class,
                        e -> assertThat(e.faults())
                                .hasSize(2)
                                .allMatch(fault -> fault.what().contains("LaunchPoint"))
                                .extracting(Fault::path)
                                .containsExactly(
                                        "marketoLeadConfiguration.clientId", "marketoLeadConfiguration.clientSecret"));
    }

    @Test
    void theMarketplacesDocumentOpens() {
        String now = "{\"leadDestination\":\"marketo\",\"marketoLeadConfiguration\":{\"munchkinId\":\"123-PQR-789\","
                + "\"formId\":\"1179\",\"clientId\":\"6170fd81-b815-4929-973c-2e0f399c1c9d\",\"clientSecret\":\"s\"}}";
        var config = LeadConfig.read(new ByteArrayInputStream(now.getBytes(StandardCharsets.UTF_8)), Path.of(""));
        assertThat(config.destinations()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"createdAt", "id", "status", "reasons", "inferredCity", "originalSourceType"})
    void fieldsThatOnlyMarketoWritesAreRefused(String name) {
        assertThat(faults(given().with(FieldMapping.FIELDS, Map.of(name, "x"))))
                .containsExactly("fields." + name + ": is a field that only Marketo writes");
    }

    @Test
    void aFormThatCannotCarryTheDoNotContactFlagIsAFault() {
        Given form = given().with(MarketoSettings.FORM_FIELDS, List.of("firstName", "doNotCall"));
        assertThat(faults(form))
                .hasSize(2)
                .anyMatch(fault -> fault.contains("lacks email"))
                .anyMatch(fault -> fault.contains("lacks unsubscribed, without which a do-not-contact lead"));
        assertThat(faults(form.with(MarketoSettings.FORM_FIELDS, List.of("email"))
                        .with(MarketoSettings.DO_NOT_CONTACT_FIELDS, List.of())))
                .isEmpty();
    }

    @Test
    void theLookupFieldIsMappedAndNotTheId() {
        Given leads = given().with(MarketoSettings.MODE, "leads");
        assertThat(faults(leads.with(MarketoSettings.LOOKUP_FIELD, "id"))).hasSize(1);
        assertThat(faults(leads.with(MarketoSettings.LOOKUP_FIELD, "crmId")))
                .singleElement()
                .asString()
                .contains("not mapped");
        assertThat(faults(leads.with(FieldMapping.FIELDS, Map.of("crmId", "{leadId}"))))
                .isEmpty();
    }

    @Test
    void aMappingWithFaultsIsToldWithTheRest() {
        Map<String, Object> bad = new HashMap<>(Map.of("x", "{nothing}"));
        assertThat(faults(given().without(MarketoSettings.CLIENT_ID).with(FieldMapping.FIELDS, bad)))
                .hasSize(2)
                .anyMatch(fault -> fault.startsWith("fields.x: has an unknown placeholder"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ys12, https://app-ys12.marketo.com",
        "app-ys12, https://app-ys12.marketo.com",
        "app-ys12.marketo.com, https://app-ys12.marketo.com",
        "//app-ys12.marketo.com, https://app-ys12.marketo.com"
    })
    void theOldServerIsTakenAsTheEmbedCodeShowsIt(String server, String host) {
        try (LeadDestination old = given().with(MarketoSettings.MODE, "save2")
                .with(MarketoSettings.SAVE2_CONSENT, true)
                .with(MarketoSettings.SERVER_ID, server)
                .open()) {
            assertThat(old.preview(io.leaddispatch.testkit.Leads.ada())).startsWith("POST " + host + "/index.php");
        }
    }

    @Test
    void theOldPostNeedsAMunchkinIdAndNotAnotherHost() {
        Given old = given().with(MarketoSettings.MODE, "save2")
                .with(MarketoSettings.SAVE2_CONSENT, true)
                .with(MarketoSettings.SERVER_ID, "ys12");
        assertThat(faults(old.with(MarketoSettings.MUNCHKIN_ID, "https://marketo.contoso.example")))
                .containsExactly("munchkinId: is an address without a Munchkin id in it (example: 284-RPR-133)");
        assertThat(faults(old.with(MarketoSettings.MUNCHKIN_ID, "a b")))
                .singleElement()
                .asString()
                .startsWith("munchkinId: is no address");
    }

    @Test
    void theOldPostNeedsConsentAndAServer() {
        assertThat(faults(new Given().with(MarketoSettings.MODE, "save2")))
                .hasSize(4)
                .anyMatch(fault -> fault.startsWith("save2AgainstAdobesRules: must be true")
                        && fault.contains("forbids")
                        && fault.contains("Use mode form"));
    }

    @Test
    void everySettingIsDocumented() {
        assertThat(new MarketoDestinationProvider().settings())
                .allSatisfy(setting -> assertThat(setting.documentation()).isNotBlank());
    }
}
