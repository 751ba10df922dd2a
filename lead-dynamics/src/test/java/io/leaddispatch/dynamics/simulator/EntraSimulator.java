package io.leaddispatch.dynamics.simulator;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.leaddispatch.testkit.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.HttpsURLConnection;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.MockWebServerWrapper;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.Route;
import no.nav.security.mock.oauth2.http.Ssl;
import no.nav.security.mock.oauth2.http.SslKeystore;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import okhttp3.Headers;

/** A directory on loopback, with TLS: mock-oauth2-server gives and signs the tokens; it can be told to refuse. */
public final class EntraSimulator implements AutoCloseable {
    private final MockOAuth2Server server;
    private final TlsIdentity identity;
    private final List<String> tokenRequests = new ArrayList<>();

    /** Answers instead of the directory, given path and form, or null; at first never. */
    public volatile Function<String, Refusal> refuses = request -> null;

    /** An answer of the token endpoint. */
    public record Refusal(int status, String json) {
        /** As Entra words its refusals. */
        public static Refusal of(int status, String error, int number, String words) {
            return new Refusal(
                    status,
                    ("{\"error\":\"%s\",\"error_description\":\"AADSTS%d: %s Trace ID: 0000 Correlation ID: 1111"
                                    + " Timestamp: 2026-01-01 00:00:00Z\",\"error_codes\":[%d],\"trace_id\":\"0000\","
                                    + "\"correlation_id\":\"1111\"}")
                            .formatted(error, number, words, number));
        }
    }

    private final class Directory implements Route {
        @Override
        public boolean match(OAuth2HttpRequest request) {
            String path = request.getUrl().encodedPath();
            if (path.endsWith("/oauth2/v2.0/token")) {
                synchronized (tokenRequests) {
                    tokenRequests.add(path + " " + request.getBody());
                }
            }
            return path.startsWith("/common/userrealm/") || refuses.apply(path) != null;
        }

        @Override
        public OAuth2HttpResponse invoke(OAuth2HttpRequest request) {
            String path = request.getUrl().encodedPath();
            Refusal refusal = refuses.apply(path);
            return refusal != null
                    ? json(refusal.status(), refusal.json())
                    : json(200, "{\"ver\":\"1.0\",\"account_type\":\"Managed\",\"domain_name\":\"contoso.example\"}");
        }

        private OAuth2HttpResponse json(int status, String body) {
            return new OAuth2HttpResponse(Headers.of("Content-Type", "application/json"), status, body, null);
        }
    }

    private EntraSimulator(TlsIdentity identity, Path keyStore, String password) throws IOException {
        this.identity = identity;
        Ssl ssl = new Ssl(new SslKeystore(password, keyStore.toFile(), SslKeystore.KeyStoreType.PKCS12, password));
        server = new MockOAuth2Server(
                new OAuth2Config(
                        false, null, null, false, new OAuth2TokenProvider(), Set.of(), new MockWebServerWrapper(ssl)),
                new Directory());
        server.start(InetAddress.getByName("localhost"), 0);
    }

    /** A directory that shows this certificate. */
    public static EntraSimulator start(TlsIdentity identity) throws IOException {
        return new EntraSimulator(identity, identity.pem().resolveSibling("identity.p12"), "changeit");
    }

    /** Host and port, as the setting {@code authorityHost} takes them. */
    public String host() {
        return "localhost:" + server.baseUrl().port();
    }

    /** The token requests so far: path, blank, form. */
    public List<String> tokenRequests() {
        synchronized (tokenRequests) {
            return List.copyOf(tokenRequests);
        }
    }

    /** As at the start: nothing recorded, nothing refused. */
    public void reset() {
        refuses = request -> null;
        synchronized (tokenRequests) {
            tokenRequests.clear();
        }
    }

    /** Whether a token was signed here for that environment and is still good. */
    public boolean isGood(String token, URI environment) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWK key = keys(jwt.getJWTClaimsSet().getIssuer() + "/jwks")
                    .getKeyByKeyId(jwt.getHeader().getKeyID());
            return jwt.verify(new RSASSAVerifier(key.toRSAKey()))
                    && jwt.getJWTClaimsSet().getExpirationTime().after(new java.util.Date())
                    && jwt.getJWTClaimsSet().getAudience().stream()
                            .anyMatch(audience -> audience.contains(environment + "/.default"));
        } catch (java.text.ParseException | com.nimbusds.jose.JOSEException | IOException e) {
            return false;
        }
    }

    private JWKSet keys(String address) throws IOException, java.text.ParseException {
        HttpsURLConnection connection = (HttpsURLConnection) new URL(address).openConnection();
        connection.setSSLSocketFactory(identity.client().getSocketFactory());
        try (InputStream in = connection.getInputStream()) {
            return JWKSet.load(in);
        }
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
