package io.leaddispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), new Random(7));

    @ParameterizedTest(name = "after {0} failures at most {1} ms")
    @CsvSource({"1, 500", "2, 1000", "3, 2000", "6, 16000", "7, 30000", "8, 30000", "1000000, 30000"})
    void theBoundDoublesUpToItsCap(int failures, long millis) {
        assertThat(backoff.bound(failures)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void jitterReachesTheBoundItself() {
        Backoff shortest = new Backoff(Duration.ofNanos(1), Duration.ofNanos(1), new Random(7));
        assertThat(LongStream.generate(() -> shortest.jittered(1)).limit(100).distinct())
                .containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void jitterIsFull() {
        var waits = LongStream.generate(() -> backoff.jittered(1)).limit(10_000).summaryStatistics();
        assertThat(waits.getMin()).isBetween(0L, 5_000_000L);
        assertThat(waits.getMax()).isBetween(495_000_000L, 500_000_000L);
        assertThat(waits.getAverage()).isBetween(240_000_000.0, 260_000_000.0);
    }
}
