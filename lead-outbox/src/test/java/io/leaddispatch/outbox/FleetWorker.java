package io.leaddispatch.outbox;

import io.leaddispatch.LaneOptions;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.testkit.marketo.MarketoSimulator;
import io.leaddispatch.testkit.salesforce.SalesforceSimulator;
import java.time.Duration;
import java.util.Map;

/** A process of its own that delivers to a Marketo instance and a Salesforce org until its input ends. */
public final class FleetWorker {
    private FleetWorker() {}

    /** Arguments: the outbox's address, those of Marketo and Salesforce, most calls of Marketo's window, its seconds. */
    public static void main(String[] args) throws Exception {
        Map<String, Object> marketo = Map.of(
                "mode",
                "leads",
                "baseUrl",
                args[1],
                "munchkinId",
                "284-RPR-133",
                "clientId",
                MarketoSimulator.CLIENT_ID,
                "clientSecret",
                MarketoSimulator.CLIENT_SECRET,
                "concurrency",
                "2",
                "callsPerWindow",
                args[3],
                "window",
                args[4] + "s");
        LaneOptions quick =
                LaneOptions.DEFAULT.withAttempts(100).withDelays(Duration.ofMillis(50), Duration.ofSeconds(1));
        LeadDispatcher dispatcher = LeadDispatcher.builder()
                .insecureLoopback(true)
                .to("marketo", "marketo", marketo)
                .to("salesforce", "salesforce", salesforce(args[2]))
                .lane("marketo", quick)
                .lane("salesforce", quick)
                .queue(Given.outbox(args[0]).queue())
                .build();
        System.out.println("READY");
        while (System.in.read() >= 0) {
            continue;
        }
        dispatcher.close();
        System.exit(0);
    }

    /** The settings for a simulated org, which is written by upserts. */
    static Map<String, Object> salesforce(String address) {
        return Map.of(
                "mode",
                "rest",
                "loginUrl",
                address,
                "auth",
                "client-credentials",
                "clientId",
                SalesforceSimulator.CLIENT_ID,
                "clientSecret",
                SalesforceSimulator.CLIENT_SECRET);
    }
}
