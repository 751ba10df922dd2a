package io.leaddispatch.dynamics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.dynamics.simulator.DynamicsServers;
import io.leaddispatch.dynamics.simulator.EntraSimulator.Refusal;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.ScriptedServer;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens from a real OAuth server over TLS. */
class SignInTest extends Servers {
    @Test
    void thirtyTwoThreadsOnAColdCacheMakeOneTokenRequest() throws Exception {
        int threads = 32;
        DynamicsDestination destination = open();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<DeliveryResult>> futures = IntStream.range(0, threads)
                    .mapToObj(n -> pool.submit((Callable<DeliveryResult>) () -> {
                        start.await();
                        return one(destination, Leads.numbered(n));
                    }))
                    .toList();
            start.countDown();
            for (Future<DeliveryResult> future : futures) {
                assertThat(future.get()).isInstanceOf(Delivered.class);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(servers.entra().tokenRequests()).hasSize(1);
        assertThat(servers.entra().tokenRequests().get(0))
                .startsWith("/" + DynamicsServers.DIRECTORY + "/oauth2/v2.0/token ")
                .contains("client_id=" + DynamicsServers.APPLICATION)
                .contains("grant_type=client_credentials")
                .contains("client_secret=" + URLEncoder.encode(DynamicsServers.KEY, UTF_8));
    }

    @Test
    void theSignInGoesThroughTheProxyToo() throws Exception {
        try (ScriptedServer proxy = ScriptedServer.start()) {
            proxy.otherwise(request -> Answer.of(502));
            DeliveryResult result = one(open("proxy", proxy.uri().toString()), Leads.ada());
            assertThat(result).isNotInstanceOf(Delivered.class);
            assertThat(proxy.requests())
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.method() + " " + request.target())
                            .isEqualTo("CONNECT " + servers.entra().host()));
        }
        assertThat(servers.entra().tokenRequests()).isEmpty();
    }

    /** For a host's other names MSAL asks the host itself. */
    @ParameterizedTest
    @CsvSource({
        "login.microsoftonline.com, login.microsoftonline.com",
        "login.microsoftonline.us, login.microsoftonline.us",
        "login.partner.microsoftonline.cn, login.partner.microsoftonline.cn",
        "login.windows.net, login.microsoftonline.com",
        "sts.windows.net, login.microsoftonline.com",
        "login.chinacloudapi.cn, login.partner.microsoftonline.cn",
        "login.usgovcloudapi.net, login.microsoftonline.us",
        "login.contoso.example, login.contoso.example",
    })
    void theHostThatIsSetIsAskedAlsoByItsOtherNames(String host, String asked) throws Exception {
        try (ScriptedServer proxy = ScriptedServer.start()) {
            proxy.otherwise(request -> Answer.of(502));
            DeliveryResult result = one(open("proxy", proxy.uri().toString(), "authorityHost", host), Leads.ada());
            assertThat(code(result)).isEqualTo("dynamics.identity-unavailable");
            assertThat(proxy.requests())
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.target()).isEqualTo(asked + ":443"));
        }
    }

    @Test
    void aRefusedTokenIsReplacedOnceAndTheRequestRepeated() throws Exception {
        DynamicsDestination destination = open();
        one(destination, Leads.ada());
        var signed = servers.dataverse().acceptsToken;
        String old =
                servers.dataverse().requests().get(0).header("Authorization").substring(7);
        servers.dataverse().acceptsToken = token -> !token.equals(old) && signed.test(token);
        assertThat(one(destination, Leads.grace())).isInstanceOf(Delivered.class);
        assertThat(servers.entra().tokenRequests()).hasSize(2);
    }

    @Test
    void aSecondRefusalHoldsAndNamesTheOtherDirectory() throws Exception {
        servers.dataverse().tenant = "99999999-8af1-4aaf-8234-12234d01db47";
        servers.dataverse().acceptsToken = token -> false;
        Pause pause = (Pause) one(open(), Leads.ada());
        assertThat(pause.problem().code()).isEqualTo("dynamics.token-rejected");
        assertThat(pause.problem().cause())
                .endsWith("it takes tokens of directory 99999999-8af1-4aaf-8234-12234d01db47");
        assertThat(servers.dataverse().requests()).hasSize(2);
    }

    @Test
    void aUserSignsInWithNameAndPassword() throws Exception {
        DynamicsDestination destination = open(
                "authentication", "office365",
                "username", "contoso@contoso.example",
                "password", "p4ssw0rd-canary",
                "directoryId", "organizations");
        assertThat(one(destination, Leads.ada())).isInstanceOf(Delivered.class);
        assertThat(servers.entra().tokenRequests().get(0))
                .startsWith("/organizations/")
                .contains("grant_type=password")
                .contains("username=" + URLEncoder.encode("contoso@contoso.example", UTF_8))
                .contains("password=p4ssw0rd-canary")
                .doesNotContain("client_secret");
    }

    /** The directory sends such users to a host of the customer's, which gets neither their name nor their password. */
    @Test
    void aFederatedUserIsSentNowhereElse() throws Exception {
        try (ScriptedServer elsewhere = ScriptedServer.start(servers.identity())) {
            elsewhere.otherwise(request -> Answer.of(500));
            String federated = "{\"ver\":\"1.0\",\"account_type\":\"Federated\",\"domain_name\":\"contoso.example\","
                    + "\"federation_protocol\":\"WSTrust\",\"federation_metadata_url\":\"" + elsewhere.uri() + "/mex\","
                    + "\"federation_active_auth_url\":\"" + elsewhere.uri() + "/trust\"}";
            servers.entra().refuses =
                    path -> path.startsWith("/common/userrealm/") ? new Refusal(200, federated) : null;
            DeliveryResult result = one(
                    open("authentication", "office365", "username", "u@contoso.example", "password", "p4ss-canary"),
                    Leads.ada());
            assertThat(result).isInstanceOf(Pause.class);
            assertThat(code(result)).isEqualTo("dynamics.sign-in");
            assertThat(Results.problem(result).cause()).endsWith("federated users cannot sign in here");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void anApplicationSignsInWithACertificate(@TempDir Path folder) throws Exception {
        Path store = folder.resolve("application.p12");
        Map<String, Object> settings =
                settings("applicationCertificate", rsaStore(store), "applicationCertificatePassword", "changeit");
        settings.remove("applicationKey");
        DynamicsDestination destination = Opened.with(settings);
        assertThat(one(destination, Leads.ada())).isInstanceOf(Delivered.class);
        assertThat(servers.entra().tokenRequests().get(0))
                .contains("client_assertion=")
                .doesNotContain("client_secret");
    }

    private static String rsaStore(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=application",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        keytool.getOutputStream().close();
        String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        return file.toString();
    }

    @Test
    void aCertificateThatCanNoLongerBeReadHolds(@TempDir Path folder) throws Exception {
        Path store = Files.writeString(folder.resolve("application.p12"), "no key store");
        Map<String, Object> settings = settings("applicationCertificate", store.toString());
        settings.remove("applicationKey");
        DeliveryResult result = one(Opened.with(settings), Leads.ada());
        assertThat(result).isInstanceOf(Pause.class);
        assertThat(code(result)).isEqualTo("dynamics.secret-unusable");
        assertThat(result.toString()).doesNotContain(folder.toString());
    }

    @Test
    void aRefusedSignInHoldsBeforeAnythingIsSent() throws Exception {
        servers.entra().refuses = path -> path.endsWith("/token")
                ? Refusal.of(401, "invalid_client", 7000215, "Invalid client secret provided.")
                : null;
        Pause pause = (Pause) one(open(), Leads.ada());
        assertThat(pause.problem().code()).isEqualTo("dynamics.client-secret-invalid");
        assertThat(pause.problem().vendorCode()).isEqualTo("AADSTS7000215");
        assertThat(servers.dataverse().requests()).isEmpty();
    }
}
