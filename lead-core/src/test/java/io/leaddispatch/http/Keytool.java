package io.leaddispatch.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates made while the test runs: no private key lies in the repository. */
record Keytool(Path keyStore, Path pem) {
    static final String PASSWORD = "changeit";

    static Keytool selfSigned(Path folder, String names, String... more) throws IOException, InterruptedException {
        Path store = Files.createTempDirectory(folder, "key").resolve("identity.p12");
        Path pem = store.resolveSibling("certificate.pem");
        List<String> make = new ArrayList<>(List.of("-genkeypair", "-alias", "s", "-keyalg", "EC", "-groupname"));
        make.addAll(List.of("secp256r1", "-dname", "CN=test", "-ext", "san=" + names, "-storetype", "PKCS12"));
        make.addAll(List.of(more));
        run(store, make);
        run(store, List.of("-exportcert", "-rfc", "-alias", "s", "-file", pem.toString()));
        return new Keytool(store, pem);
    }

    private static void run(Path store, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("keytool failed");
        }
    }

    /** For a server with this certificate which, if need be, trusts clients with that one. */
    SSLContext server(Keytool trusted) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore clients = KeyStore.getInstance(KeyStore.getDefaultType());
        clients.load(null, null);
        clients.setCertificateEntry("client", trusted.load().getCertificate("s"));
        trust.init(clients);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private KeyStore load() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }
}
