package io.leaddispatch.dynamics;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** An answer that was made to be slow is read as fast as any. */
class BatchAnswerBoundsTest {
    @Test
    void aContentTypeOfMegabytesCostsNoTime() {
        String type = "multipart/mixed;".repeat(250_000);
        String body = "--b\r\nContent-Type: " + type + "\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n\r\n--b--\r\n";
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(BatchAnswer.parse(type, body.getBytes(US_ASCII))).isEmpty();
            assertThat(BatchAnswer.parse("multipart/mixed; boundary=b", body.getBytes(US_ASCII)))
                    .hasSize(1);
        });
    }
}
