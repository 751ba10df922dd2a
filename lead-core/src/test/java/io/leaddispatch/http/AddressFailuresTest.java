package io.leaddispatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.http.TransportException.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One moment of trouble is one failure, however many calls it meets: a hold ends what waits in memory. */
class AddressFailuresTest {
    private final AddressFailures failures = new AddressFailures();

    private static TransportException noName() {
        return new TransportException(Kind.UNKNOWN_HOST, "https://nowhere.invalid");
    }

    @Test
    void theThirdFailureInARowTellsThatTheAddressIsWrong() {
        assertThat(failures.isWrong(failures.begun(), noName())).isFalse();
        assertThat(failures.isWrong(failures.begun(), Kind.TLS)).isFalse();
        assertThat(failures.isWrong(failures.begun(), noName())).isTrue();
        assertThat(failures.isWrong(failures.begun(), noName())).isTrue();
        failures.answered();
        assertThat(failures.isWrong(failures.begun(), noName())).isFalse();
    }

    @Test
    void callsThatFailAtOnceAreOneFailure() {
        List<Integer> begun = Stream.generate(failures::begun).limit(5).toList();
        assertThat(begun).noneMatch(each -> failures.isWrong(each, noName()));
        assertThat(failures.isWrong(failures.begun(), noName())).isFalse();
        assertThat(failures.isWrong(failures.begun(), noName())).isTrue();
        assertThat(failures.isWrong(begun.get(0), noName())).isTrue();
    }

    @Test
    void aFailureThatManyAreGivenIsCountedOnce() {
        TransportException kept = noName();
        for (int i = 0; i < 5; i++) {
            assertThat(failures.isWrong(failures.begun(), kept)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TLS", "UNKNOWN_HOST"})
    void whatPassesByItselfTellsNothingOfTheAddressAndEndsTheRow(Kind kind) {
        assertThat(failures.isWrong(failures.begun(), noName())).isFalse();
        assertThat(failures.isWrong(failures.begun(), noName())).isFalse();
        assertThat(failures.isWrong(failures.begun(), kind)).isFalse();
        assertThat(failures.isWrong(failures.begun(), noName())).isFalse();
    }
}
