package io.leaddispatch.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import io.leaddispatch.dynamics.simulator.DataverseSimulator;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What the lane makes of our results, against the real servers. */
class DynamicsLaneTest extends Servers {
    /** Longer than a busy machine takes. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Facts 5: what is sent during the wait lengthens it. */
    @Test
    void nothingIsSentUntilTheServiceSays() throws Exception {
        List<Long> times = new CopyOnWriteArrayList<>();
        servers.dataverse().instead = request -> {
            times.add(System.nanoTime());
            return times.size() > 1
                    ? null
                    : DataverseSimulator.error(
                                    429, "0x80072326", "Number of concurrent requests exceeded the limit of 52.")
                            .with("Retry-After", "2");
        };
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .to("crm", "dynamics", settings("writeMode", "single", "concurrency", 1))
                .patience(PATIENCE)
                .build()) {
            assertThat(dispatcher
                            .sendAll(Leads.numbered(0, 5), SendProgress.NONE)
                            .isSettled())
                    .isTrue();
        }
        assertThat(times).hasSize(6);
        assertThat(Duration.ofNanos(times.get(1) - times.get(0))).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(environment().leads).hasSize(5);
    }

    /** Facts 4.2: leads are never parked for framing. */
    @Test
    void whereNoPartOfABatchIsReadEveryLeadIsDeliveredAlone() throws Exception {
        String unread = "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\r\n"
                + "{\"error\":{\"code\":\"0x80048d19\",\"message\":\"Stream was not readable.\"}}\r\n";
        servers.dataverse().instead = request -> {
            if (!request.target().endsWith("$batch")) {
                return null;
            }
            int parts = request.body().split("PATCH ", -1).length - 1;
            String part = "--b\r\nContent-Type: application/http\r\n\r\n" + unread;
            return Answer.of(200)
                    .with("Content-Type", "multipart/mixed; boundary=b")
                    .with(part.repeat(parts) + "--b--\r\n");
        };
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .to("crm", "dynamics", settings("writeMode", "batch"))
                .patience(PATIENCE)
                .build()) {
            SendSummary summary = dispatcher.sendAll(Leads.numbered(0, 10), SendProgress.NONE);
            assertThat(summary.destinations().get("crm").delivered()).isEqualTo(10);
            assertThat(summary.destinations().get("crm").rejected()).isZero();
        }
        assertThat(environment().leads).hasSize(10);
    }
}
