package io.leaddispatch.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key and a self-signed certificate, made by the JDK's {@code keytool} when it is asked for: no private key lies in a
 * repository. Safe for use by many threads; the files in the folder given are the caller's to delete.
 */
public final class TlsIdentity {
    private static final String KEY_STORE = "identity.p12";
    private static final String PASSWORD = "changeit";
    private static final long KEYTOOL_SECONDS = 60;

    private final KeyStore store;
    private final Path pem;

    private TlsIdentity(KeyStore store, Path pem) {
        this.store = store;
        this.pem = pem;
    }

    /** For {@code localhost} and 127.0.0.1. */
    public static TlsIdentity forLocalhost(Path folder) throws IOException, InterruptedException {
        return create(folder, "localhost", "dns:localhost,ip:127.0.0.1");
    }

    /**
     * For any name.
     *
     * @param folder where the key store goes; it must exist
     * @param names as keytool takes them, e.g. {@code dns:other.example}
     */
    public static TlsIdentity create(Path folder, String commonName, String names)
            throws IOException, InterruptedException {
        Path file = Files.createTempDirectory(folder, "tls").resolve(KEY_STORE);
        keytool(List.of(
                "-genkeypair",
                "-alias",
                "s",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "30",
                "-dname",
                "CN=" + commonName,
                "-ext",
                "san=" + names,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return new TlsIdentity(store, writePem(store, file.resolveSibling("certificate.pem")));
        } catch (GeneralSecurityException e) {
            throw new IOException("keytool's key store cannot be read", e);
        }
    }

    private static Path writePem(KeyStore store, Path file) throws IOException, GeneralSecurityException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(store.getCertificate("s").getEncoded());
        return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
    }

    private static void keytool(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("keytool failed: " + said);
        }
    }

    /** For a server that shows this certificate. */
    public SSLContext server() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }

    /** For a client that trusts this certificate and no other. */
    public SSLContext client() {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry("s", store.getCertificate("s"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }

    /** Certificate and key as a PKCS#12 file. */
    public Path keyStore() {
        return pem.resolveSibling(KEY_STORE);
    }

    /** What opens that file. */
    public String keyStorePassword() {
        return PASSWORD;
    }

    /** The certificate as a PEM file. */
    public Path pem() {
        return pem;
    }
}
