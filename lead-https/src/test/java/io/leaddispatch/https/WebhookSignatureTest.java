package io.leaddispatch.https;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSignatureTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";

    @Test
    void thePublishedVectorComesOut() {
        byte[] body = "{\"test\": 2432232314}".getBytes(UTF_8);
        assertThat(WebhookSignature.of(List.of(SECRET), ID, 1614265330, body))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void everySecretSigns() {
        String other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        String both = WebhookSignature.of(List.of(other, SECRET), ID, 1614265330, new byte[0]);
        assertThat(both.split(" "))
                .containsExactly(
                        WebhookSignature.of(List.of(other), ID, 1614265330, new byte[0]),
                        WebhookSignature.of(List.of(SECRET), ID, 1614265330, new byte[0]));
    }

    @ParameterizedTest(name = "{0} is a secret: {1}")
    @CsvSource({
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, true",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, false",
        "whsec_, false",
        "whsec_MfKQ9r8G, false",
        "whsec_****, false",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, false"
    })
    void aSecretHasItsPrefixAndLength(String text, boolean isSecret) {
        assertThat(WebhookSignature.isSecret(text)).isEqualTo(isSecret);
    }
}
