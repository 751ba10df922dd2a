package io.leaddispatch.salesforce;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * What the JWT bearer flow shows in place of a secret. A new one for each request, good for three minutes. Pure.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7523">RFC 7523</a>
 */
final class JwtAssertion {
    private static final Duration GOOD_FOR = Duration.ofMinutes(3);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = BASE64.encodeToString("{\"alg\":\"RS256\"}".getBytes(UTF_8));

    private JwtAssertion() {}

    static String of(String clientId, String user, String audience, PrivateKey key, Instant now) {
        ObjectNode claims = new JsonMapper().createObjectNode();
        claims.put("iss", clientId)
                .put("sub", user)
                .put("aud", audience)
                .put("exp", now.plus(GOOD_FOR).getEpochSecond());
        String signed = HEADER + "." + BASE64.encodeToString(claims.toString().getBytes(UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform signs with RSA", e);
        }
    }
}
