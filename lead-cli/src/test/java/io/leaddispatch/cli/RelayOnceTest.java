package io.leaddispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Answer.Fault;
import io.leaddispatch.testkit.Azurite;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.ScriptedServer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a scripted table, which says what time it is: no lead is lost on its way, and none goes twice. */
class RelayOnceTest {
    @TempDir
    private Path folder;

    private final ScriptedServer table = ScriptedServer.start();
    private final ScriptedServer hook = ScriptedServer.start();
    private final ScriptedServer form = ScriptedServer.start();
    private final List<String> rows = new ArrayList<>();

    @BeforeEach
    void answer() {
        table.otherwise(request -> Answer.json(200, "{\"value\":[" + String.join(",", rows) + "]}")
                .with("Date", "Tue, 24 Nov 2020 12:00:30 GMT"));
        hook.otherwise(request -> Answer.of(200));
        form.otherwise(request -> Answer.of(200));
    }

    @AfterEach
    void stop() {
        table.close();
        hook.close();
        form.close();
    }

    private void row(String key, String offer) {
        rows.add("{\"PartitionKey\":\"9:2F28:2F2018\",\"RowKey\":\"" + key + "\",\"odata.etag\":\"" + key
                + "\",\"Timestamp\":\"2020-11-24T12:00:00Z\",\"ProductId\":\"" + offer + "\",\"LeadSource\":\"SPZA\","
                + "\"CustomerInfo\":\"{\\\"Email\\\":\\\"" + key + "@example.com\\\",\\\"LastName\\\":\\\"Wong\\\","
                + "\\\"Company\\\":\\\"Fabrikam\\\"}\"}");
    }

    private String store() {
        return store("store");
    }

    private String store(String name) {
        return "\"%s\": {\"type\": \"azure-table\", \"settings\": {\"storageAccountConnectionString\": \"%s\"}}"
                .formatted(
                        name, "AccountName=contosoleads;AccountKey=" + Azurite.KEY + ";TableEndpoint=" + table.uri());
    }

    private String hook() {
        return "\"hook\": {\"type\": \"https\", \"settings\": {\"httpsEndpointUrl\": \"%s/leads\"}}"
                .formatted(hook.uri());
    }

    /** A form knows no lead again, so a repeat is not safe. */
    private String form() {
        return ("\"form\": {\"type\": \"salesforce\", \"settings\": {\"mode\": \"web-to-lead\","
                        + " \"objectIdentifier\": \"00Do0000000ZHog\", \"webToLeadUrl\": \"%s/servlet/servlet.WebToLead\"}}")
                .formatted(form.uri());
    }

    private void configure(String more, String... destinations) throws IOException {
        Files.writeString(
                folder.resolve("lead.json"),
                "{\"insecureLoopback\": true, \"patience\": \"50s\", \"destinations\": {"
                        + String.join(", ", destinations) + "}" + more + "}");
    }

    private Ran relay(String... more) {
        List<String> all = new ArrayList<>(
                List.of("relay", "--config", folder.resolve("lead.json").toString()));
        if (!List.of(more).contains("--from")) {
            all.addAll(List.of("--from", "store"));
        }
        all.addAll(List.of(more));
        return Ran.lead(all.toArray());
    }

    private static String words(Ran ran) {
        return ran.out().replaceAll("\\s+", " ");
    }

    private static List<String> bodies(ScriptedServer server) {
        return server.requests().stream().map(ReceivedRequest::body).toList();
    }

    @Test
    void aLeadThatMayBeThereIsToldOnceWhereARepeatIsNotSafe() throws Exception {
        configure("", store(), form());
        row("mia", "contoso.flow");
        form.otherwise(request -> Answer.fault(Fault.RESET_AFTER_STORING));
        Ran first = relay("--since", "all");
        assertThat(first.code()).isEqualTo(ExitCodes.SOMETHING_LEFT);
        assertThat(words(first)).contains("1 undelivered", "may be there all the same");
        assertThat(relay().code()).isZero();
        assertThat(form.requests()).hasSize(1);
    }

    @Test
    void aLeadThatMayBeThereComesAgainWhereItsKeyIsKnown() throws Exception {
        configure("", store(), hook().replace("\"settings\"", "\"lane\": {\"attempts\": 1}, \"settings\""));
        row("mia", "contoso.flow");
        hook.otherwise(request -> Answer.fault(Fault.CLOSED_AFTER_STORING));
        assertThat(words(relay("--since", "all"))).contains("may be there all the same");
        hook.otherwise(request -> Answer.of(200));
        assertThat(relay().out()).contains("1 delivered");
        assertThat(hook.requests())
                .extracting(request -> request.header("webhook-id"))
                .hasSize(2);
    }

    @Test
    void aDestinationThatHasTheLeadDoesNotGetItAgainBecauseOfAnother() throws Exception {
        configure("", store(), form(), hook());
        row("mia", "contoso.flow");
        hook.otherwise(request -> Answer.of(401));
        assertThat(relay("--since", "all").code()).isEqualTo(ExitCodes.SOMETHING_LEFT);
        assertThat(relay().code()).isEqualTo(ExitCodes.SOMETHING_LEFT);
        assertThat(Files.readString(folder.resolve("lead.json.relay"))).containsPattern("partly \\S+ form\n");
        hook.otherwise(request -> Answer.of(200));
        Ran last = relay();
        assertThat(last.code()).as("%s", last).isZero();
        assertThat(last.out()).contains("1 delivered", "azure-table.delivered-earlier");
        assertThat(form.requests()).hasSize(1);
        assertThat(relay().out()).isEmpty();
        assertThat(Files.readString(folder.resolve("lead.json.relay"))).doesNotContain("partly");
    }

    @Test
    void aRouteToTheTableAloneKeepsItsLeadsThere() throws Exception {
        configure(
                ", \"routes\": [{\"offer\": \"contoso.flow\", \"to\": [\"store\"]}, {\"to\": [\"hook\"]}]",
                store(),
                hook());
        row("mia", "contoso.flow");
        row("leo", "contoso.backup");
        Ran ran = relay("--since", "all");
        assertThat(ran.code()).as("%s", ran).isZero();
        assertThat(bodies(hook)).singleElement().asString().contains("leo@example.com");
        assertThat(relay().out()).isEmpty();
    }

    @Test
    void aLeadThatNoRouteTakesIsToldOnceAndHoldsNothing() throws Exception {
        configure(", \"routes\": [{\"offer\": \"contoso.backup\", \"to\": [\"hook\"]}]", store(), hook());
        row("mia", "contoso.flow");
        Ran first = relay("--since", "all");
        assertThat(first.code()).isEqualTo(ExitCodes.SOMETHING_LEFT);
        assertThat(first.out()).contains("1 unrouted");
        assertThat(relay().out()).isEmpty();
    }

    @Test
    void nowIsWhatTheTableCallsNow() throws Exception {
        configure("", store(), hook());
        assertThat(relay("--since", "now").code()).isZero();
        assertThat(Files.readString(folder.resolve("lead.json.relay"))).contains("2020-11-24T12:00:30Z");
    }

    @Test
    void withoutTheTablesTimeNothingBegins() throws Exception {
        configure("", store(), hook());
        table.otherwise(request -> Answer.json(403, "{\"odata.error\":{\"code\":\"AuthenticationFailed\"}}"));
        Ran ran = relay("--since", "now");
        assertThat(ran.code()).isEqualTo(ExitCodes.NOT_STARTED);
        assertThat(ran.err()).contains("azure-table.unauthorized", "What to do:");
        assertThat(folder.resolve("lead.json.relay")).doesNotExist();
    }

    @Test
    void rowsOfAnotherChoiceNeedAnotherCheckpoint() throws Exception {
        configure(", \"routes\": [{\"to\": [\"hook\"]}]", store(), store("old"), hook());
        row("mia", "contoso.flow");
        row("leo", "contoso.backup");
        assertThat(relay("--since", "all", "--offer", "contoso.flow").code()).isZero();
        for (String[] other : new String[][] {
            {"--offer", "contoso.backup"}, {}, {"--offer", "contoso.flow", "--no-test-leads"}, {"--from", "old"}
        }) {
            Ran ran = relay(other);
            assertThat(ran.code()).isEqualTo(ExitCodes.NOT_STARTED);
            assertThat(ran.err()).contains("table store, offer contoso.flow, with test leads", "--checkpoint");
        }
        String file = folder.resolve("backup").toString();
        assertThat(relay("--offer", "contoso.backup", "--checkpoint", file, "--since", "all")
                        .code())
                .isZero();
        assertThat(bodies(hook)).hasSize(2).last().asString().contains("leo@example.com");
    }

    @Test
    void twoRelaysDoNotShareACheckpoint() throws Exception {
        configure("", store(), hook());
        row("mia", "contoso.flow");
        try (FileChannel other = new CheckpointFile(folder.resolve("lead.json.relay")).lock()) {
            assertThat(other).isNotNull();
            Ran ran = relay("--since", "all");
            assertThat(ran.code()).isEqualTo(ExitCodes.NOT_STARTED);
            assertThat(ran.err()).contains("Another relay is at work");
        }
        assertThat(relay("--since", "all").out()).contains("1 delivered");
    }
}
