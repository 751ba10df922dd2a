package io.leaddispatch.dynamics;

import static java.util.Collections.disjoint;
import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LaneOptions;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import io.leaddispatch.dynamics.simulator.DataverseSimulator;
import io.leaddispatch.dynamics.simulator.Environment;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.ReceivedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten thousand leads with everything that goes wrong in a week, all at once. */
class SendAllTest extends Servers {
    private static final int LEADS = 10_000;
    private static final int BATCH = 100;

    /** The key of a row, in a transaction's body or in a part of a batch. */
    private static final Pattern ROW = Pattern.compile("(?:\"leadid\":\"|/leads\\()([0-9a-f-]{36})");

    private final AtomicInteger transactions = new AtomicInteger();
    private final AtomicInteger throttled = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    /** One line for each refused lead is right, and too much here. */
    private static final Logger EVENTS = Logger.getLogger("io.leaddispatch");

    @BeforeEach
    void quiet() {
        EVENTS.setLevel(Level.SEVERE);
    }

    @AfterEach
    void loud() {
        EVENTS.setLevel(null);
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void tenThousandLeadsAreExactWithBadRowsALostAnswerAndThrottling() throws Exception {
        Set<Integer> bad = new HashSet<>();
        Random random = new Random(3);
        IntStream.range(0, LEADS).filter(n -> random.nextInt(100) < 3).forEach(bad::add);
        Set<String> badNames = new HashSet<>();
        bad.forEach(n -> badNames.add("Last-e1e1e1-" + n));
        environment().logic = lead -> badNames.contains(lead.get("lastname"))
                ? new Environment.Refusal(400, "0x80040265", "refused by a plug-in")
                : null;
        servers.dataverse().instead = this::burst;
        servers.dataverse().afterwards = this::loseOne;

        Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
        SendSummary summary;
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .to("crm", "dynamics", settings("concurrency", 8))
                .lane("crm", LaneOptions.DEFAULT.withDelays(Duration.ofMillis(20), Duration.ofMillis(200)))
                .patience(Duration.ofMinutes(5))
                .build()) {
            summary = dispatcher.sendAll(Leads.numbered(0, LEADS), new SendProgress() {
                @Override
                public void finished(DispatchReport report) {
                    outcomes.put(report.leadId().value(), report.at("crm"));
                }
            });
            assertThat(dispatcher.stats().lanes().get("crm").balanced()).isTrue();
        }

        for (int n = 0; n < LEADS; n++) {
            Lead lead = Leads.numbered(n);
            Outcome outcome = outcomes.get(lead.id().value());
            if (bad.contains(n)) {
                assertThat(outcome).as("lead %d", n).isInstanceOf(Outcome.Rejected.class);
                assertThat(((Outcome.Rejected) outcome).problem().code()).isEqualTo("dynamics.customer-logic");
                assertThat(stored(lead)).isNull();
            } else {
                assertThat(outcome).as("lead %d", n).isInstanceOf(Outcome.Delivered.class);
                assertThat(((Outcome.Delivered) outcome).recordId())
                        .isEqualTo(LeadGuid.of(lead.id()).toString());
                assertThat(stored(lead))
                        .containsEntry("emailaddress1", lead.contact().email());
                assertThat(environment().inserts.get(LeadGuid.of(lead.id()))).hasValue(1);
            }
        }
        assertThat(environment().leads).hasSize(LEADS - bad.size());
        assertThat(summary.destinations().get("crm").delivered()).isEqualTo(LEADS - bad.size());
        assertThat(summary.destinations().get("crm").rejected()).isEqualTo(bad.size());
        assertThat(lost).hasValue(1);
        assertThat(throttled.get()).isGreaterThan(3);
        countCalls(bad.size());
        Set<UUID> badIds = new HashSet<>();
        bad.forEach(n -> badIds.add(LeadGuid.of(Leads.numbered(n).id())));
        countCallsOfEachBatchWith(badIds);
    }

    /**
     * A batch with a bad row is known by its refused transaction. Its calls are those which carry any of its rows: itself,
     * those that find the culprits, and repeats, also where other batches share them; a refusal by throttling executes
     * nothing and is none.
     */
    private void countCallsOfEachBatchWith(Set<UUID> bad) {
        List<Set<UUID>> calls = new ArrayList<>();
        List<Set<UUID>> spoiled = new ArrayList<>();
        for (DataverseSimulator.Judged judged : servers.dataverse().judged()) {
            Set<UUID> rows = rows(judged.received());
            calls.add(rows);
            if (judged.received().target().endsWith(".CreateMultiple") && !disjoint(rows, bad)) {
                spoiled.add(rows);
            }
        }
        assertThat(spoiled).hasSizeGreaterThan(LEADS / BATCH / 2);
        Map<Long, Integer> batchesByCalls = new TreeMap<>();
        for (Set<UUID> batch : spoiled) {
            long own = calls.stream().filter(rows -> !disjoint(rows, batch)).count();
            batchesByCalls.merge(own, 1, Integer::sum);
        }
        System.out.println("batches with a bad row, by number of calls: " + batchesByCalls);
        assertThat(batchesByCalls.keySet()).allMatch(number -> number <= 4);
    }

    private static Set<UUID> rows(ReceivedRequest request) {
        return ROW.matcher(request.body())
                .results()
                .map(row -> UUID.fromString(row.group(1)))
                .collect(Collectors.toSet());
    }

    /** 10 times fewer calls than leads, and at most 4 for each batch taken all together. */
    private void countCalls(int bad) {
        List<ReceivedRequest> requests = servers.dataverse().requests();
        long executed = requests.size() - throttled.get();
        long batches = LEADS / BATCH;
        System.out.printf(
                "10,000 leads, %d bad: %d requests, of these %d throttled; %d CreateMultiple, %d $batch, %d single%n",
                bad,
                requests.size(),
                throttled.get(),
                count(requests, ".CreateMultiple"),
                count(requests, "$batch"),
                count(requests, ")"));
        assertThat(executed).isLessThanOrEqualTo(4 * batches);
        assertThat(requests.size()).isLessThanOrEqualTo(LEADS / 10);
        assertThat(servers.dataverse().typesCompleted()).isGreaterThanOrEqualTo(LEADS);
        assertThat(servers.entra().tokenRequests()).hasSize(1);
    }

    private static long count(List<ReceivedRequest> requests, String end) {
        return requests.stream()
                .filter(request -> request.target().endsWith(end))
                .count();
    }

    /** A burst of three refusals every forty requests, with a wait of one second. */
    private Answer burst(ReceivedRequest request) {
        int n = transactions.incrementAndGet();
        if (n % 40 < 37) {
            return null;
        }
        throttled.incrementAndGet();
        return DataverseSimulator.error(
                        429,
                        "0x80072322",
                        "Number of requests exceeded the limit of 6000 over time window of 300 seconds.")
                .with("Retry-After", "1");
    }

    /** The first transaction that wrote: its answer never arrives. */
    private Answer loseOne(ReceivedRequest request, Answer answer) {
        boolean wrote = request.target().endsWith(".CreateMultiple") && answer.status() == 200;
        return wrote && lost.compareAndSet(0, 1) ? Answer.fault(Answer.Fault.CLOSED_AFTER_STORING) : answer;
    }

    @Test
    void withoutBadRowsAHundredLeadsAreOneCall() throws Exception {
        try (LeadDispatcher dispatcher =
                LeadDispatcher.builder().to("crm", "dynamics", settings()).build()) {
            SendSummary summary = dispatcher.sendAll(Leads.numbered(0, 1_000), SendProgress.NONE);
            assertThat(summary.isSettled()).isTrue();
        }
        assertThat(servers.dataverse().requests()).hasSizeLessThanOrEqualTo(11);
        assertThat(environment().leads).hasSize(1_000);
    }
}
