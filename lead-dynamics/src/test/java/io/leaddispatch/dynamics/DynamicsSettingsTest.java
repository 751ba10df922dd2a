package io.leaddispatch.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.spi.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynamicsSettingsTest {
    private static final Map<String, String> GOOD = Map.of(
            "instanceUrl", "https://contoso.crm4.dynamics.com",
            "directoryId", "12345678-8af1-4aaf-8234-12234d01db47",
            "applicationId", "23456052-aaaa-4bbb-8662-1234df56788f",
            "applicationKey", "s3cr3t-canary");

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "instanceUrl | http://contoso.crm4.dynamics.com | is plain http",
                "instanceUrl | https://user@contoso.crm4.dynamics.com | holds a user name",
                "instanceUrl | ftp://contoso.crm4.dynamics.com | is not an https address",
                "directoryId | 12345678-8af1-4asf-1234-12234d01db47 | is neither a directory (tenant) id",
                "directoryId | organizations | is neither a directory (tenant) id",
                "directoryId | 'contoso .example' | is neither a directory (tenant) id",
                "applicationId | contoso | is not an application (client) id",
                "authorityHost | https://login.example | is not a host name",
                "applicationCertificate | /no/such/file | keep one",
            })
    void aFaultNamesItsKey(String key, String value, String words) {
        Map<String, Object> settings = new HashMap<>(GOOD);
        settings.put(key, value);
        LeadConfigurationException e = refused(settings);
        assertThat(e.faults()).hasSize(1);
        assertThat(e.faults().get(0).toString()).contains(words);
        assertThat(e.getMessage()).doesNotContain("s3cr3t-canary");
    }

    @Test
    void allFaultsComeAtOnce() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("instanceUrl", "http://contoso.crm4.dynamics.com");
        settings.put("leadSourceCodes", Map.of("AzurePortal", "many"));
        settings.put("columnLengths", Map.of("subject", 1.5));
        settings.put("fields", Map.of("subject", "{nobody}"));
        assertThat(refused(settings).faults())
                .extracting(fault -> fault.path())
                .containsExactlyInAnyOrder(
                        "instanceUrl",
                        "directoryId",
                        "applicationId",
                        "applicationKey",
                        "columnLengths.subject",
                        "leadSourceCodes.AzurePortal",
                        "fields.subject");
    }

    @Test
    void aMissingCertificateFileIsAFault() {
        Map<String, Object> settings = new HashMap<>(GOOD);
        settings.remove("applicationKey");
        settings.put("applicationCertificate", "/no/such/file");
        assertThat(refused(settings).getMessage()).contains("cannot be read");
    }

    @Test
    void aUserNeedsThePublicClientsIdWhichTheMarketplaceDoesNotHave(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("customer-leads.json"),
                "{\"leadDestination\":\"dynamics\",\"dynamicsLeadConfiguration\":{\"instanceUrl\":"
                        + "\"https://contoso.crm4.dynamics.com\",\"authentication\":\"office365\",\"username\":"
                        + "\"contoso@contoso.onmicrosoft.com\",\"password\":\"p4ss-canary\"}}");
        assertThat(io.leaddispatch.config.LeadConfig.read(file).destinations()).hasSize(1);
        LeadConfigurationException e =
                catchThrowableOfType(LeadConfigurationException.class, () -> LeadDispatcher.fromConfig(file));
        assertThat(e.faults()).hasSize(1);
        assertThat(e.getMessage())
                .contains("dynamicsLeadConfiguration.applicationId", "register an app that allows public client flows")
                .doesNotContain("p4ss-canary");
    }

    @Test
    void theMarketplacesDocumentForAnApplicationOpens(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("customer-leads.json"),
                "{\"leadDestination\":\"dynamics\",\"dynamicsLeadConfiguration\":{\"instanceUrl\":"
                        + "\"https://contoso.crm4.dynamics.com\",\"authentication\":\"azureAD\",\"applicationId\":"
                        + "\"23456052-aaaa-bbbb-8662-1234df56788f\",\"directoryId\":"
                        + "\"12345678-8af1-4aaf-1234-12234d01db47\",\"applicationKey\":\"secret\"}}");
        try (LeadDispatcher dispatcher = LeadDispatcher.fromConfig(file)) {
            assertThat(dispatcher.destinations()).containsExactly("dynamics");
        }
    }

    @Test
    void theUserNameHasItsLength() {
        Map<String, Object> settings = new HashMap<>(GOOD);
        settings.remove("applicationKey");
        settings.put("authentication", "office365");
        settings.put("username", "u".repeat(129));
        settings.put("password", "p");
        assertThat(refused(settings).getMessage()).contains("longer than 128 characters");
    }

    @Test
    void thePasswordHasItsLength() {
        Map<String, Object> settings = user();
        settings.put("password", "p".repeat(257));
        assertThat(refused(settings).getMessage())
                .contains("password")
                .contains("empty or longer than 256 characters")
                .doesNotContain("ppp");
    }

    /** Facts 1: exactly one group; the marketplace lets a single left-over field pass. */
    @Test
    void bothWaysToSignInAtOnceAreAFault() {
        Map<String, Object> application = new HashMap<>(GOOD);
        application.put("username", "u@contoso.example");
        assertThat(Opened.with(application)).isNotNull();
        application.put("password", "p");
        assertThat(refused(application).getMessage()).contains("username", "keep one");
        Map<String, Object> user = user();
        user.put("applicationKey", "s3cr3t-canary");
        assertThat(refused(user).getMessage()).contains("applicationKey", "keep one");
    }

    @Test
    void aUserAnUnknownCloudAndWhatIsLeftOverAreWarnedOf() {
        Map<String, Object> settings = user();
        settings.put("instanceUrl", "https://crm.contoso.example");
        assertThat(warnings(settings))
                .hasSize(2)
                .allMatch(line -> line.startsWith("crm [dynamics.settings-doubtful]: "))
                .satisfies(lines -> {
                    assertThat(lines.get(0)).contains("office365", "deprecated", "90 days");
                    assertThat(lines.get(1)).contains("authorityHost");
                });
        Map<String, Object> leftOver = new HashMap<>(GOOD);
        leftOver.put("username", "u@contoso.example");
        assertThat(warnings(leftOver))
                .singleElement()
                .asString()
                .contains("username")
                .doesNotContain("contoso");
        assertThat(warnings(GOOD)).isEmpty();
    }

    private static Map<String, Object> user() {
        Map<String, Object> settings = new HashMap<>(GOOD);
        settings.remove("applicationKey");
        settings.put("authentication", "office365");
        settings.put("username", "u@contoso.example");
        settings.put("password", "p");
        return settings;
    }

    private static List<String> warnings(Map<String, ?> settings) {
        List<String> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("io.leaddispatch.dynamics");
        logger.addHandler(handler);
        try {
            Opened.with(settings);
        } finally {
            logger.removeHandler(handler);
        }
        return lines;
    }

    @ParameterizedTest(name = "{0} signs in at {1}")
    @CsvSource({
        "contoso.crm.dynamics.com, login.microsoftonline.com",
        "contoso.CRM4.dynamics.com, login.microsoftonline.com",
        "contoso.api.crm9.dynamics.com, login.microsoftonline.com",
        "contoso.crm.microsoftdynamics.us, login.microsoftonline.us",
        "contoso.crm.appsplatform.us, login.microsoftonline.us",
        "contoso.crm.dynamics.cn, login.partner.microsoftonline.cn",
        "crm.contoso.example,",
    })
    void theCloudFollowsFromTheAddress(String host, String authority) {
        assertThat(Clouds.authorityHost(host)).isEqualTo(authority);
    }

    @Test
    void theConnectionIsCutToItsOrigin() {
        Map<String, Object> settings = new LinkedHashMap<>(GOOD);
        settings.put("instanceUrl", "https://Contoso.crm4.dynamics.com/main.aspx?appid=1#page");
        List<LeadConfigurationException.Fault> faults = new java.util.ArrayList<>();
        Connection connection = Connection.of(new Opened(settings), false, faults);
        assertThat(faults).isEmpty();
        assertThat(connection.origin()).hasToString("https://contoso.crm4.dynamics.com");
        assertThat(connection.authority())
                .isEqualTo("https://login.microsoftonline.com/12345678-8af1-4aaf-8234-12234d01db47/");
        assertThat(connection.gate())
                .isEqualTo("dynamics:contoso.crm4.dynamics.com:23456052-aaaa-4bbb-8662-1234df56788f");
        assertThat(connection.knownCloud()).isTrue();
    }

    @Test
    void anUnknownCloudIsTakenForThePublicOne() {
        Map<String, Object> settings = new LinkedHashMap<>(GOOD);
        settings.put("instanceUrl", "https://crm.contoso.example");
        Connection connection = Connection.of(new Opened(settings), false, new java.util.ArrayList<>());
        assertThat(connection.authority()).startsWith("https://login.microsoftonline.com/");
        assertThat(connection.knownCloud()).isFalse();
    }

    @Test
    void aHostsClientThatFollowsRedirectsIsNotUsed() throws Exception {
        var client = java.net.http.HttpClient.newBuilder()
                .followRedirects(java.net.http.HttpClient.Redirect.ALWAYS)
                .build();
        var destination = Opened.with(GOOD, java.time.Clock.systemUTC(), client);
        var result = Servers.deliver(destination, false, List.of(io.leaddispatch.testkit.Leads.ada()))
                .get(0);
        assertThat(result).isInstanceOf(io.leaddispatch.spi.DeliveryResult.Pause.class);
        assertThat(Servers.code(result)).isEqualTo("dynamics.client-unfit");
    }

    @Test
    void limitsFollowFromSettings() {
        Map<String, Object> settings = new LinkedHashMap<>(GOOD);
        settings.put("concurrency", 3);
        settings.put("batchSize", 50);
        settings.put("timeout", "200s");
        Limits limits = Opened.with(settings).limits();
        assertThat(limits.batch()).isEqualTo(50);
        assertThat(limits.concurrency()).isEqualTo(3);
        assertThat(limits.callTimeout()).isEqualTo(Duration.ofSeconds(200));
        assertThat(limits.repeatSafe()).isTrue();
        settings.put("writeMode", "single");
        assertThat(Opened.with(settings).limits().batch()).isEqualTo(1);
        assertThat(Opened.with(GOOD)).hasToString("DynamicsDestination[crm]");
    }

    private static LeadConfigurationException refused(Map<String, ?> settings) {
        LeadConfigurationException e = catchThrowableOfType(
                LeadConfigurationException.class,
                () -> new DynamicsDestinationProvider()
                        .open(
                                new Opened(settings),
                                new io.leaddispatch.spi.DestinationContext(
                                        "crm", java.time.Clock.systemUTC(), () -> null, "test", false)));
        assertThat(e).isNotNull();
        return e;
    }
}
