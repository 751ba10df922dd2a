package io.leaddispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.Category;
import io.leaddispatch.Confirmation;
import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.ProblemType;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.spi.LeadQueue.Settlement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemoryQueueTest {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Problem AWAY = new ProblemType("test.away", Category.TRANSIENT, "away", "wait").problem();
    private final ManualTime time = new ManualTime();
    private final MemoryQueue queue = new MemoryQueue(time, 3);

    @Test
    void whatIsStoredIsClaimedInOrderAndOnce() throws Exception {
        queue.store(lead(1), List.of("a", "b"), null);
        queue.store(lead(2), List.of("a"), null);
        assertThat(queue.waiting("a")).isEqualTo(2);
        assertThat(queue.claim("a", 5, LEASE))
                .extracting(c -> c.lead().id().value())
                .containsExactly("1", "2");
        assertThat(queue.claim("a", 5, LEASE)).isEmpty();
        assertThat(queue.claim("b", 5, LEASE)).hasSize(1);
        assertThat(queue.durable()).isFalse();
    }

    @Test
    void aLeadIsStoredOnce() throws Exception {
        assertThat(queue.store(lead(1), List.of("a"), LEASE).get(0).claim()).isNotNull();
        assertThat(queue.store(lead(1), List.of("a"), LEASE).get(0).isNew()).isFalse();
    }

    @Test
    void aSettledClaimIsGoneAndAnOldOneIsFencedOff() throws Exception {
        Claim first = queue.store(lead(1), List.of("a"), LEASE).get(0).claim();
        Instant later = time.clock().instant().plusSeconds(5);
        assertThat(queue.settle(List.of(new Settlement.Later(first, later, AWAY, true))))
                .isEqualTo(1);
        assertThat(queue.claim("a", 1, LEASE)).isEmpty();
        time.pass(Duration.ofSeconds(5));
        Claim second = queue.claim("a", 1, LEASE).get(0);
        assertThat(second.attempts()).isEqualTo(1);
        var done = new Delivered(Confirmation.CREATED, null, List.of());
        assertThat(queue.renew(List.of(first, second), LEASE)).isEqualTo(1);
        assertThat(queue.settle(List.of(new Settlement.Done(first, done)))).isZero();
        assertThat(queue.settle(List.of(new Settlement.Done(second, done)))).isEqualTo(1);
        assertThat(queue.settle(List.of(new Settlement.Dead(second, AWAY, false, false))))
                .isZero();
    }

    @Test
    void whatIsReleasedOrWithdrawnCanBeHadAgain() throws Exception {
        Claim claim = queue.store(lead(1), List.of("a"), LEASE).get(0).claim();
        queue.settle(List.of(new Settlement.Released(claim)));
        Claim again = queue.claim("a", 1, LEASE).get(0);
        assertThat(again.attempts()).isZero();
        assertThat(queue.withdraw(again)).isTrue();
        assertThat(queue.withdraw(again)).isFalse();
        assertThat(queue.store(lead(1), List.of("a"), LEASE).get(0).isNew()).isTrue();
    }

    @Test
    void storingWaitsForRoom() throws Exception {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            claims.add(queue.store(lead(i), List.of("a"), LEASE).get(0).claim());
        }
        CompletableFuture<Boolean> fourth = CompletableFuture.supplyAsync(() -> {
            try {
                return queue.store(lead(4), List.of("a"), LEASE).get(0).isNew();
            } catch (InterruptedException e) {
                return false;
            }
        });
        queue.settle(List.of(new Settlement.Dead(claims.get(0), AWAY, true, false)));
        assertThat(fourth.get(10, TimeUnit.SECONDS)).isTrue();
        queue.close();
        assertThatThrownBy(() -> queue.store(lead(5), List.of("a"), null)).hasMessageContaining("closed");
        assertThatThrownBy(() -> new MemoryQueue(time, 0)).hasMessageContaining("at least 1");
    }

    @Test
    void waitingForWorkEndsWithWorkOrWithTime() throws Exception {
        queue.store(lead(1), List.of("a"), null);
        assertThat(queue.awaitWork("a", Duration.ofSeconds(1))).isTrue();
        assertThat(queue.awaitWork("b", Duration.ZERO)).isFalse();
        MemoryQueue real = new MemoryQueue(new SystemTime(Clock.systemUTC()), 3);
        assertThat(real.awaitWork("b", Duration.ofMillis(20))).isFalse();
        real.close();
        assertThat(real.awaitWork("b", Duration.ofMinutes(1))).isFalse();
    }

    @Test
    void pausesAreKeptUntilTheyEnd() {
        queue.pause("gate", ManualTime.START.plusSeconds(5), AWAY);
        queue.pause("held", null, AWAY);
        assertThat(queue.pauses()).containsOnlyKeys("gate", "held");
        time.pass(Duration.ofSeconds(5));
        assertThat(queue.pauses()).containsOnlyKeys("held");
    }

    private static Lead lead(int n) {
        return Lead.builder().id(Integer.toString(n)).phone("1").build();
    }
}
