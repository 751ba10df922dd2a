package io.leaddispatch.http;

import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Trust and keys from files. Checks of certificates and host names cannot be switched off. */
final class TlsContexts {
    private TlsContexts() {}

    /** A context, or null if neither file is given or one of them has a fault. */
    static @Nullable SSLContext of(
            @Nullable Path caFile, @Nullable Path certificate, @Nullable Secret password, List<Fault> faults) {
        TrustManager[] trust = caFile == null ? null : trust(caFile, faults);
        KeyManager[] keys = certificate == null ? null : keys(certificate, password, faults);
        if (trust == null && keys == null) {
            return null;
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private static TrustManager @Nullable [] trust(Path file, List<Fault> faults) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + store.size(), one);
            }
            if (store.size() == 0) {
                faults.add(new Fault(HttpSettings.CA_FILE.key(), "the file holds no certificate"));
                return null;
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            faults.add(new Fault(
                    HttpSettings.CA_FILE.key(), "the file cannot be read or is no PEM file with certificates"));
            return null;
        }
    }

    private static KeyManager @Nullable [] keys(Path file, @Nullable Secret password, List<Fault> faults) {
        char[] word = password == null ? new char[0] : password.reveal().toCharArray();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, word);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, word);
            return factory.getKeyManagers();
        } catch (IOException | GeneralSecurityException e) {
            faults.add(new Fault(
                    HttpSettings.CLIENT_CERTIFICATE.key(),
                    "the file cannot be read, is no PKCS12 file, or its password is wrong"));
            return null;
        }
    }
}
