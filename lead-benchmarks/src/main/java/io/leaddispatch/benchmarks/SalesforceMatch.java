package io.leaddispatch.benchmarks;

import com.force.api.ApiConfig;
import com.force.api.ApiSession;
import com.force.api.ForceApi;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.salesforce.SalesforceSimulator;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Leads into a simulated Salesforce org: our {@code sendAll}, by upsert, against collections of 200 that are created by hand
 * with two other clients. Each run has an org of its own, in this process.
 */
final class SalesforceMatch {
    private static final int MOST_RECORDS = 200;
    private static final String FORCE_REST_API = "force-rest-api, collections of 200 by hand";
    private static final String ONE_BY_ONE = "force-rest-api, one create after the other";
    private static final int SINGLES = 100;
    private static final String CAMEL = "camel-salesforce, collections of 200";

    private final List<Lead> leads;
    private final Duration delay;
    private volatile SalesforceSimulator org;

    private SalesforceMatch(List<Lead> leads, Duration delay) {
        this.leads = leads;
        this.delay = delay;
    }

    static void play(int number, int rounds, PrintStream out) throws Exception {
        for (int millis : new int[] {0, 20}) {
            out.printf("%n### %d ms of delay in every answer%n%n", millis);
            SalesforceMatch contestants = new SalesforceMatch(Leads.numbered(0, number), Duration.ofMillis(millis));
            Match match = new Match("leads", number, rounds, contestants::requests);
            Map<String, List<Match.Measured>> all =
                    match.play(List.of(contestants.ours(), contestants.forceRestApi(), contestants.camel()));
            match.print(all, out);
            match.goal(all, FORCE_REST_API, 1, out);
            match.goal(all, CAMEL, 5, out);
            out.println();
            SalesforceMatch few = new SalesforceMatch(Leads.numbered(0, SINGLES), Duration.ofMillis(millis));
            Match alone = new Match("leads", SINGLES, 3, few::requests);
            alone.print(alone.play(List.of(few.singles())), out);
        }
    }

    private long requests() {
        SalesforceSimulator current = org;
        return current == null ? 0 : current.requests().size();
    }

    private interface Work extends AutoCloseable {
        void run() throws Exception;

        @Override
        default void close() {}
    }

    private interface Start {
        Work on(SalesforceSimulator org) throws Exception;
    }

    private Contestant contestant(String name, Start start) {
        return new Contestant(name, () -> {
            org = SalesforceSimulator.start().delay(delay);
            Work work = start.on(org);
            return new Contestant.Run(work::run, () -> {
                work.close();
                int there = org.leads().size();
                org.close();
                requireAll(name, there);
            });
        });
    }

    private void requireAll(String name, int there) {
        if (there != leads.size()) {
            throw new IllegalStateException(name + " wrote " + there + " of " + leads.size());
        }
    }

    private Contestant ours() {
        return contestant("lead-salesforce, sendAll", org -> () -> {
            try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                    .insecureLoopback(true)
                    .patience(Duration.ofMinutes(5))
                    .to(
                            "crm",
                            "salesforce",
                            Map.of(
                                    "mode",
                                    "rest",
                                    "loginUrl",
                                    org.uri().toString(),
                                    "auth",
                                    "client-credentials",
                                    "clientId",
                                    SalesforceSimulator.CLIENT_ID,
                                    "clientSecret",
                                    SalesforceSimulator.CLIENT_SECRET))
                    .build()) {
                SendSummary summary = dispatcher.sendAll(leads, SendProgress.NONE);
                if (!summary.isSettled()) {
                    throw new IllegalStateException(summary.toString());
                }
            }
        });
    }

    private Contestant forceRestApi() {
        return contestant(FORCE_REST_API, org -> {
            ApiConfig config = config(org);
            return () -> {
                ForceApi api = loggedIn(config);
                for (int from = 0; from < leads.size(); from += MOST_RECORDS) {
                    List<Map<String, Object>> records = new ArrayList<>();
                    for (Lead lead : leads.subList(from, Math.min(from + MOST_RECORDS, leads.size()))) {
                        records.add(record(lead));
                    }
                    List<?> answers = api.post("/composite/sobjects", Map.of("allOrNone", false, "records", records))
                            .asList();
                    answers.forEach(SalesforceMatch::requireSuccess);
                }
            };
        });
    }

    private Contestant singles() {
        return contestant(ONE_BY_ONE, org -> {
            ApiConfig config = config(org);
            return () -> {
                ForceApi api = loggedIn(config);
                for (Lead lead : leads) {
                    Map<String, Object> record = record(lead);
                    record.remove("attributes");
                    api.createSObject("Lead", record);
                }
            };
        });
    }

    private static ApiConfig config(SalesforceSimulator org) {
        return new ApiConfig()
                .setLoginEndpoint(org.uri().toString())
                .setClientId(SalesforceSimulator.CLIENT_ID)
                .setClientSecret(SalesforceSimulator.CLIENT_SECRET)
                .setUsername(SalesforceSimulator.USER)
                .setPassword(SalesforceSimulator.PASSWORD)
                .setApiVersionString("v62.0");
    }

    private static ForceApi loggedIn(ApiConfig config) {
        ForceApi api = new ForceApi(config);
        ApiSession session = api.getSession();
        if (session.getAccessToken() == null) {
            throw new IllegalStateException("no session");
        }
        return api;
    }

    private static void requireSuccess(Object answer) {
        if (!Boolean.TRUE.equals(((Map<?, ?>) answer).get("success"))) {
            throw new IllegalStateException("refused: " + answer);
        }
    }

    /** The same fields as ours, the key included. */
    private static Map<String, Object> record(Lead lead) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("attributes", Map.of("type", "Lead"));
        record.put("FirstName", lead.contact().firstName());
        record.put("LastName", lead.contact().lastName());
        record.put("Email", lead.contact().email());
        record.put("Company", "[not provided]");
        record.put("LeadSource", lead.source().format());
        record.put("Marketplace_Lead_Id__c", lead.id().value());
        return record;
    }

    private Contestant camel() {
        return contestant(CAMEL, org -> {
            CamelLeads camel = new CamelLeads(org.uri());
            return new Work() {
                @Override
                public void run() throws Exception {
                    for (int from = 0; from < leads.size(); from += MOST_RECORDS) {
                        camel.create(leads.subList(from, Math.min(from + MOST_RECORDS, leads.size())));
                    }
                }

                @Override
                public void close() {
                    camel.close();
                }
            };
        });
    }
}
