package io.leaddispatch.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.Secret;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.salesforce.SalesforceSimulator;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Log-ins with an assertion, which a private key signs. */
class LoginKeyTest extends WithOrg {
    private static KeyPair pair;
    private static KeyPair weak;

    @BeforeAll
    static void makeKeys() throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        pair = keys.generateKeyPair();
        keys.initialize(1024);
        weak = keys.generateKeyPair();
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                + "-----\n";
    }

    private void useAssertions(String key) {
        settings.put("auth", "jwt-bearer");
        settings.put("username", SalesforceSimulator.USER);
        settings.put("privateKey", key);
        org.trust(pair.getPublic(), null);
    }

    @Test
    void anAssertionIsTakenInPlaceOfASecret() {
        useAssertions(pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        assertThat(send()).isInstanceOf(Outcome.Delivered.class);
        assertThat(org.requests().get(0).body())
                .startsWith("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=");
    }

    /** The same key without its wrapping: version, modulus and so on begin 26 bytes in. */
    @Test
    void anOlderFormOfTheKeyIsRead() {
        byte[] wrapped = pair.getPrivate().getEncoded();
        useAssertions(pem("RSA PRIVATE KEY", Arrays.copyOfRange(wrapped, 26, wrapped.length)));
        assertThat(send()).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void anAudienceOfItsOwnIsSent() {
        useAssertions(pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        org.trust(pair.getPublic(), "https://login.salesforce.com");
        assertThat(refusal()).isEqualTo("salesforce.audience");
        settings.put("audience", "https://login.salesforce.com");
        assertThat(send()).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void keysThatCannotSignAreFoundAtTheStart() {
        useAssertions("not PEM");
        assertThatThrownBy(this::dispatcher).hasMessageContaining("privateKey: holds no PEM text");
        settings.put("privateKey", pem("PRIVATE KEY", weak.getPrivate().getEncoded()));
        assertThatThrownBy(this::dispatcher).hasMessageContaining("privateKey: is no RSA key of at least 2048 bits");
        settings.put("privateKey", pem("PRIVATE KEY", new byte[] {1, 2, 3}));
        assertThatThrownBy(this::dispatcher).hasMessageContaining("privateKey: is no RSA key");
        settings.remove("privateKey");
        assertThatThrownBy(this::dispatcher).hasMessageContaining("privateKey: is missing, and keystore too");
        settings.put("keystore", "/nowhere.p12");
        assertThatThrownBy(this::dispatcher).hasMessageContaining("keystore: cannot be read");
    }

    @Test
    void aKeyThatIsReplacedByAnUnusableOneHoldsTheDestination() {
        AtomicReference<String> key =
                new AtomicReference<>(pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        useAssertions("");
        settings.put("privateKey", Secret.from(key::get));
        try (LeadDispatcher dispatcher = dispatcher()) {
            key.set("gone");
            Outcome.Undelivered undelivered =
                    (Outcome.Undelivered) dispatcher.send(Leads.ada()).at("crm");
            assertThat(undelivered.problem().code()).isEqualTo("salesforce.secret-unusable");
        }
    }

    /** A key store as keytool makes it, with one key and then with two. */
    @Test
    void aKeyStoreHoldsTheKeyToo(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        keytool(file, "first");
        useAssertions("");
        settings.remove("privateKey");
        settings.put("keystore", file.toString());
        settings.put("keystorePassword", "changeit");
        KeyStore store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        org.trust(store.getCertificate("first").getPublicKey(), null);
        assertThat(send()).isInstanceOf(Outcome.Delivered.class);
        keytool(file, "second");
        assertThatThrownBy(this::dispatcher).hasMessageContaining("keyAlias: is missing");
        settings.put("keyAlias", "third");
        assertThatThrownBy(this::dispatcher).hasMessageContaining("keystore: has no key of that alias");
        settings.put("keyAlias", "first");
        assertThat(send()).isInstanceOf(Outcome.Delivered.class);
    }

    private static void keytool(Path file, String alias) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        alias,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=test",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        keytool.getOutputStream().close();
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(keytool.exitValue()).isZero();
    }

    /** Only the flow that asked with one has a use for it. */
    @ParameterizedTest
    @ValueSource(strings = {"client-credentials", "jwt-bearer"})
    void aRefreshTokenThatNobodyAskedForIsLeft(String auth) {
        org.giveRefreshTokens();
        if (auth.equals("jwt-bearer")) {
            settings.remove("clientSecret");
            useAssertions(pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        }
        settings.put("operation", "create");
        assertThat(send()).isInstanceOf(Outcome.Delivered.class);
    }
}
