package io.leaddispatch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leaddispatch.LaneOptions;
import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.Route;
import io.leaddispatch.spi.Setting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeadConfigTest {
    private static final Setting<URI> URL = Setting.uri("url").required();
    private static final LeadConfigReader READER = LeadConfigReader.standard()
            .providers(List.of(
                    new FakeProvider("crm", null, Setting.text("id").required()), new FakeProvider("hook", null, URL)));

    @Test
    void wholeConfigurationIsRead() {
        LeadConfig config = read("""
                {"$schema": "lead-dispatch.schema.json",
                 "destinations": {
                   "crm": {"type": "crm", "settings": {"id": 7},
                           "lane": {"attempts": 9, "firstDelay": "1s", "maxDelay": "1m", "holdProbe": "5m",
                                    "maxAge": "2d", "onUnknown": "resend", "concurrency": 4}},
                   "hook": {"type": "Hook", "settings": {"URL": "https://example.com/leads"}}},
                 "routes": [{"offer": "contoso.*", "publisher": "contoso", "source": "AppSource", "action": "plt",
                             "to": ["crm", "crm"]},
                            {"to": ["crm", "hook"]}],
                 "policy": {"edu": "deliver", "dnc": "suppress"},
                 "patience": "10s", "queue": 50, "onFull": "refuse", "closeWithin": "5s", "insecureLoopback": true,
                 "outbox": {"url": "jdbc:sqlite:leads.db"}}
                """);

        assertThat(config.destinations()).extracting(DestinationConfig::name).containsExactly("crm", "hook");
        assertThat(config.destinations().get(0).lane())
                .isEqualTo(new LaneOptions(
                        9,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        Duration.ofDays(2),
                        LaneOptions.OnUnknown.RESEND,
                        4,
                        Duration.ofMinutes(5)));
        assertThat(config.destinations().get(1).settings().get(URL)).hasHost("example.com");
        assertThat(config.destinations().get(1).lane()).isEqualTo(LaneOptions.DEFAULT);
        assertThat(config.routes())
                .containsExactly(
                        new Route("contoso.*", "contoso", "SPZA", "PLT", List.of("crm")), Route.all("crm", "hook"));
        assertThat(config.policy())
                .isEqualTo(new PolicyConfig(PolicyConfig.Edu.DELIVER, PolicyConfig.DoNotContact.SUPPRESS));
        assertThat(config.patience()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.queue()).isEqualTo(50);
        assertThat(config.onFull()).isEqualTo(LeadConfig.OnFull.REFUSE);
        assertThat(config.closeWithin()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.insecureLoopback()).isTrue();
        assertThat(config.outbox()).hasToString("ConfigSection[outbox: url]");
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void whatIsNotSetHasTheDefaultsOfTheArchitecture() {
        LeadConfig config = read("{\"destinations\": {\"crm\": {\"type\": \"crm\", \"settings\": {\"id\": \"x\"}}}}");

        assertThat(config.routes()).isEmpty();
        assertThat(config.policy()).isEqualTo(PolicyConfig.DEFAULT);
        assertThat(config.policy().rules()).hasSize(1);
        assertThat(config.patience()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.queue()).isEqualTo(1_000);
        assertThat(config.onFull()).isEqualTo(LeadConfig.OnFull.WAIT);
        assertThat(config.closeWithin()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.insecureLoopback()).isFalse();
        assertThat(config.outbox()).isNull();
    }

    @Test
    void everythingWrongIsSaidAtOnceInTheOrderOfTheReading() {
        List<Fault> faults = faults("""
                {"destinatons": {}, "patience": "marker1",
                 "destinations": {
                   "crm": {"type": "crm", "settings": {}, "lane": {"attempts": 0, "retries": 3}},
                   "bad name!": {"type": "hook", "settings": {"url": "marker2"}},
                   "sales": {"type": "salesforce"},
                   "typo": {"type": "hok"},
                   "none": {"settings": {}},
                   "text": "marker3"},
                 "routes": [{"to": ["cmr", "sales"]}, {"ofer": "x", "to": []}, {}, 3],
                 "policy": {"edu": "marker4"}, "outbox": []}
                """);

        assertThat(faults)
                .extracting(Fault::toString)
                .containsExactly(
                        "destinatons: is not a setting of a configuration; did you mean destinations?",
                        "patience: not a duration (example: 10s; units are ms, s, m, h, d)",
                        "destinations.crm.lane.attempts: not a number from 1 to 100",
                        "destinations.crm.lane.retries: is not a setting of a lane; known: attempts, firstDelay, "
                                + "maxDelay, holdProbe, maxAge, onUnknown, concurrency",
                        "destinations.crm.settings.id: is missing",
                        "destinations.(a key of 9 characters): is no name for a destination: 1 to 64 letters, digits, "
                                + "dots, dashes or underscores",
                        "destinations.(a key of 9 characters).settings.url: not an absolute URI "
                                + "(example: https://example.com/leads)",
                        "destinations.sales.type: needs a module that is not there: add the dependency "
                                + "io.leaddispatch:lead-salesforce, in the version of lead-core",
                        "destinations.typo.type: is not a type of destination; did you mean hook?",
                        "destinations.none.type: is missing",
                        "destinations.text: is not an object with type, settings and lane",
                        "routes[0].to[0]: is not the name of a destination; did you mean crm?",
                        "routes[1].ofer: is not a setting of a route; did you mean offer?",
                        "routes[1].to: names no destination",
                        "routes[2].to: is missing",
                        "routes[3]: is not an object with offer, publisher, source, action and to",
                        "policy.edu: not one of suppress, deliver",
                        "outbox: is not an object");
        assertThat(faults.toString()).doesNotContain("marker");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"destinations\": {}}", "{\"destinations\": null}"})
    void configurationNamesADestination(String text) {
        assertThat(faults(text))
                .singleElement()
                .satisfies(fault -> assertThat(fault.what()).startsWith("names no destination"));
    }

    @Test
    void firstDelayIsNotLongerThanTheLongest() {
        assertThat(faults("""
                        {"destinations": {"crm": {"type": "crm", "settings": {"id": "x"}, "lane": {"firstDelay": "31s"}}}}
                        """))
                .containsExactly(new Fault("destinations.crm.lane.firstDelay", "is longer than maxDelay"));
    }

    @Test
    void routesThatDoNothingAreWarnedOf() {
        LeadConfig config = read("""
                {"destinations": {"crm": {"type": "crm", "settings": {"id": "x"}},
                                  "idle": {"type": "crm", "settings": {"id": "x"}}},
                 "routes": [{"to": "crm"}, {"offer": "a", "to": "crm"}]}
                """);

        assertThat(config.warnings())
                .containsExactly(
                        "routes[1]: is never reached: routes[0] takes every lead",
                        "destinations.idle: gets no leads: no route names it");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            value = {
                "'' ~ is empty",
                "'  ' ~ is empty",
                "[1] ~ holds something else than a JSON object (line 1, column 1)",
                "'{\"marker\": tru}' ~ is not JSON: look for a comma, colon, bracket or quotation mark that is missing "
                        + "or misplaced (line 1, column 12)",
                "'{\"a\": 1,}' ~ is not JSON: look for a comma, colon, bracket or quotation mark that is missing or "
                        + "misplaced (line 1, column 9)",
                "'{\"a\": {\"marker\": \"x' ~ ends too early: a bracket or quotation mark is not closed (line 1, column 20)",
                "'{\"a\": 1, \"a\": 2}' ~ gives a key twice in one object (line 1, column 10)",
                "'{} {}' ~ goes on after its end (line 1, column 4)"
            })
    void brokenSyntaxHasAPlaceAndNoContent(String text, String what) {
        assertThat(faults(text)).containsExactly(new Fault("configuration", what));
    }

    @Test
    void whatIsTooDeepOrTooLargeIsRefused() {
        assertThat(faults("{\"a\":".repeat(33)).get(0).what()).startsWith("is nested deeper than 32 levels");
        assertThat(faults("{\"a\": \"" + "x".repeat(1024 * 1024) + "\"}").get(0).what())
                .isEqualTo("is larger than 1 MiB; is it a configuration?");
    }

    @Test
    void bytesThatAreNoTextAreRefusedWithoutShowingThem() {
        byte[] bytes = "{\"destinations\": \"m\u00e4rker\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(catchThrowableOfType(
                                LeadConfigurationException.class,
                                () -> READER.read(new ByteArrayInputStream(bytes), Path.of("")))
                        .getMessage())
                .startsWith("configuration: is not")
                .doesNotContain("rker");
    }

    @Test
    void leadIsNoConfiguration() {
        assertThat(faults("{\"userDetails\": {\"firstName\": \"Ada\"}, \"leadSource\": \"AzureMarketplace\"}"))
                .containsExactly(new Fault("configuration", "seems to be a lead, not a configuration"));
    }

    @Test
    void fileIsReadAndNamedWithoutItsDirectories(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("leads.json");
        assertThat(message(file)).isEqualTo("leads.json: does not exist");
        assertThat(message(directory)).endsWith(": cannot be read; is it a file, and are its permissions right?");

        Files.writeString(
                file, "\uFEFF{\"destinations\": {\"crm\": {\"type\": \"crm\", \"settings\": {\"id\": \"x\"}}}}");
        assertThat(READER.read(file).destinations()).hasSize(1);

        Files.writeString(file, "{");
        assertThat(message(file)).startsWith("leads.json: ends too early");
    }

    @Test
    void nothingPrintsAValue() {
        LeadConfig config = read("""
                {"destinations": {"crm": {"type": "crm", "settings": {"id": "marker"}}},
                 "outbox": {"url": "jdbc:marker", "password": "marker"}}
                """);

        assertThat(config.toString()).contains("crm").doesNotContain("marker");
    }

    @Test
    void outboxIsCheckedByItsOwner() {
        ConfigSection outbox = read("""
                        {"destinations": {"crm": {"type": "crm", "settings": {"id": "x"}}},
                         "outbox": {"url": "jdbc:sqlite:leads.db", "pasword": "marker"}}
                        """).outbox();
        Setting<String> url = Setting.text("url").required();

        assertThat(outbox).isNotNull();
        assertThat(outbox.path()).isEqualTo("outbox");
        assertThat(catchThrowableOfType(
                                LeadConfigurationException.class,
                                () -> outbox.check(List.of(url, Setting.secret("password"))))
                        .faults())
                .containsExactly(new Fault("outbox.pasword", "is not a setting of outbox; did you mean password?"));
        assertThat(READER.section("outbox", java.util.Map.of("url", "x"))
                        .check(List.of(url))
                        .get(url))
                .isEqualTo("x");
    }

    @Test
    void outboxThatNobodyServesIsNotReplacedByMemory() {
        LeadConfig config = read("""
                {"destinations": {"crm": {"type": "crm", "settings": {"id": "x"}}}, "outbox": {"url": "x"}}
                """);

        assertThat(catchThrowableOfType(
                                LeadConfigurationException.class,
                                () -> LeadDispatcher.builder().config(config).build())
                        .faults())
                .containsExactly(new Fault(
                        "outbox",
                        "needs a module that is not there: add the dependency io.leaddispatch:lead-outbox, in the version"
                                + " of lead-core"));
    }

    @Test
    void dispatcherIsMadeOfAConfiguration() {
        LeadConfig config = read("{\"destinations\": {\"crm\": {\"type\": \"crm\", \"settings\": {\"id\": \"x\"}}}}");

        try (LeadDispatcher dispatcher = LeadDispatcher.builder().config(config).build()) {
            assertThat(dispatcher.destinations()).containsExactly("crm");
        }
    }

    @Test
    void everyKeyIsDeclaredWithAText() {
        assertThat(LeadConfig.declared()).hasSize(5);
        assertThat(LeadConfig.declared().values())
                .allSatisfy(settings -> assertThat(settings)
                        .isNotEmpty()
                        .allSatisfy(
                                setting -> assertThat(setting.documentation()).endsWith(".")));
    }

    private static String message(Path file) {
        return catchThrowableOfType(LeadConfigurationException.class, () -> READER.read(file))
                .getMessage();
    }

    private static LeadConfig read(String text) {
        return READER.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Path.of(""));
    }

    private static List<Fault> faults(String text) {
        return catchThrowableOfType(LeadConfigurationException.class, () -> read(text))
                .faults();
    }
}
