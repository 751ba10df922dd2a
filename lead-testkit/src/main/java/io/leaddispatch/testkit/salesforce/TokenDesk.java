package io.leaddispatch.testkit.salesforce;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ReceivedRequest;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The token endpoint: hands out sessions, and knows which are good. The simulator holds its lock. */
final class TokenDesk {
    static final String CLIENT_ID = "client-5d1c";
    static final String CLIENT_SECRET = "secret-88aa07";
    static final String USER = "integration@example.com";
    static final String PASSWORD = "password-31f2";
    static final String REFRESH_TOKEN = "refresh-7be1";
    private static final String ORG = "00D5g0000000001EAA";
    private static final long LONGEST_ASSERTION = 300;

    private final Clock clock;
    private final Set<String> good = new HashSet<>();
    private String refreshToken = REFRESH_TOKEN;
    private boolean rotates;
    private boolean givesRefreshTokens;
    private int logins;
    private int callsPerSession = Integer.MAX_VALUE;
    private int callsLeft = Integer.MAX_VALUE;
    private @Nullable Answer refusal;
    private @Nullable PublicKey key;
    private @Nullable String audience;

    TokenDesk(Clock clock) {
        this.clock = clock;
    }

    /** [3.2 documented] for the first three; the password flow is for old clients. */
    Answer token(ReceivedRequest request, String server) {
        if (refusal != null) {
            return refusal;
        }
        Map<String, String> form = WebForms.single(request.body());
        return switch (form.getOrDefault("grant_type", "")) {
            case "client_credentials" -> isClient(form) ? granted(server) : invalidClient(form);
            case "refresh_token" ->
                !refreshToken.equals(form.get("refresh_token"))
                        ? refused("invalid_grant", "expired access/refresh token")
                        : isClient(form) ? refreshed(server) : invalidClient(form);
            case "urn:ietf:params:oauth:grant-type:jwt-bearer" -> bearer(form.getOrDefault("assertion", ""), server);
            case "password" ->
                USER.equals(form.get("username")) && PASSWORD.equals(form.get("password"))
                        ? granted(server)
                        : refused("invalid_grant", "authentication failure");
            default -> refused("unsupported_grant_type", "grant type not supported");
        };
    }

    private static boolean isClient(Map<String, String> form) {
        return CLIENT_ID.equals(form.get("client_id")) && CLIENT_SECRET.equals(form.get("client_secret"));
    }

    /** [3.2 peer-observed] */
    private static Answer invalidClient(Map<String, String> form) {
        return CLIENT_ID.equals(form.get("client_id"))
                ? refused("invalid_client", "invalid client credentials")
                : refused("invalid_client_id", "client identifier invalid");
    }

    static Answer refused(String error, String description) {
        ObjectNode body = OrgJson.object();
        body.put("error", error).put("error_description", description);
        return OrgJson.answer(400, body);
    }

    private Answer bearer(String assertion, String server) {
        String[] parts = assertion.split("\\.", -1);
        if (parts.length != 3 || assertion.contains("=") || !isSigned(parts)) { // [3.2 peer-observed] without padding
            return refused("invalid_grant", "invalid assertion");
        }
        ObjectNode header = OrgJson.parse(decoded(parts[0]));
        ObjectNode claims = OrgJson.parse(decoded(parts[1]));
        if (header == null
                || claims == null
                || !"RS256".equals(header.path("alg").asText())) {
            return refused("invalid_grant", "invalid assertion");
        }
        if (!CLIENT_ID.equals(claims.path("iss").asText())) {
            return refused("invalid_client_id", "client identifier invalid");
        }
        long left = claims.path("exp").asLong() - clock.instant().getEpochSecond();
        if (left <= 0 || left > LONGEST_ASSERTION) { // [3.2 assumed] the longest
            return refused("invalid_grant", "expired authorization code");
        }
        String expected = audience == null ? server : audience;
        if (!expected.equals(claims.path("aud").asText())) {
            return refused("invalid_grant", "audience is invalid");
        }
        return USER.equals(claims.path("sub").asText())
                ? granted(server)
                : refused("invalid_grant", "user hasn't approved this consumer");
    }

    private boolean isSigned(String[] parts) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), UTF_8);
    }

    /** [3.2 documented] A refresh token may come back, and is then the one to keep; [assumed] the old one ends. */
    private Answer refreshed(String server) {
        if (rotates) {
            refreshToken = REFRESH_TOKEN + "-" + (logins + 1);
        }
        return granted(server);
    }

    /** [3.2 documented] issued_at is a text, and nothing says when the token ends. */
    private Answer granted(String server) {
        logins++;
        callsLeft = callsPerSession;
        String token = "00D5g0000000001!AQ" + logins + "." + Integer.toHexString(logins * 7919);
        good.add(token);
        ObjectNode body = OrgJson.object();
        body.put("access_token", token)
                .put("signature", "c2lnbmF0dXJl")
                .put("scope", "api")
                .put("token_format", "opaque")
                .put("instance_url", server)
                .put("id", "https://login.salesforce.com/id/" + ORG + "/0055g0000000001AAA")
                .put("token_type", "Bearer")
                .put("issued_at", Long.toString(clock.millis()));
        if (givesRefreshTokens) {
            body.put("refresh_token", refreshToken);
        }
        return OrgJson.answer(200, body);
    }

    /** [3.2 documented] */
    Answer revoke(ReceivedRequest request) {
        String token = WebForms.single(request.body()).getOrDefault("token", "");
        return good.remove(token) ? Answer.of(200) : refused("invalid_token", "invalid token");
    }

    /** Whether the request's token is good, for one call more. */
    boolean admits(ReceivedRequest request) {
        String given = request.header("Authorization");
        String token = given.replaceFirst("^(Bearer|OAuth) ", "");
        if (!good.contains(token)) {
            return false;
        }
        if (callsLeft != Integer.MAX_VALUE && callsLeft-- <= 0) {
            good.remove(token);
            return false;
        }
        return true;
    }

    void expire() {
        good.clear();
    }

    void callsPerSession(int calls) {
        callsPerSession = calls;
        callsLeft = calls;
    }

    void refuse(@Nullable Answer answer) {
        refusal = answer;
    }

    void trust(PublicKey newKey, @Nullable String newAudience) {
        key = newKey;
        audience = newAudience;
    }

    void giveRefreshTokens(boolean newOnes) {
        givesRefreshTokens = true;
        rotates |= newOnes;
    }

    int logins() {
        return logins;
    }
}
