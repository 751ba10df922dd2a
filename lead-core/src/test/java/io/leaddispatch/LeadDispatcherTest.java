package io.leaddispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadQueue;
import io.leaddispatch.spi.Verification;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeadDispatcherTest {
    private static final DeliveryResult DONE = DeliveryResult.delivered(Confirmation.CREATED);
    private static final LeadDestination GOOD = LeadDestination.each(lead -> DONE);

    @Test
    void aLeadGoesToEveryDestination() {
        try (var dispatcher =
                LeadDispatcher.builder().to("a", GOOD).to("b", GOOD).build()) {
            DispatchReport report = dispatcher.send(lead(1));
            assertThat(report.at("a")).isEqualTo(new Outcome.Delivered(Confirmation.CREATED, null, List.of(), 1));
            assertThat(report.outcomes().keySet()).containsExactly("a", "b");
            assertThat(report.isSettled()).isTrue();
            assertThatThrownBy(() -> report.at("c")).hasMessageContaining("not routed to c");
            assertThat(dispatcher.stats().lanes().get("a").balanced()).isTrue();
        }
    }

    @Test
    void whatDestinationsTellOfThemselvesStandsInTheStats() {
        try (var dispatcher = LeadDispatcher.builder()
                .to("a", GOOD)
                .to("b", telling(() -> Map.of("api-usage", 7L)))
                .to("c", telling(() -> {
                    throw new IllegalStateException("no numbers today");
                }))
                .build()) {
            assertThat(dispatcher.stats().gauges()).isEqualTo(Map.of("b", Map.of("api-usage", 7L)));
        }
    }

    private static LeadDestination telling(Supplier<Map<String, Long>> gauges) {
        return new LeadDestination() {
            @Override
            public List<DeliveryResult> deliver(LeadBatch batch) {
                return DeliveryResult.all(batch, DONE);
            }

            @Override
            public Map<String, Long> gauges() {
                return gauges.get();
            }
        };
    }

    @Test
    void theFirstRouteThatMatchesDecides() {
        try (var dispatcher = LeadDispatcher.builder()
                .to("a", GOOD)
                .to("b", GOOD)
                .routes(new Route("contoso.*", null, null, null, List.of("b")))
                .build()) {
            Lead contoso = lead(1).toBuilder()
                    .source("AzureMarketplace-INS|contoso.app")
                    .build();
            assertThat(dispatcher.send(contoso).outcomes().keySet()).containsExactly("b");
            assertThat(dispatcher.send(lead(2)).isUnrouted()).isTrue();
            DispatcherStats stats = dispatcher.stats();
            assertThat(stats.leads()).isEqualTo(2);
            assertThat(stats.dispatched()).isEqualTo(1);
            assertThat(stats.unrouted()).isEqualTo(1);
        }
    }

    @Test
    void rulesKeepLeadsBackAndABrokenRuleDoesToo() {
        Lead edu = lead(1).toBuilder().email("ada@cs.example.EDU").build();
        try (var dispatcher = LeadDispatcher.builder().to("a", GOOD).build()) {
            var suppressed = (Outcome.Suppressed) dispatcher.send(edu).at("a");
            assertThat(suppressed.reason().code()).isEqualTo("policy.edu");
            assertThat(dispatcher.preview(edu).get("a")).startsWith("suppressed [policy.edu]");
            assertThat(dispatcher.preview(lead(2)).get("a")).contains("does not show");
            assertThat(dispatcher.stats().lanes().get("a").suppressed()).isEqualTo(1);
            assertThat(dispatcher.stats().lanes().get("a").suppressedBy()).isEqualTo(Map.of("policy.edu", 1L));
        }
        try (var dispatcher = LeadDispatcher.builder()
                .to("a", GOOD)
                .policies((lead, destination) -> {
                    throw new IllegalStateException("CANARY");
                })
                .build()) {
            var suppressed = (Outcome.Suppressed) dispatcher.send(edu).at("a");
            assertThat(suppressed.reason().code()).isEqualTo("policy.rule-failed");
            assertThat(suppressed.reason().cause()).doesNotContain("CANARY");
        }
    }

    @Test
    void everythingWrongWithTheBuildIsSaidAtOnce() {
        assertThatThrownBy(() -> LeadDispatcher.builder()
                        .to("a", GOOD)
                        .to("a", GOOD)
                        .to("x", "no-such-type", Map.of())
                        .lane("b", LaneOptions.DEFAULT)
                        .routes(Route.all("c"))
                        .build())
                .isInstanceOf(LeadConfigurationException.class)
                .hasMessageContaining("destinations.a: two destinations")
                .hasMessageContaining("destinations.x.type")
                .hasMessageContaining("destinations.b.lane")
                .hasMessageContaining("routes[0].to");
        assertThatThrownBy(() -> LeadDispatcher.builder().queueCapacity(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> LeadDispatcher.builder().patience(Duration.ZERO))
                .hasMessageContaining("positive");
    }

    @Test
    void manyLeadsAreCountedByDestinationAndCode() throws Exception {
        LeadDestination picky = LeadDestination.each(lead -> lead.id().value().endsWith("7")
                ? new DeliveryResult.Rejected(
                        new ProblemType("test.seven", Category.INVALID_LEAD, "a seven", "no sevens").problem())
                : DONE);
        List<SendSummary> progress = new ArrayList<>();
        try (var dispatcher = LeadDispatcher.builder().to("a", picky).build()) {
            SendSummary summary = dispatcher.sendAll(
                    IntStream.range(0, 20_000).mapToObj(LeadDispatcherTest::lead), new SendProgress() {
                        @Override
                        public void advanced(SendSummary soFar) {
                            progress.add(soFar);
                            throw new IllegalStateException("a listener's fault");
                        }
                    });
            assertThat(summary.leads()).isEqualTo(20_000);
            assertThat(summary.isSettled()).isFalse();
            SendSummary.Counts counts = summary.destinations().get("a");
            assertThat(counts.delivered()).isEqualTo(18_000);
            assertThat(counts.rejected()).isEqualTo(2_000);
            assertThat(counts.codes()).containsExactly(Map.entry("test.seven", 2_000L));
            assertThat(progress).hasSize(20_000 / SendProgress.STEP + 1);
        }
    }

    @Test
    void aSourceThatBreaksPassesOnAfterItsLeadsAreReported() {
        ConcurrentLinkedQueue<LeadId> reported = new ConcurrentLinkedQueue<>();
        try (var dispatcher = LeadDispatcher.builder().to("a", GOOD).build()) {
            Stream<Lead> broken = IntStream.range(0, 10).mapToObj(n -> {
                if (n == 5) {
                    throw new IllegalStateException("the source broke");
                }
                return lead(n);
            });
            assertThatThrownBy(() -> dispatcher.sendAll(broken, new SendProgress() {
                        @Override
                        public void finished(DispatchReport report) {
                            reported.add(report.leadId());
                        }
                    }))
                    .hasMessage("the source broke");
            assertThat(reported).hasSize(5);
        }
    }

    @Test
    void aQueueThatFailsLeavesTheLeadWithItsCaller() {
        LeadQueue broken = (LeadQueue) Proxy.newProxyInstance(
                LeadQueue.class.getClassLoader(), new Class<?>[] {LeadQueue.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "durable" -> true;
                        case "close", "whenWork" -> null;
                        case "lease" -> Duration.ofMinutes(2);
                        default -> throw new IllegalStateException("CANARY");
                    };
                });
        try (var dispatcher =
                LeadDispatcher.builder().to("a", GOOD).queue(broken).build()) {
            var outcome = (Outcome.Undelivered) dispatcher.send(lead(1)).at("a");
            assertThat(outcome.problem().code()).isEqualTo("queue.failed");
            assertThat(outcome.problem().toString()).doesNotContain("CANARY");
            assertThat(outcome.mayExist()).isFalse();
            assertThat(dispatcher.stats().lanes().get("a").balanced()).isTrue();
        }
    }

    @Test
    void aCheckThatBreaksIsAFailedCheck() throws Exception {
        LeadDestination broken = new LeadDestination() {
            @Override
            public List<DeliveryResult> deliver(LeadBatch batch) {
                return DeliveryResult.all(batch, DONE);
            }

            @Override
            public Verification verify(Verification.Probe probe) {
                throw new IllegalStateException("CANARY");
            }
        };
        try (var dispatcher =
                LeadDispatcher.builder().to("a", broken).to("b", GOOD).build()) {
            Verification verification = dispatcher.verify("a", new Verification.Probe(null));
            assertThat(verification.passed()).isFalse();
            assertThat(verification.toString()).doesNotContain("CANARY");
            assertThat(dispatcher.verify("b", new Verification.Probe(null)).passed())
                    .isTrue();
            assertThatThrownBy(() -> dispatcher.verify("c", new Verification.Probe(null)))
                    .hasMessageContaining("no destination c");
        }
    }

    static Lead lead(int n) {
        return Lead.builder().id("lead-" + n).email("a" + n + "@example.com").build();
    }
}
