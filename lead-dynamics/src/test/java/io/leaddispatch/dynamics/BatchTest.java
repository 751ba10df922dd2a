package io.leaddispatch.dynamics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.http.HttpAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
    private static final String TYPE = "multipart/mixed; boundary=b";

    @Test
    void everyLineEndsWithCrLfTheLastOneToo() {
        BatchBody body = new BatchBody("batch_1")
                .add("PATCH /api/data/v9.2/leads(1)", "If-None-Match: *", "{\"a\":\"ü\"}".getBytes(UTF_8))
                .add("POST /api/data/v9.2/leads", "", "{}".getBytes(UTF_8));
        assertThat(body.contentType()).isEqualTo("multipart/mixed; boundary=\"batch_1\"");
        assertThat(new String(body.end(), UTF_8)).isEqualTo("""
                        --batch_1
                        Content-Type: application/http
                        Content-Transfer-Encoding: binary

                        PATCH /api/data/v9.2/leads(1) HTTP/1.1
                        Content-Type: application/json; type=entry
                        If-None-Match: *

                        {"a":"ü"}
                        --batch_1
                        Content-Type: application/http
                        Content-Transfer-Encoding: binary

                        POST /api/data/v9.2/leads HTTP/1.1
                        Content-Type: application/json; type=entry

                        {}
                        --batch_1--
                        """.replace("\n", "\r\n"));
    }

    @Test
    void whatServersWriteIsReadExactlyHoweverTheyWriteIt() {
        Random random = new Random(20_26);
        for (int round = 0; round < 2_000; round++) {
            int parts = random.nextInt(8);
            List<byte[]> bodies = new ArrayList<>();
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < parts; i++) {
                bodies.add(body(random));
                statuses.add(100 + random.nextInt(500));
            }
            String boundary = "batchresponse_" + Integer.toHexString(random.nextInt());
            String type = "multipart/mixed; boundary="
                    + (random.nextBoolean() ? boundary : "\"" + boundary + "\"")
                    + (random.nextInt(4) == 0 ? "; charset=utf-8" : "");
            List<HttpAnswer> read = BatchAnswer.parse(type, BatchRules.written(boundary, bodies, statuses, random));
            assertThat(read).as("round %d", round).hasSize(parts);
            for (int i = 0; i < parts; i++) {
                assertThat(read.get(i).status()).isEqualTo(statuses.get(i));
                assertThat(read.get(i).body()).isEqualTo(bodies.get(i));
                assertThat(read.get(i).header("odata-entityid")).endsWith("00" + i + ")");
            }
        }
    }

    /** Any bytes but a line that begins like the boundary; a lone CR before the end would belong to it. */
    private static byte[] body(Random random) {
        byte[] body = new byte[random.nextInt(60)];
        random.nextBytes(body);
        for (int i = 0; i < body.length; i++) {
            body[i] = body[i] == '-' || i == body.length - 1 && (body[i] == '\r' || body[i] == '\n')
                    ? (byte) 'x'
                    : body[i];
        }
        return body;
    }

    @Test
    void anyPrefixOfAnAnswerGivesTheAnswersThatAreWhole() {
        byte[] whole = BatchRules.written(
                "b",
                List.of("{\"n\":1}".getBytes(US_ASCII), new byte[0], "{\"n\":3}".getBytes(US_ASCII)),
                List.of(204, 412, 400),
                new Random(1));
        int before = 0;
        for (int length = 0; length <= whole.length; length++) {
            byte[] prefix = java.util.Arrays.copyOf(whole, length);
            List<HttpAnswer> read = BatchAnswer.parse(TYPE, prefix);
            assertThat(read.size()).isBetween(before, 3);
            for (int i = 0; i < read.size(); i++) {
                assertThat(read.get(i).status())
                        .isEqualTo(List.of(204, 412, 400).get(i));
            }
            before = read.size();
        }
        assertThat(before).isEqualTo(3);
    }

    @Test
    void aSetOfChangesCountsAsItsAnswers() {
        String inner =
                "--c\r\nContent-Type: application/http\r\nContent-ID: 1\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n\r\n"
                        + "--c\r\nContent-Type: application/http\r\nContent-ID: 2\r\n\r\nHTTP/1.1 201 Created\r\n\r\n{}\r\n--c--\r\n";
        String text = "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n" + inner
                + "\r\n--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 412 Precondition Failed\r\n\r\n{}\r\n--b--\r\n";
        assertThat(BatchAnswer.parse(TYPE, text.getBytes(US_ASCII)))
                .extracting(HttpAnswer::status)
                .containsExactly(204, 201, 412);
    }

    @Test
    void nestingHasAnEnd() {
        String text = "HTTP/1.1 204 No Content\r\n\r\n";
        for (int depth = 0; depth < 50; depth++) {
            text = "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + text + "\r\n--b--\r\n";
        }
        assertThat(BatchAnswer.parse(TYPE, text.getBytes(US_ASCII))).isEmpty();
    }

    @Test
    void nothingAfterAnUnreadablePartIsTakenForAnAnswer() {
        String good = "Content-Type: application/http\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n\r\n";
        String text = "--b\r\n" + good + "--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 2x4\r\n\r\n\r\n--b\r\n"
                + good + "--b--\r\n";
        assertThat(BatchAnswer.parse(TYPE, text.getBytes(US_ASCII))).hasSize(1);
    }

    @Test
    void aHugeAnswerIsRead() {
        byte[] large = ("{\"error\":{\"message\":\"" + "m".repeat(2_000) + "\"}}").getBytes(US_ASCII);
        List<byte[]> bodies = java.util.Collections.nCopies(1_000, large);
        List<HttpAnswer> read = BatchAnswer.parse(
                TYPE, BatchRules.written("b", bodies, java.util.Collections.nCopies(1_000, 400), new Random(3)));
        assertThat(read)
                .hasSize(1_000)
                .allSatisfy(answer -> assertThat(answer.body()).hasSize(large.length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text/html", "multipart/mixed", "multipart/mixed; boundary=", "multipart/mixed; boundary=x"})
    void withoutTheRightBoundaryThereIsNothing(String type) {
        byte[] body = BatchRules.written("b", List.of(new byte[0]), List.of(204), new Random(1));
        assertThat(BatchAnswer.parse(type, body)).isEmpty();
        assertThat(BatchAnswer.parse(null, body)).isEmpty();
    }

    @Test
    void damagedAnswersKeepTheRules() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.list(
                Path.of("src/test/resources/io/leaddispatch/dynamics/BatchFuzzTestInputs/anyBytesKeepTheRules"))) {
            for (Path file : files.sorted().toList()) {
                seeds.add(Files.readAllBytes(file));
            }
        }
        assertThat(seeds).hasSizeGreaterThan(2);
        Random random = new Random(99);
        for (int round = 0; round < 5_000; round++) {
            byte[] damaged = seeds.get(random.nextInt(seeds.size())).clone();
            for (int hit = random.nextInt(6); hit >= 0; hit--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            BatchRules.check(damaged);
        }
        assertThat(new String(seeds.get(0), ISO_8859_1)).isNotEmpty();
    }
}
