package io.leaddispatch.marketo;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.marketo.MarketoSimulator;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * By hand only: a validating proxy that serves the vendor's definition stands between the destination and the simulator.
 * {@code -Dtest=PrismCheck -Dmarketo.prism=SCRIPT}, where SCRIPT takes {@code proxy PORT UPSTREAM} and prints "ready".
 */
class PrismCheck {
    private static final List<Lead> PEOPLE = Stream.concat(
                    Stream.of(
                            Leads.ada(),
                            Leads.grace(),
                            Leads.sparse(),
                            Leads.unicode(),
                            Leads.longest(),
                            Leads.ada().toBuilder().id("dnc").source("SPZA-DNC").build(),
                            Lead.builder()
                                    .email("no-name@example.com")
                                    .phone("1")
                                    .build()),
                    Leads.generate(7).limit(700))
            .toList();

    /** One lead is too long where nothing is cut, and a form that lacks a field takes nothing. */
    private static final Pattern KNOWN = Pattern.compile("form that lacks fields: \\{Rejected marketo.form-skipped=706,"
            + " Rejected marketo.too-long=1\\}|[^{]*\\{Delivered=70[67](, Rejected marketo.too-long=1)?\\}");

    @Test
    void everyRequestKeepsToTheVendorsDefinition() throws Exception {
        String script = System.getProperty("marketo.prism");
        Assumptions.assumeTrue(script != null, "by hand only: -Dmarketo.prism=SCRIPT");
        int port = freePort();
        Path log = Path.of("target", "prism.log").toAbsolutePath();
        Files.createDirectories(log.getParent());
        try (MarketoSimulator marketo = MarketoSimulator.start()) {
            String upstream = Integer.toString(marketo.uri().getPort());
            ProcessBuilder start = new ProcessBuilder(script, "proxy", Integer.toString(port), upstream);
            start.environment().put("PRISM_LOG", log.toString());
            Process prism = start.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            try {
                assertThat(prism.inputReader().readLine()).startsWith("ready");
                run(marketo, URI.create("http://127.0.0.1:" + port), log);
            } finally {
                prism.destroy();
                prism.waitFor();
            }
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void run(MarketoSimulator marketo, URI proxy, Path log) throws Exception {
        marketo.limits(100_000, Duration.ofSeconds(20), 10)
                .form(
                        6,
                        Stream.concat(LeadRecord.REST_FIELDS.keySet().stream(), Stream.of("unsubscribed", "doNotCall"))
                                .toArray(String[]::new))
                .field("mktoCampaign", "campaign__c");
        Given form = Given.at(proxy).with(MarketoSettings.FORM_ID, "6");
        Given leads = Given.at(proxy).with(MarketoSettings.MODE, "leads");
        Map<String, Object> more = Map.of(
                "mktoCampaign", "{attr.campaign}",
                "numberOfEmployees", "14",
                "annualRevenue", "1.5",
                "mktoPersonNotes", "{description}");
        List<String> said = new ArrayList<>();
        said.add("form: " + one(form.open()));
        said.add("form, with program, cut: "
                + one(form.with(MarketoSettings.PROGRAM_ID, 1)
                        .with(MarketoSettings.ON_TOO_LONG, "cut")
                        .open()));
        said.add("form that lacks fields: "
                + one(Given.at(proxy)
                        .with(MarketoSettings.HOLD_AFTER_SKIPS, 0)
                        .with(FieldMapping.FIELDS, Map.of("city", "Bonn"))
                        .open()));
        said.add("leads: " + batches(leads.open(), 300));
        said.add("leads, one by one: " + batches(leads.open(), 1));
        said.add("leads, partition, more fields, cut: "
                + batches(
                        leads.with(MarketoSettings.PARTITION_NAME, "EMEA")
                                .with(FieldMapping.FIELDS, more)
                                .with(MarketoSettings.ON_TOO_LONG, "cut")
                                .open(),
                        300));
        List<String> violations = Files.readAllLines(log).stream()
                .filter(line -> line.contains("Violation")
                        || line.contains("violation")
                        || line.contains("terminated with error"))
                .toList();
        Map<String, Long> requests = marketo.server().requests().stream()
                .collect(Collectors.groupingBy(
                        request -> request.method() + " " + request.target(), Collectors.counting()));
        System.out.println(
                "through Prism: " + requests + "\n" + String.join("\n", said) + "\nviolations: " + violations);
        assertThat(violations).isEmpty();
        assertThat(requests)
                .containsEntry("POST " + RestDestination.SUBMIT_FORM, 3L * PEOPLE.size() - 2)
                .hasEntrySatisfying(
                        "POST " + RestDestination.SYNC_LEADS,
                        calls -> assertThat(calls).isGreaterThan(PEOPLE.size()));
        assertThat(said).allMatch(line -> KNOWN.matcher(line).matches());
    }

    private static String one(LeadDestination form) throws Exception {
        return batches(form, 1);
    }

    private static String batches(LeadDestination destination, int size) throws Exception {
        List<DeliveryResult> all = new ArrayList<>();
        for (int from = 0; from < PEOPLE.size(); from += size) {
            List<Lead> some = PEOPLE.subList(from, Math.min(PEOPLE.size(), from + size));
            all.addAll(settled(destination, some));
        }
        return all.stream()
                .collect(Collectors.groupingBy(PrismCheck::shown, TreeMap::new, Collectors.counting()))
                .toString();
    }

    /** As a lane does: what Marketo knows already goes once more, without its company. */
    private static List<DeliveryResult> settled(LeadDestination destination, List<Lead> leads) throws Exception {
        List<DeliveryResult> results = deliver(destination, leads);
        return results.stream().anyMatch(DeliveryResult.Retry.class::isInstance)
                ? deliver(destination, leads)
                : results;
    }

    private static List<DeliveryResult> deliver(LeadDestination destination, List<Lead> leads) throws Exception {
        return destination.deliver(new LeadBatch(leads, Instant.now().plusSeconds(60), false));
    }

    private static String shown(DeliveryResult result) {
        Problem problem = MarketoAnswers.problem(result);
        return result.getClass().getSimpleName()
                + (problem == null ? "" : " " + Objects.requireNonNull(problem).code());
    }
}
