package io.leaddispatch.http;

import io.leaddispatch.Experimental;
import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.Secret;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Settings that all HTTP destinations share: proxy, private certificate authority, client certificate. */
@Experimental
public final class HttpSettings {
    /** The proxy. */
    public static final Setting<URI> PROXY = Setting.uri("proxy")
            .doc("An HTTP proxy as http://host:port. Without it: the JVM's own choice. Credentials for it need a client"
                    + " of the host's.");
    /** The private certificate authority. */
    public static final Setting<Path> CA_FILE = Setting.file("caFile")
            .doc("A PEM file with certificates to trust instead of the JVM's, such as a private authority's.");
    /** The client certificate. */
    public static final Setting<Path> CLIENT_CERTIFICATE =
            Setting.file("clientCertificate").doc("A PKCS12 file with the certificate and key that this side shows.");
    /** Its password. */
    public static final Setting<Secret> CLIENT_CERTIFICATE_PASSWORD =
            Setting.secret("clientCertificatePassword").doc("The password of that file.");
    /** How long a connection may take. */
    public static final Setting<Duration> CONNECT_TIMEOUT = Setting.duration("connectTimeout")
            .doc("The longest a connection may take to come about; 10s, or as the host's client has it, unless set.");
    /** All of them, for a provider's list. */
    public static final List<Setting<?>> ALL =
            List.of(PROXY, CA_FILE, CLIENT_CERTIFICATE, CLIENT_CERTIFICATE_PASSWORD, CONNECT_TIMEOUT);

    private static final Duration STANDARD_CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private HttpSettings() {}

    /**
     * The client for a destination with these settings: its own, made at first use, if any of them is set, else the one
     * it is lent. Files are read at once and again only when the destination is opened again.
     *
     * @throws LeadConfigurationException with every file that cannot be read or does not hold what it should, by key
     */
    public static Supplier<HttpClient> client(Settings settings, DestinationContext context) {
        List<Fault> faults = new ArrayList<>();
        URI proxy = settings.find(PROXY);
        InetSocketAddress through = proxy == null ? null : address(proxy, faults);
        SSLContext tls = TlsContexts.of(
                settings.find(CA_FILE),
                settings.find(CLIENT_CERTIFICATE),
                settings.find(CLIENT_CERTIFICATE_PASSWORD),
                faults);
        if (!faults.isEmpty()) {
            throw new LeadConfigurationException(faults);
        }
        Duration connect = settings.find(CONNECT_TIMEOUT);
        if (through == null && tls == null && connect == null) {
            return context.http();
        }
        return new OwnClient(through, tls, connect == null ? STANDARD_CONNECT_TIMEOUT : connect);
    }

    private static @Nullable InetSocketAddress address(URI proxy, List<Fault> faults) {
        if (!"http".equalsIgnoreCase(proxy.getScheme())
                || proxy.getHost() == null
                || proxy.getPort() < 1
                || proxy.getUserInfo() != null) {
            faults.add(new Fault(PROXY.key(), "not of the form http://host:port"));
            return null;
        }
        return InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort());
    }

    /** Made at first use, since a client starts a thread of its own. */
    private static final class OwnClient implements Supplier<HttpClient> {
        private final @Nullable InetSocketAddress proxy;
        private final @Nullable SSLContext tls;
        private final Duration connect;
        private @Nullable HttpClient client;

        OwnClient(@Nullable InetSocketAddress proxy, @Nullable SSLContext tls, Duration connect) {
            this.proxy = proxy;
            this.tls = tls;
            this.connect = connect;
        }

        @Override
        public synchronized HttpClient get() {
            if (client == null) {
                HttpClient.Builder builder = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(connect)
                        .followRedirects(HttpClient.Redirect.NEVER);
                if (proxy != null) {
                    builder.proxy(ProxySelector.of(proxy));
                }
                if (tls != null) {
                    builder.sslContext(tls);
                }
                client = builder.build();
            }
            return client;
        }
    }
}
