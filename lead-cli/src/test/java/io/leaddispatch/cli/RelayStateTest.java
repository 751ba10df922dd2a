package io.leaddispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.azuretable.TableCheckpoint;
import io.leaddispatch.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayStateTest {
    private static final TableCheckpoint NOON = TableCheckpoint.at(Instant.parse("2026-11-24T12:00:00Z"));

    @Test
    void aStateComesBackFromItsText() {
        RelayState state = new RelayState(
                RelayState.of("store", "Contoso\nBackup", true),
                Map.of("a-1", Set.of("crm", "hook"), "b-2", Set.of("crm")),
                NOON);
        assertThat(RelayState.parse(state.format())).isEqualTo(state);
        assertThat(RelayState.parse(state.format().replace("\n", "\r\n"))).isEqualTo(state);
        assertThat(state.of()).isEqualTo("table store, offer Contoso?Backup, without test leads");
    }

    @Test
    void aFileOfTheFirstFormFitsEveryRelay() {
        assertThat(RelayState.parse(NOON.format())).isEqualTo(new RelayState(null, Map.of(), NOON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "lead-relay 1 table store\n", "partly \n", "lead-relay 1 x\npartly a crm\nsoon\n"})
    void anotherTextIsNone(String text) {
        assertThatThrownBy(() -> RelayState.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itIsTimeOnceInAWhileAndAfterAClockWasPutBack() {
        MovableClock clock = MovableClock.at("2026-11-24T12:00:00Z");
        Paced paced = new Paced(clock, Duration.ofSeconds(5));
        assertThat(paced.isDue()).isFalse();
        clock.pass(Duration.ofSeconds(5));
        assertThat(paced.isDue()).isTrue();
        assertThat(paced.isDue()).isFalse();
        clock.pass(Duration.ofMinutes(-1));
        assertThat(paced.isDue()).isTrue();
    }
}
