package io.leaddispatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.DispatchReport;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.TestLead;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Azurite;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From a table in Azurite to an endpoint; some rows are shaped as the marketplace's own. */
class RelayCommandTest {
    private static final Path MODULE = Path.of("..", "lead-azure-table");
    private static final AtomicInteger TABLES = new AtomicInteger();
    private static final HttpClient FOREIGN = HttpClient.newHttpClient();

    private static Azurite azurite;

    @RegisterExtension
    static final BeforeAllCallback AZURITE = test -> azurite = Azurite.of(
            test,
            MODULE.resolve(Path.of("src", "test", "node", "azurite")),
            MODULE.resolve(Path.of("target", "node", "azurite")));

    @TempDir
    private Path folder;

    private final ScriptedServer server = ScriptedServer.start();
    private final String table = "Relay" + TABLES.incrementAndGet();
    private Path config;

    @BeforeEach
    void configure() throws IOException {
        config = write("lead.json", hook());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String hook() {
        return "\"hook\": {\"type\": \"https\", \"settings\": {\"httpsEndpointUrl\": \"%s/leads\"}}"
                .formatted(server.uri());
    }

    private Path write(String name, String others) throws IOException {
        return write(name, others, "");
    }

    private Path write(String name, String others, String more) throws IOException {
        return Files.writeString(folder.resolve(name), """
                {"insecureLoopback": true, "patience": "50s", "destinations": {
                  "store": {"type": "azure-table",
                            "settings": {"storageAccountConnectionString": "%s", "tableName": "%s"}}%s}%s}
                """.formatted(
                        azurite.connectionString(), table, others.isEmpty() ? "" : ", " + others, more));
    }

    private void store(io.leaddispatch.Lead... leads) {
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .insecureLoopback(true)
                .to(
                        "store",
                        "azure-table",
                        Map.of("storageAccountConnectionString", azurite.connectionString(), "tableName", table))
                .build()) {
            for (var lead : leads) {
                DispatchReport report = dispatcher.send(lead);
                assertThat(report.isSettled()).as("%s", report).isTrue();
            }
        }
    }

    /** A row as the marketplace was seen to write it, put there by another program. */
    private void marketplaceRow(String key, String email) throws Exception {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atZone(ZoneOffset.UTC));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(Azurite.KEY), "HmacSHA256"));
        String signed = date + "\n/" + Azurite.ACCOUNT + "/" + Azurite.ACCOUNT + "/" + table;
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        String person = "{\\\"FirstName\\\":\\\"Mia\\\",\\\"LastName\\\":\\\"Wong\\\",\\\"Email\\\":\\\"" + email
                + "\\\",\\\"Phone\\\":\\\"1\\\",\\\"Country\\\":\\\"US\\\",\\\"Company\\\":\\\"Fabrikam\\\",\\\"Title\\\":\\\"CTO\\\"}";
        String row = "{\"PartitionKey\":\"9:2F28:2F2018\",\"RowKey\":\"" + key + "\",\"ActionCode\":\"PLT\","
                + "\"CreatedTime\":\"9/28/2018 6:24:18 PM\",\"CustomerInfo\":\"" + person
                + "\",\"Description\":\"Campaigns: \","
                + "\"LeadSource\":\"SPZA\",\"OfferDisplayName\":\"Contoso Flow\",\"ProductId\":\"contoso.flow\"}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(azurite.endpoint() + "/" + table))
                .header("x-ms-date", date)
                .header("x-ms-version", "2019-02-02")
                .header("Authorization", "SharedKeyLite " + Azurite.ACCOUNT + ":" + signature)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json;odata=nometadata")
                .POST(BodyPublishers.ofString(row))
                .build();
        var answer = FOREIGN.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private Ran relay(Object... more) {
        Object[] all = new Object[more.length + 5];
        System.arraycopy(new Object[] {"relay", "--from", "azure-table", "--config", config}, 0, all, 0, 5);
        System.arraycopy(more, 0, all, 5, more.length);
        return Ran.lead(all);
    }

    private List<String> received() {
        return server.requests().stream().map(ReceivedRequest::body).toList();
    }

    @Test
    void rowsGoToTheEndpointOnceEach() throws Exception {
        store(Leads.ada(), Leads.grace());
        marketplaceRow("0001", "mia@example.com");
        marketplaceRow("0002", "mia@example.com");
        Ran first = relay("--since", "all");
        assertThat(first.code()).as("%s", first).isZero();
        assertThat(first.out()).contains("4 delivered").doesNotContain("mia@example.com");
        assertThat(received()).hasSize(4);
        assertThat(received().stream().filter(body -> body.contains("mia@example.com")))
                .hasSize(2)
                .allSatisfy(body -> assertThat(body)
                        .contains(
                                "\"leadSource\":\"SPZA\"", "\"actionCode\":\"PLT\"", "\"offerTitle\":\"Contoso Flow\"")
                        .doesNotContain("Campaigns"));
        Ran second = relay();
        assertThat(second.code()).as("%s", second).isZero();
        assertThat(received()).hasSize(4);
        store(Leads.sparse());
        assertThat(relay("--output", "json").lines()).hasSize(1);
        assertThat(received()).hasSize(5);
        assertThat(server.requests().stream()
                        .map(request -> request.header("webhook-id"))
                        .distinct())
                .hasSize(5);
        assertThat(folder.resolve("lead.json.relay")).exists();
    }

    @Test
    void whatWasNotDeliveredComesAgain() {
        store(Leads.ada(), Leads.grace());
        server.otherwise(request -> Answer.of(request.body().contains("Ada") ? 401 : 200));
        assertThat(relay("--since", "all").code()).isEqualTo(ExitCodes.SOMETHING_LEFT);
        server.otherwise(request -> Answer.of(200));
        int before = received().size();
        Ran second = relay();
        assertThat(second.code()).as("%s", second).isZero();
        assertThat(received().subList(before, received().size()))
                .hasSizeBetween(1, 2)
                .anySatisfy(body -> assertThat(body).contains("Ada"));
        int after = received().size();
        assertThat(relay().code()).isZero();
        assertThat(received()).hasSize(after);
    }

    @Test
    void whatIsRefusedOrNoLeadIsToldOnce() throws Exception {
        store(Leads.ada());
        marketplaceRow("0001", "no address");
        server.otherwise(request -> Answer.of(400));
        Ran first = relay("--since", "all");
        assertThat(first.code()).isEqualTo(ExitCodes.SOMETHING_LEFT);
        assertThat(first.out()).contains("2 rejected", "lead.email-invalid").doesNotContain("no address");
        Ran second = relay();
        assertThat(second.code()).isZero();
        assertThat(second.out()).isEmpty();
    }

    @Test
    void testLeadsAndOtherOffersCanBeLeftOut() {
        store(TestLead.at(Instant.now()), Leads.ada(), Leads.grace());
        assertThat(relay("--since", "all", "--no-test-leads", "--offer", "contoso.backup")
                        .code())
                .isZero();
        assertThat(received()).singleElement().asString().contains("Ada");
    }

    @Test
    void theFirstRunHasToSayWhereToBegin() {
        store(Leads.ada());
        Ran unsaid = relay();
        assertThat(unsaid.code()).isEqualTo(ExitCodes.NOT_STARTED);
        assertThat(unsaid.err()).contains("--since all");
        assertThat(relay("--since", "soon").code()).isEqualTo(ExitCodes.NOT_STARTED);
        assertThat(relay("--since", "all", "--every", "0").code()).isEqualTo(ExitCodes.NOT_STARTED);
        assertThat(relay("--since", Instant.now().plusSeconds(3_600), "--checkpoint", folder.resolve("other"))
                        .code())
                .isZero();
        assertThat(received()).isEmpty();
        assertThat(folder.resolve("other")).exists();
    }

    @Test
    void aFileThatIsNoCheckpointStopsIt() throws Exception {
        Files.writeString(folder.resolve("lead.json.relay"), "{}");
        Ran ran = relay();
        assertThat(ran.code()).isEqualTo(ExitCodes.NOT_STARTED);
        assertThat(ran.err()).contains("no checkpoint of a table");
    }

    @Test
    void aTableThatCannotBeReadIsSaid() {
        Ran ran = relay("--since", "all");
        assertThat(ran.code()).isEqualTo(ExitCodes.SOMETHING_LEFT);
        assertThat(ran.err()).contains("azure-table.table-missing", "What to do:");
    }

    @Test
    void routesGoOnWithoutTheTable() throws Exception {
        store(Leads.ada(), Leads.grace());
        config = write("lead.json", hook(), """
                , "routes": [{"offer": "contoso.backup", "to": ["store", "hook"]}, {"to": ["store"]}]""");
        Ran ran = relay("--since", "all");
        assertThat(ran.code()).as("%s", ran).isZero();
        assertThat(ran.out()).contains("1 delivered");
        assertThat(received()).singleElement().asString().contains("Ada");
    }

    @Test
    void withoutATableOrAnythingElseThereIsNothingToRelay() throws Exception {
        config = write("lead.json", "");
        assertThat(relay("--since", "all").err()).contains("holds nothing but the table");
        config = write("lead.json", hook(), ", \"routes\": [{\"to\": [\"store\"]}]");
        assertThat(relay("--since", "all").err()).contains("routes: lead nowhere but to the table");
        Ran wrong = Ran.lead("relay", "--from", "hook", "--config", config, "--since", "all");
        assertThat(wrong.err()).contains("give --from one of [store]");
        config = Files.writeString(
                folder.resolve("lead.json"), "{\"insecureLoopback\":true,\"destinations\":{" + hook() + "}}");
        assertThat(relay("--since", "all").err()).contains("holds no table");
    }

    @Test
    void itFollowsUntilTheProcessIsEnded() throws Exception {
        store(Leads.ada());
        Path output = folder.resolve("output.txt");
        Process relay = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "relay",
                        "--from",
                        "store",
                        "--config",
                        config.toString(),
                        "--since",
                        "all",
                        "--follow",
                        "--every",
                        "1")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            awaitReceived(1, relay);
            store(Leads.grace());
            awaitReceived(2, relay);
        } finally {
            relay.destroy();
        }
        assertThat(relay.waitFor(40, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        assertThat(received()).hasSize(2);
    }

    private void awaitReceived(int requests, Process relay) {
        long end = System.nanoTime() + 40_000_000_000L;
        while (server.requests().size() < requests && relay.isAlive() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(server.requests()).hasSize(requests);
    }
}
