package io.leaddispatch.https;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Category;
import io.leaddispatch.Confirmation;
import io.leaddispatch.DeliveryListener;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.DispatcherBuilder;
import io.leaddispatch.LaneOptions;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.Problem;
import io.leaddispatch.SendProgress;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Answer.Fault;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.ScriptedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the caller is told, whole, for everything an endpoint may do: the table of categories in docs/problems.md. */
class HttpsReportsTest {
    private final ScriptedServer server = ScriptedServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<Arguments> answers() {
        Answer later = Answer.of(429).with("Retry-After", "3600");
        return Stream.of(
                undelivered("302", Answer.of(302), "https.redirects", Category.CONFIG, "HTTP 302", 0, false),
                undelivered("401", Answer.of(401), "https.unauthorized", Category.AUTH, "HTTP 401", 0, false),
                undelivered("403", Answer.of(403), "https.unauthorized", Category.AUTH, "HTTP 403", 0, false),
                undelivered("404", Answer.of(404), "https.not-found", Category.CONFIG, "HTTP 404", 0, false),
                undelivered("410", Answer.of(410), "https.gone", Category.CONFIG, "HTTP 410", 0, false),
                undelivered("429 in an hour", later, "https.throttled", Category.THROTTLED, "HTTP 429", 0, false),
                undelivered("503", Answer.of(503), "https.server-error", Category.TRANSIENT, "HTTP 503", 3, false),
                lost(Fault.STALLED_BODY),
                lost(Fault.SILENT),
                lost(Fault.TRUNCATED_BODY),
                lost(Fault.CLOSED_BEFORE_STORING),
                lost(Fault.CLOSED_AFTER_STORING),
                lost(Fault.RESET_AFTER_STORING),
                lost(Fault.NOT_HTTP));
    }

    private static Arguments lost(Fault fault) {
        return undelivered(
                fault.name(), Answer.fault(fault), "https.no-answer", Category.OUTCOME_UNKNOWN, null, 3, true);
    }

    private static Arguments undelivered(
            String what, Answer answer, String code, Category category, String vendor, int attempts, boolean exists) {
        return Arguments.of(what, answer, code, category, vendor, attempts, exists);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void whatIsNotDeliveredSaysWhyAndWhetherItMayExist(
            String what, Answer answer, String code, Category category, String vendor, int attempts, boolean exists) {
        server.otherwise(request -> answer);
        boolean silent = answer.fault() == Fault.SILENT || answer.fault() == Fault.STALLED_BODY;

        var undelivered = (Outcome.Undelivered) send(silent ? Map.of("timeout", "2s") : Map.of());

        Problem problem = undelivered.problem();
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.category()).isEqualTo(category);
        assertThat(problem.vendorCode()).isEqualTo(vendor);
        assertThat(problem.remedy()).isNotBlank();
        assertThat(undelivered.attempts()).isEqualTo(attempts);
        assertThat(undelivered.mayExist()).isEqualTo(exists);
    }

    @Test
    void anAnswerOf250MegabytesIsADelivery() {
        server.answer(Answer.fault(Fault.HUGE_BODY));
        assertThat(send()).isEqualTo(new Outcome.Delivered(Confirmation.ACCEPTED, null, List.of(), 1));
    }

    @Test
    void aLeadThatIsTooLargeIsRejectedAtOnce() {
        server.answer(413);
        Outcome.Rejected rejected = (Outcome.Rejected) send();
        assertThat(rejected.problem().code()).isEqualTo("https.too-large");
        assertThat(rejected.attempts()).isEqualTo(1);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anEndpointThatIsAwayIsToldFromALostAnswer() {
        server.close();
        var undelivered = (Outcome.Undelivered) send();
        assertThat(undelivered.problem().code()).isEqualTo("https.unreachable");
        assertThat(undelivered.problem().category()).isEqualTo(Category.TRANSIENT);
        assertThat(undelivered.attempts()).isEqualTo(3);
        assertThat(undelivered.mayExist()).isFalse();
    }

    @Test
    void aReceiverKilledOnTheWayLeavesNoLeadWithoutATrueReport() throws Exception {
        CountDownLatch begun = new CountDownLatch(50);
        server.otherwise(request -> {
            begun.countDown();
            return Answer.of(201);
        });
        Map<String, Outcome> reported = new ConcurrentHashMap<>();
        Thread killer = new Thread(() -> {
            try {
                begun.await();
            } catch (InterruptedException e) {
                return;
            }
            server.close();
        });
        killer.start();

        try (LeadDispatcher dispatcher =
                dispatcher(Map.of()).patience(Duration.ofSeconds(3)).build()) {
            dispatcher.sendAll(IntStream.range(0, 300).mapToObj(HttpsReportsTest::numbered), new SendProgress() {
                @Override
                public void finished(DispatchReport report) {
                    reported.put(report.leadId().value(), report.at("hook"));
                }
            });
            assertThat(dispatcher.stats().lanes().get("hook").balanced()).isTrue();
        }
        killer.join();

        var arrived = server.requests().stream()
                .map(ReceivedRequest::body)
                .map(body -> body.replaceAll(".*\"phone\":\"(\\d+)\".*", "lead-$1"))
                .collect(Collectors.toSet());
        assertThat(reported).hasSize(300);
        assertThat(reported.values()).hasAtLeastOneElementOfType(Outcome.Delivered.class);
        assertThat(reported.values()).hasAtLeastOneElementOfType(Outcome.Undelivered.class);
        reported.forEach((lead, outcome) -> {
            if (outcome instanceof Outcome.Undelivered undelivered) {
                assertThat(undelivered.problem().code())
                        .isIn("https.unreachable", "https.no-answer", "lane.patience-ended");
                assertThat(undelivered.mayExist() || !arrived.contains(lead))
                        .as(lead + ": " + undelivered)
                        .isTrue();
            } else {
                assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
                assertThat(arrived).contains(lead);
            }
        });
    }

    @Test
    void noMoreRequestsAreMadeAtOnceThanAllowed() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        server.otherwise(request -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            two.countDown();
            await(two);
            now.decrementAndGet();
            return Answer.of(200);
        });
        try (LeadDispatcher dispatcher = dispatcher(Map.of("concurrency", 2)).build()) {
            assertThat(sendAtOnce(dispatcher, 20)).allMatch(DispatchReport::isSettled);
        }
        assertThat(most).hasValue(2);
    }

    /** The three others in flight when the endpoint asks for a rest are on their way; all others wait. */
    @Test
    void aTimeThatTheEndpointNamesHoldsAllRequests() {
        ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
        CountDownLatch paused = new CountDownLatch(1);
        AtomicInteger requests = new AtomicInteger();
        server.otherwise(request -> {
            times.add(System.nanoTime());
            if (requests.incrementAndGet() == 1) {
                return Answer.of(429).with("Retry-After", "1");
            }
            await(paused);
            return Answer.of(200);
        });
        DeliveryListener listener = new DeliveryListener() {
            @Override
            public void lanePaused(String destination, Problem why, Instant until) {
                paused.countDown();
            }
        };
        try (LeadDispatcher dispatcher =
                dispatcher(Map.of("concurrency", 4)).listener(listener).build()) {
            assertThat(sendAtOnce(dispatcher, 20)).allMatch(DispatchReport::isSettled);
        }
        long asked = times.peek();
        assertThat(times).hasSize(21);
        assertThat(times.stream().filter(time -> time - asked < 900_000_000L)).hasSizeLessThanOrEqualTo(4);
    }

    private static List<DispatchReport> sendAtOnce(LeadDispatcher dispatcher, int leads) {
        return IntStream.range(0, leads)
                .mapToObj(HttpsReportsTest::numbered)
                .map(dispatcher::sendAsync)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static Lead numbered(int number) {
        return Lead.builder()
                .id("lead-" + number)
                .phone(Integer.toString(number))
                .build();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Outcome send() {
        return send(Map.of());
    }

    private Outcome send(Map<String, Object> settings) {
        try (LeadDispatcher dispatcher = dispatcher(settings).build()) {
            DispatchReport report = dispatcher.send(numbered(1));
            assertThat(dispatcher.stats().lanes().get("hook").balanced()).isTrue();
            return report.at("hook");
        }
    }

    private DispatcherBuilder dispatcher(Map<String, Object> settings) {
        Map<String, Object> all = new ConcurrentHashMap<>(settings);
        all.put("httpsEndpointUrl", server.uri() + "/hook");
        return LeadDispatcher.builder()
                .insecureLoopback(true)
                .to("hook", "https", all)
                .lane(
                        "hook",
                        LaneOptions.DEFAULT.withAttempts(3).withDelays(Duration.ofMillis(1), Duration.ofMillis(5)));
    }
}
