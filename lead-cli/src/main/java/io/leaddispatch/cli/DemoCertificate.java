package io.leaddispatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for localhost, made by the JDK's keytool for this run only and deleted with it. */
final class DemoCertificate implements AutoCloseable {
    private static final long KEYTOOL_SECONDS = 60;
    private static final String PASSWORD_VARIABLE = "LEAD_DEMO_PASSWORD";

    private static final String IDENTITY = "identity.p12";
    private static final String CERTIFICATE = "certificate.pem";

    private final Path folder;
    private final SSLContext context;

    private DemoCertificate(Path folder, SSLContext context) {
        this.folder = folder;
        this.context = context;
    }

    static DemoCertificate create() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("lead-demo");
        deleteAtExit(folder);
        Path file = folder.resolve(IDENTITY);
        String password = UUID.randomUUID().toString();
        keytool(file, password);
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(store.getCertificate("demo").getEncoded());
            Files.writeString(
                    folder.resolve(CERTIFICATE),
                    "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return new DemoCertificate(folder, context);
        } catch (GeneralSecurityException e) {
            throw new IOException("no certificate could be made", e);
        }
    }

    /** In case the process is ended before {@link #close}: files go in the opposite order. */
    private static void deleteAtExit(Path folder) {
        folder.toFile().deleteOnExit();
        folder.resolve(IDENTITY).toFile().deleteOnExit();
        folder.resolve(CERTIFICATE).toFile().deleteOnExit();
    }

    private static void keytool(Path file, String password) throws IOException, InterruptedException {
        ProcessBuilder keytool = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "demo",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass:env",
                PASSWORD_VARIABLE));
        keytool.environment().put(PASSWORD_VARIABLE, password);
        Process process = keytool.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("the JDK's keytool made no certificate: " + said);
        }
    }

    SSLContext context() {
        return context;
    }

    Path pem() {
        return folder.resolve(CERTIFICATE);
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
