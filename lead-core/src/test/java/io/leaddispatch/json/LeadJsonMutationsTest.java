package io.leaddispatch.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The same rules as {@link LeadJsonFuzzTest}, over spoiled samples and written leads, the same ones in each run. */
class LeadJsonMutationsTest {
    private static final int INPUTS = 100_000;
    private static final String[] TOKENS = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "\n",
        "\\",
        "\u0000",
        "\ufeff",
        "null",
        "1e9",
        "\"contact\":{",
        "\"userDetails\":",
        "\"CustomerInfo\":\"{\\\"Phone\\\":1}\"",
        "\"data\":{\"leadId\":\"7\"}",
        "\"version\":2",
        "\"attributes\":{\"a\":\"b\"}",
        "\"leadSource\":\"SPZA-DNC|contoso.app\"",
        "\"destinations\":1"
    };

    private final SplittableRandom random = new SplittableRandom(20_261_124);

    @Test
    void aHundredThousandTextsKeepTheRules() {
        List<byte[]> seeds = seeds();
        for (int i = 0; i < INPUTS; i++) {
            byte[] text = seeds.get(random.nextInt(seeds.size()));
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                text = changed(text, seeds);
            }
            LeadJsonRules.check(text);
            if (i % 10 == 0) {
                LeadJsonRules.checkAsFile(text);
            }
        }
    }

    private List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        Samples.ALL.forEach(sample -> seeds.add(Samples.bytes(sample)));
        RandomLeads leads = new RandomLeads(7);
        for (int i = 0; i < 20; i++) {
            byte[] written = LeadJson.write(leads.next());
            if (written.length < 2_000) {
                seeds.add(written);
            }
        }
        return seeds;
    }

    private byte[] changed(byte[] text, List<byte[]> seeds) {
        int at = random.nextInt(text.length + 1);
        int to = Math.min(text.length, at + random.nextInt(20));
        return switch (random.nextInt(5)) {
            case 0 -> spliced(text, at, to, new byte[0]);
            case 1 -> spliced(text, at, at, TOKENS[random.nextInt(TOKENS.length)].getBytes(UTF_8));
            case 2 -> spliced(text, at, to, TOKENS[random.nextInt(TOKENS.length)].getBytes(UTF_8));
            case 3 -> spliced(text, at, Math.min(text.length, at + 1), new byte[] {(byte) random.nextInt(256)});
            default -> {
                byte[] other = seeds.get(random.nextInt(seeds.size()));
                byte[] end = Arrays.copyOfRange(other, random.nextInt(other.length), other.length);
                yield spliced(text, at, text.length, end);
            }
        };
    }

    private static byte[] spliced(byte[] text, int from, int to, byte[] between) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(text.length + between.length);
        whole.write(text, 0, from);
        whole.writeBytes(between);
        whole.write(text, to, text.length - to);
        return whole.toByteArray();
    }
}
