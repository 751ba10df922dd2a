package io.leaddispatch.dynamics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.spi.DeliveryResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** What reading the answer to a batch keeps to, whatever comes. */
final class BatchRules {
    private static final DynamicsAnswers ANSWERS =
            new DynamicsAnswers(DynamicsSettings.OnDuplicateRule.REJECT, java.time.Clock.systemUTC());

    private BatchRules() {}

    /**
     * Any bytes: no exception, sound statuses, as many results as leads, and no lead counts as written without a 2xx, nor
     * as present without the duplicate's code or words.
     */
    static void check(byte[] bytes) {
        int split = Math.min(bytes.length, 80);
        String type = new String(bytes, 0, split, ISO_8859_1);
        byte[] body = new byte[bytes.length - split];
        System.arraycopy(bytes, split, body, 0, body.length);
        sound(BatchAnswer.parse(type, body));
        sound(BatchAnswer.parse("multipart/mixed; boundary=b", bytes));
        List<LeadRow> rows = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rows.add(new LeadRow(new UUID(0, i), Map.of(), List.of(), List.of(), List.of()));
        }
        HttpAnswer answer = Answers.of(200, "", "Content-Type", "multipart/mixed; boundary=b");
        List<DeliveryResult> results = ANSWERS.each(new HttpAnswer(200, answer.headers(), bytes, false), rows);
        assertThat(results).hasSize(5);
        List<HttpAnswer> parts = BatchAnswer.parse("multipart/mixed; boundary=b", bytes);
        assertThat(count(results, Confirmation.CREATED))
                .isLessThanOrEqualTo(
                        parts.stream().filter(HttpAnswer::isSuccess).count());
        assertThat(count(results, Confirmation.ALREADY_PRESENT))
                .isLessThanOrEqualTo(
                        parts.stream().filter(BatchRules::isDuplicate).count());
    }

    private static long count(List<DeliveryResult> results, Confirmation confirmation) {
        return results.stream()
                .filter(result -> result instanceof DeliveryResult.Delivered delivered
                        && delivered.confirmation() == confirmation)
                .count();
    }

    private static boolean isDuplicate(HttpAnswer part) {
        String text = part.text().toLowerCase(Locale.ROOT);
        return text.contains("0x80040237")
                || text.contains("-2147220937")
                || part.status() == 412 && text.contains("matching key values");
    }

    private static void sound(List<HttpAnswer> answers) {
        for (HttpAnswer answer : answers) {
            assertThat(answer.status()).isBetween(0, 999);
            assertThat(answer.body()).isNotNull();
            answer.headers().map().forEach((name, values) -> assertThat(values).isNotEmpty());
        }
    }

    /** An answer to a batch with these parts, in the ways servers write them; {@code random} decides which. */
    static byte[] written(String boundary, List<byte[]> bodies, List<Integer> statuses, Random random) {
        String end = random.nextBoolean() ? "\r\n" : "\n";
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "a preamble" + end : "");
        for (int i = 0; i < bodies.size(); i++) {
            text.append("--")
                    .append(boundary)
                    .append(random.nextInt(5) == 0 ? " \t" : "")
                    .append(end);
            text.append(random.nextBoolean() ? "Content-Type" : "content-type")
                    .append(": application/http")
                    .append(end);
            text.append("Content-Transfer-Encoding: binary").append(end).append(end);
            text.append("HTTP/1.1 ")
                    .append(statuses.get(i))
                    .append(random.nextBoolean() ? " Some Words" : "")
                    .append(end);
            text.append("OData-EntityId: https://o/leads(")
                    .append(new UUID(0, i))
                    .append(")")
                    .append(end);
            text.append("Content-Length: ")
                    .append(random.nextInt(9_999))
                    .append(end)
                    .append(end);
            text.append(new String(bodies.get(i), ISO_8859_1)).append(end);
        }
        text.append("--").append(boundary).append("--");
        text.append(random.nextBoolean() ? end : "").append(random.nextBoolean() ? end + "an epilogue" : "");
        return text.toString().getBytes(ISO_8859_1);
    }
}
