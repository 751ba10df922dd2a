package io.leaddispatch.marketo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.TransportException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreaksTest {
    private final HttpClient client = HttpClient.newBuilder().build();
    private final HttpTransport transport =
            new HttpTransport(() -> client, Clock.systemUTC(), "lead-dispatch/test", 100);
    private final Streaks streaks = new Streaks(20);

    private TransportException failure(String address) {
        HttpCall call = HttpCall.get(URI.create(address));
        return catchThrowableOfType(
                TransportException.class,
                () -> transport.exchange(call, Clock.systemUTC().instant().plusSeconds(20)));
    }

    private TransportException noName() {
        return failure("https://nowhere.invalid");
    }

    @Test
    void callsThatFailAtOnceAreOneFailure() {
        List<Integer> begun =
                IntStream.range(0, 5).mapToObj(n -> streaks.begun()).toList();
        assertThat(begun)
                .allSatisfy(
                        each -> assertThat(streaks.exchanged(each, noName())).isNull());
        assertThat(streaks.exchanged(streaks.begun(), noName())).isNull();
        assertThat(streaks.exchanged(streaks.begun(), noName())).isNotNull();
    }

    @Test
    void aFailureThatIsKeptIsCountedOnce() {
        TransportException kept = noName();
        for (int i = 0; i < 5; i++) {
            assertThat(streaks.exchanged(streaks.begun(), kept)).isNull();
        }
    }

    @Test
    void callsOfAWrongAddressAreAllHeldWhoeverFoundOut() {
        int early = streaks.begun();
        for (int i = 0; i < 3; i++) {
            streaks.exchanged(streaks.begun(), noName());
        }
        assertThat(streaks.exchanged(early, noName())).isNotNull();
    }

    @Test
    void aConnectionThatIsRefusedNeverHolds() {
        for (int i = 0; i < 5; i++) {
            assertThat(streaks.exchanged(streaks.begun(), failure("http://localhost:1")))
                    .isNull();
        }
    }

    @Test
    void anAnswerEndsTheRow() {
        for (int i = 0; i < 3; i++) {
            assertThat(streaks.exchanged(streaks.begun(), noName())).isNull();
            assertThat(streaks.exchanged(streaks.begun(), noName())).isNull();
            assertThat(streaks.exchanged(streaks.begun(), null)).isNull();
        }
    }
}
