package io.leaddispatch.cli;

import static io.leaddispatch.cli.Ran.lead;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendCommandTest {
    private static final String ADA = "{\"firstName\":\"Ada\",\"email\":\"ada@example.com\"}\n";
    private static final String EDU = "{\"firstName\":\"Bob\",\"email\":\"bob@cs.example.edu\"}\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https-lead-documented-pascal-case.json",
                "https-lead-documented-2018-pascal-case.json",
                "https-lead-observed-camel-case.json",
                "https-lead-observed-camel-case-2019.json"
            })
    void realSamplesAreDelivered(String sample) throws Exception {
        try (Receiver receiver = Receiver.in(folder)) {
            Ran ran = lead("send", "--config", receiver.config(), sample(sample));
            assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
            assertThat(ran.lines()).last().isEqualTo("1 delivered");
            assertThat(receiver.server().requests()).hasSize(1);
            assertThat(receiver.server().requests().get(0).body()).contains("\"email\":\"someone@contoso.com\"");
        }
    }

    @Test
    void theEmptySampleIsRejected() throws Exception {
        try (Receiver receiver = Receiver.in(folder)) {
            Ran ran = lead("send", "-c", receiver.config(), sample("https-lead-observed-camel-case-empty.json"));
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out()).contains("rejected", "[lead.empty]").endsWith("1 rejected\n");
            assertThat(receiver.server().requests()).isEmpty();
        }
    }

    @Test
    void theInvalidSampleIsNamedByLineAndColumn() throws Exception {
        try (Receiver receiver = Receiver.in(folder)) {
            Ran ran = lead("send", "-c", receiver.config(), sample("test-lead-https-invalid-json.txt"));
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.lines()).anyMatch(line -> line.startsWith("14:5 ") && line.contains("not a lead"));
            assertThat(ran.out())
                    .contains("[json.syntax]", "a comma is missing")
                    .doesNotContain("MSFT_TEST");
            assertThat(receiver.server().requests()).isEmpty();
        }
    }

    @Test
    void aBadLineDoesNotStopTheOthers() throws Exception {
        try (Receiver receiver = Receiver.in(folder)) {
            Ran ran = lead(
                    "send",
                    "-c",
                    receiver.config(),
                    "--output",
                    "json",
                    file(ADA + "{\"firstName\": \n" + EDU + "{\"firstName\":\"\"}\n"));
            assertThat(ran.code()).isEqualTo(1);
            List<JsonNode> reports = json(ran);
            assertThat(reports).extracting(r -> r.get("line").asInt()).containsExactlyInAnyOrder(1, 2, 3, 4);
            assertThat(at(reports, 1).at("/outcomes/hook/outcome").asText()).isEqualTo("delivered");
            assertThat(at(reports, 1).get("settled").asBoolean()).isTrue();
            assertThat(at(reports, 2).get("outcome").asText()).isEqualTo("not_a_lead");
            assertThat(at(reports, 2).at("/problems/0/code").asText()).isEqualTo("json.syntax");
            assertThat(at(reports, 2).get("column").asInt()).isPositive();
            assertThat(at(reports, 3).at("/outcomes/hook/problem/code").asText())
                    .isEqualTo("policy.edu");
            assertThat(at(reports, 4).get("outcome").asText()).isEqualTo("rejected");
            assertThat(at(reports, 4).at("/problems/0/code").asText()).isEqualTo("lead.empty");
        }
    }

    @Test
    void suppressedLeadsAreAllWell() throws Exception {
        try (Receiver receiver = Receiver.in(folder)) {
            Ran ran = lead("send", "-c", receiver.config(), file(EDU));
            assertThat(ran.code()).isZero();
            assertThat(ran.out()).contains("[policy.edu]").endsWith("1 suppressed\n");
        }
    }

    @Test
    void whatTheDestinationRefusesIsToldWithItsRemedy() throws Exception {
        try (Receiver receiver = Receiver.in(folder)) {
            receiver.server().answer(422);
            Ran ran = lead("send", "-c", receiver.config(), file(ADA));
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out()).contains("rejected", "[https.refused-lead]", "WHAT TO DO", "receiver's log");
        }
    }

    @Test
    void whatIsNotDeliveredIsToldWithItsAttempts() throws Exception {
        try (Receiver receiver = Receiver.in(folder)) {
            receiver.server().otherwise(request -> io.leaddispatch.testkit.Answer.of(401));
            Ran ran = lead("send", "-c", receiver.config(), file(ADA), "--output=json");
            assertThat(ran.code()).isEqualTo(1);
            JsonNode outcome = at(json(ran), 1).at("/outcomes/hook");
            assertThat(outcome.get("outcome").asText()).isEqualTo("undelivered");
            assertThat(outcome.get("mayExist").asBoolean()).isFalse();
            assertThat(outcome.at("/problem/code").asText()).isEqualTo("https.unauthorized");
            assertThat(outcome.at("/problem/category").asText()).isEqualTo("auth");
        }
    }

    @Test
    void anUnroutedLeadNeedsAHand() throws Exception {
        try (Receiver receiver =
                Receiver.with(folder, ", \"routes\": [{\"offer\": \"contoso.*\", \"to\": [\"hook\"]}]")) {
            Ran ran = lead("send", "-c", receiver.config(), file(ADA));
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out()).contains("no route matches this lead").endsWith("1 unrouted\n");
            Ran dry = lead("send", "-c", receiver.config(), "--dry-run", file(ADA));
            assertThat(dry.code()).isEqualTo(1);
            assertThat(dry.out()).endsWith("1 unrouted\n");
        }
    }

    @Test
    void dryRunShowsTheRequestAndSendsNothing() throws Exception {
        try (Receiver receiver = Receiver.in(folder)) {
            Ran ran = lead("send", "-c", receiver.config(), "--dry-run", file(ADA + EDU));
            assertThat(ran.code()).isZero();
            assertThat(ran.out())
                    .contains("-- line 1, lead l1-", "to hook, not sent:", "POST http://localhost", "webhook-id: msg_")
                    .contains("{\"userDetails\":{\"firstName\":\"Ada\",\"email\":\"ada@example.com\"}")
                    .contains("suppressed [policy.edu]")
                    .doesNotContain("key-in-url");
            assertThat(receiver.server().requests()).isEmpty();
            JsonNode json = at(json(lead("send", "-c", receiver.config(), "--dry-run", "--output=json", file(ADA))), 1);
            assertThat(json.at("/requests/hook").asText()).contains("POST ");
        }
    }

    @Test
    void leadsComeFromStandardInput() throws Exception {
        InputStream before = System.in;
        try (Receiver receiver = Receiver.in(folder)) {
            System.setIn(new ByteArrayInputStream(ADA.getBytes(StandardCharsets.UTF_8)));
            assertThat(lead("send", "-c", receiver.config(), "-").code()).isZero();
            System.setIn(new ByteArrayInputStream(ADA.getBytes(StandardCharsets.UTF_8)));
            assertThat(lead("send", "-c", receiver.config()).code()).isZero();
            assertThat(receiver.server().requests()).hasSize(2);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void manyLeadsKeepTheRowsThatNeedAHand() throws Exception {
        String many = IntStream.rangeClosed(1, 1_500)
                .mapToObj(i -> i % 500 == 0 ? "{\"firstName\":\"\"}" : "{\"email\":\"a" + i + "@example.com\"}")
                .collect(Collectors.joining("\n"));
        try (Receiver receiver = Receiver.in(folder)) {
            Ran ran = lead("send", "-c", receiver.config(), file(many));
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out()).endsWith("1,497 delivered, 3 rejected\n").contains("rows more are not shown");
            assertThat(ran.lines())
                    .filteredOn(line -> line.contains("[lead.empty]"))
                    .hasSize(3);
            assertThat(ran.lines().size()).isLessThan(1_100);
        }
    }

    @Test
    void theSameLeadTwiceHasTwoReports() throws Exception {
        try (Receiver receiver = Receiver.in(folder)) {
            Ran ran = lead("send", "-c", receiver.config(), "--output=json", file(ADA + ADA));
            assertThat(json(ran)).extracting(r -> r.get("line").asInt()).containsExactlyInAnyOrder(1, 2);
        }
    }

    @Test
    void textsFromOutsideCannotSteerTheTerminal() throws Exception {
        try (Receiver receiver = Receiver.in(folder)) {
            Ran ran = lead(
                    "send",
                    "-c",
                    receiver.config(),
                    file("{\"userDetails\":{\"email\":\"a@example.com\"},\"leadSource\":\"\\u001b[2Jx\\u202Ey\"}"));
            assertThat(ran.out()).contains("[2Jx").doesNotContain("\u001b", "\u202e");
        }
    }

    static List<JsonNode> json(Ran ran) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        for (String line : ran.lines()) {
            all.add(new ObjectMapper().readTree(line));
        }
        return all;
    }

    private static JsonNode at(List<JsonNode> reports, int line) {
        return reports.stream()
                .filter(r -> r.get("line").asInt() == line)
                .findFirst()
                .orElseThrow();
    }

    static Path sample(String name) throws Exception {
        return Path.of(SendCommandTest.class.getResource("samples/" + name).toURI());
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("leads.ndjson"), text);
    }
}
