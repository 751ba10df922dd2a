package io.leaddispatch.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's own reading is the oracle. */
class TimesTest {
    private static final long SEED = 20261126;
    private static final String SIGNS = "0123456789-:.TZ+ x\u0663";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T12:00:00Z",
                "2026-03-01T12:00:00.5Z",
                "2026-03-01T12:00:00.123456789Z",
                "2026-03-01T12:00:00.1234567890Z",
                "2026-03-01T12:00:00.Z",
                "2026-03-01T24:00:00Z",
                "2026-03-01T23:59:60Z",
                "2026-03-01T12:60:00Z",
                "2024-02-29T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "9999-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "2026-03-01T12:00Z",
                "2026-03-01T12:00:00+01:00",
                "2026-03-01t12:00:00z",
                "2026-03-01 12:00:00Z",
                "2026-03-01T12:00:00",
                "Z",
                ""
            })
    void readsAsTheJdkDoes(String text) {
        assertThat(Times.parse(text)).isEqualTo(byTheJdk(text));
    }

    @Test
    void readsWhatTheJdkWrites() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            int nanos = random.nextInt(4) * random.nextInt(250_000_000);
            Instant time = Instant.ofEpochSecond(random.nextLong(-62_135_596_800L, 253_402_300_800L), nanos);
            assertThat(Times.parse(time.toString())).as("seed %d", SEED).isEqualTo(time);
        }
    }

    @Test
    void readsSpoiltTextsAsTheJdkDoes() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("2026-03-01T12:34:56.789Z");
            for (int spoilt = random.nextInt(3); spoilt >= 0; spoilt--) {
                text.setCharAt(random.nextInt(text.length()), SIGNS.charAt(random.nextInt(SIGNS.length())));
            }
            assertThat(Times.parse(text.toString())).as("%s", text).isEqualTo(byTheJdk(text.toString()));
        }
    }

    private static @Nullable Instant byTheJdk(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
