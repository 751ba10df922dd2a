package io.leaddispatch.salesforce;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.Secret;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.spi.Settings;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The request for a token, by any of the three flows. Secrets are asked for at each log-in, so they can rotate. Safe for
 * use by many threads.
 *
 * @see <a href="https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flows.htm">OAuth authorization
 *     flows</a>
 */
final class LoginRequest {
    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /** A refresh token that came in place of the one that the settings gave. */
    record Renewed(String given, String token) {
        /** Neither of them. */
        @Override
        public String toString() {
            return "Renewed[***]";
        }
    }

    private final Settings settings;
    private final URI tokenUrl;
    private volatile @Nullable Renewed renewed;

    LoginRequest(Settings settings) {
        this.settings = settings;
        this.tokenUrl = server(settings.get(RestSettings.LOGIN_URL)).resolve("/services/oauth2/token");
    }

    /** Scheme, host and port alone, whatever path was given. */
    static URI server(URI given) {
        return given.resolve("/");
    }

    HttpCall at(Instant now) throws UnusableSecretException {
        String form = form(now).entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return HttpCall.post(tokenUrl, "application/x-www-form-urlencoded", form.getBytes(US_ASCII))
                .header("Accept", "application/json");
    }

    private Map<String, String> form(Instant now) throws UnusableSecretException {
        Map<String, String> form = new LinkedHashMap<>();
        switch (settings.get(RestSettings.AUTH)) {
            case CLIENT_CREDENTIALS -> {
                form.put("grant_type", "client_credentials");
                form.put("client_id", settings.get(RestSettings.CLIENT_ID));
                form.put(
                        "client_secret",
                        revealed(RestSettings.CLIENT_SECRET.key(), settings.get(RestSettings.CLIENT_SECRET)));
            }
            case JWT_BEARER -> {
                form.put("grant_type", JWT_BEARER);
                form.put(
                        "assertion",
                        JwtAssertion.of(
                                settings.get(RestSettings.CLIENT_ID),
                                settings.get(RestSettings.USERNAME),
                                audience(),
                                SigningKey.of(settings),
                                now));
            }
            case REFRESH_TOKEN -> {
                form.put("grant_type", "refresh_token");
                form.put("client_id", settings.get(RestSettings.CLIENT_ID));
                Secret secret = settings.find(RestSettings.CLIENT_SECRET);
                if (secret != null) {
                    form.put("client_secret", revealed(RestSettings.CLIENT_SECRET.key(), secret));
                }
                form.put("refresh_token", refreshToken());
            }
        }
        return form;
    }

    private static String revealed(String setting, Secret secret) throws UnusableSecretException {
        String value = secret.reveal();
        if (value.isBlank()) {
            throw new UnusableSecretException(setting, "is empty");
        }
        return value;
    }

    private String audience() {
        String given = settings.find(RestSettings.AUDIENCE);
        if (given != null) {
            return given;
        }
        String server = server(settings.get(RestSettings.LOGIN_URL)).toString();
        return server.substring(0, server.length() - 1);
    }

    private String refreshToken() throws UnusableSecretException {
        String given = revealed(RestSettings.REFRESH_TOKEN.key(), settings.get(RestSettings.REFRESH_TOKEN));
        Renewed latest = renewed;
        return latest != null && latest.given().equals(given) ? latest.token() : given;
    }

    /**
     * An answer brought another refresh token; it is used until the settings give another one. The flows that do not ask
     * with one leave it.
     */
    void renewed(String token) {
        if (token.isBlank() || settings.get(RestSettings.AUTH) != RestSettings.Auth.REFRESH_TOKEN) {
            return;
        }
        renewed = new Renewed(settings.get(RestSettings.REFRESH_TOKEN).reveal(), token);
    }
}
