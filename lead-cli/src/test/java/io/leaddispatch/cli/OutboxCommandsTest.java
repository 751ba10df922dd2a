package io.leaddispatch.cli;

import static io.leaddispatch.cli.Ran.lead;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leaddispatch.Category;
import io.leaddispatch.Confirmation;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.Problem;
import io.leaddispatch.outbox.LeadOutbox;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadQueue.Claim;
import io.leaddispatch.spi.LeadQueue.Settlement;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.ScriptedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** status, find and dead-letters, on a real outbox. */
class OutboxCommandsTest {
    private static final Problem BAD =
            new Problem("test.bad", Category.INVALID_LEAD, "it is bad", "Mend it.", "V7", List.of("rec-2"));

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path config;
    private String url;

    @BeforeEach
    void fill() throws Exception {
        url = "jdbc:sqlite:" + folder.resolve("leads.db");
        config = Files.writeString(folder.resolve("lead.json"), """
                {"destinations": {"hook": {"type": "https", "settings": {"httpsEndpointUrl": "https://example.com/x"}}},
                 "outbox": {"url": "%s"}}
                """.formatted(url));
        try (LeadOutbox outbox = LeadOutbox.open(url)) {
            var queue = outbox.queue();
            Duration lease = Duration.ofMinutes(2);
            Claim dead = queue.store(Leads.ada(), List.of("hook"), lease).get(0).claim();
            Claim done =
                    queue.store(Leads.grace(), List.of("hook"), lease).get(0).claim();
            queue.settle(List.of(
                    new Settlement.Dead(dead, BAD, true, false),
                    new Settlement.Done(
                            done, new DeliveryResult.Delivered(Confirmation.CREATED, "rec-1", List.of("title: cut")))));
            queue.store(Leads.sparse(), List.of("hook"), null);
            queue.pause("lane hook", Instant.now().plusSeconds(600), BAD);
        }
    }

    @Test
    void statusTellsTheBooksAndThePauses() {
        Ran ran = lead("status", "--config", config);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.lines().get(0))
                .matches("[0-9TZ:-]+: 1 lead to go, the oldest for [0-9]+ s; 1 dead letters; 1 paused\\.");
        assertThat(ran.lines().get(3)).matches("hook +3 +1 +1 +0 +1 +0 +.*");
        assertThat(ran.out())
                .containsPattern("lane hook is paused until .*Z, for another (9|10) min")
                .contains("  [test.bad] it is bad", "  What to do: Mend it.", "lead dead-letters list");
    }

    @Test
    void aHeldDestinationIsSaidFirst() throws Exception {
        try (LeadOutbox outbox = LeadOutbox.open(url)) {
            outbox.queue().pause("lane hook", null, BAD);
        }
        Ran ran = lead("status", "--config", config);
        assertThat(ran.lines().get(0)).contains("1 HELD, needs a hand; 1 lead to go");
        assertThat(ran.out()).contains("lane hook is HELD until a probe succeeds");
        assertThat(lead("status", "--config", config, "--output", "json").out())
                .contains("{\"gate\":\"lane hook\",\"held\":true,\"problem\":{\"code\":\"test.bad\"");
    }

    @Test
    void aDestinationThatAsksForAHandIsHeld() throws Exception {
        Problem refused =
                new Problem("test.refused", Category.AUTH, "the password is wrong", "Set it.", null, List.of());
        CountDownLatch asked = new CountDownLatch(1);
        execute("update lead_outbox_gate set gate = 'lane other'");
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .to("hook", new LeadDestination() {
                    @Override
                    public List<DeliveryResult> deliver(LeadBatch batch) {
                        asked.countDown();
                        return DeliveryResult.all(batch, new DeliveryResult.Pause(refused, null));
                    }

                    @Override
                    public Limits limits() {
                        return Limits.ONE_BY_ONE.whereRepeatIsSafe();
                    }
                })
                .queue(LeadOutbox.open(url).queue())
                .build()) {
            assertThat(asked.await(50, TimeUnit.SECONDS)).isTrue();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
            Ran ran = lead("status", "--config", config);
            while (!ran.out().contains("test.refused") && System.nanoTime() < end) {
                ran = lead("status", "--config", config);
            }
            assertThat(ran.lines().get(0)).contains("1 HELD, needs a hand; 1 lead to go");
            assertThat(ran.out()).contains("lane hook is HELD until a probe succeeds", "lane other is paused until");
            assertThat(dispatcher.stats().lanes().get("hook").pausedUntil()).isNotNull();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void everyCommandAlsoSpeaksJson() throws Exception {
        Ran status = lead("status", "--config", config, "--output", "json");
        assertThat(status.lines().get(0))
                .matches("\\{\"destination\":\"hook\",\"stored\":3,\"done\":1,\"rejected\":1,\"dead\":0,"
                        + "\"waiting\":1,\"leased\":0,\"oldestOpen\":\"[^\"]+\"\\}");
        Ran find = lead("find", "--config", config, "lead-ada", "--output", "json");
        assertThat(find.out())
                .contains("\"state\":\"rejected\"", "\"mayExist\":false", "\"attempt\":1", "\"vendorCode\":\"V7\"");
        assertThat(lead("find", "--config", config, "nobody", "--output", "json")
                        .out())
                .isEmpty();
        Ran list = lead("dead-letters", "list", "--config", config, "--output", "json");
        assertThat(list.out())
                .contains("\"leadId\":\"lead-ada\"", "\"rejected\":true", "\"code\":\"test.bad\"")
                .doesNotContain("7f3a1c");
        Ran show = lead("dead-letters", "show", "--config", config, "--output", "json", "--with-content");
        assertThat(show.out()).contains("\"lead\":{").contains("ada-7f3a1c@example.com");
        for (String line : (status.out() + find.out() + list.out() + show.out()).split("\n")) {
            assertThat(JSON.readTree(line).isObject()).isTrue();
        }
        Path file = folder.resolve("dead.ndjson");
        assertThat(lead("dead-letters", "export", "--config", config, "--to", file, "--output", "json")
                        .lines())
                .containsExactly("{\"exported\":1}");
        assertThat(lead("dead-letters", "replay", "--config", config, "--all", "--output", "json")
                        .lines())
                .containsExactly("{\"replayed\":1}");
        assertThat(lead("dead-letters", "purge", "--config", config, "--all", "--output", "json")
                        .lines())
                .containsExactly("{\"purged\":0}");
    }

    @Test
    void findTellsWhereALeadWent() {
        Ran ran = lead("find", "--config", config, "lead-grace");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("hook: delivered (created) as rec-1, 1 attempts", "note: title: cut");
        Ran refused = lead("find", "--config", config, "lead-ada");
        assertThat(refused.out()).contains("hook: rejected", "attempt 1 [test.bad, V7]: it is bad", "Mend it.");
        assertThat(lead("find", "--config", config, "nobody").code()).isEqualTo(1);
        assertThat(lead("find", "--config", config, "no id").code()).isEqualTo(2);
    }

    @Test
    void deadLettersAreListedAndShownWithoutContent() {
        Ran list = lead("dead-letters", "list", "--config", config, "--code", "test.bad");
        assertThat(list.out()).contains("lead-ada", "hook", "test.bad: it is bad");
        assertThat(lead("dead-letters", "list", "--config", config, "--code", "none")
                        .lines())
                .hasSize(1);
        Ran show = lead("dead-letters", "show", "--config", config, "--lead", "lead-ada");
        assertThat(show.out()).contains("refused", "Mend it.", "record: rec-2").doesNotContain("7f3a1c");
        assertThat(lead("dead-letters", "show", "--config", config, "--with-content")
                        .out())
                .contains("ada-7f3a1c@example.com");
        assertThat(list.out() + list.err()).doesNotContain("7f3a1c");
    }

    @Test
    void deadLettersAreReplayedByFilterOnly() throws Exception {
        assertThat(lead("dead-letters", "replay", "--config", config).code()).isEqualTo(2);
        assertThat(lead("dead-letters", "replay", "--config", config, "--all", "--per-second", "0")
                        .code())
                .isEqualTo(2);
        Ran ran = lead("dead-letters", "replay", "--config", config, "--destination", "hook");
        assertThat(ran.out()).contains("1 are due again.");
        try (LeadOutbox outbox = LeadOutbox.open(url)) {
            assertThat(outbox.queue().claim("hook", 10, Duration.ofMinutes(2)))
                    .extracting(claim -> claim.lead().id().value())
                    .contains("lead-ada");
        }
    }

    @Test
    void deadLettersArePurgedAndExported() throws Exception {
        Path file = folder.resolve("dead.ndjson");
        assertThat(lead("dead-letters", "export", "--config", config, "--to", file)
                        .out())
                .contains("1 leads are written.");
        assertThat(Files.readString(file)).contains("\"id\":\"lead-ada\"").endsWith("\n");
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(lead("dead-letters", "export", "--config", config, "--to", file)
                        .code())
                .isEqualTo(2);
        assertThat(lead("dead-letters", "purge", "--config", config).code()).isEqualTo(2);
        assertThat(lead("dead-letters", "purge", "--config", config, "--all").out())
                .contains("1 are removed.");
        assertThat(lead("dead-letters", "list", "--config", config).lines()).hasSize(1);
    }

    @Test
    void whatWasExportedAndPurgedIsSentLikeAnyFileOfLeads() throws Exception {
        Path file = folder.resolve("dead.ndjson");
        lead("dead-letters", "export", "--config", config, "--to", file);
        lead("dead-letters", "purge", "--config", config, "--all");
        assertThat(lead("find", "--config", config, "lead-ada").code()).isEqualTo(1);
        try (ScriptedServer mended = ScriptedServer.start()) {
            Path now = Files.writeString(folder.resolve("mended.json"), """
                    {"destinations": {"mended": {"type": "https", "settings": {"httpsEndpointUrl": "%s/leads"}}},
                     "insecureLoopback": true, "outbox": {"url": "%s"}}
                    """.formatted(mended.uri(), url));
            Ran sent = lead("send", "--config", now, file);
            assertThat(sent.code()).as(sent.out() + sent.err()).isZero();
            assertThat(mended.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.body()).contains("ada-7f3a1c@example.com"));
            assertThat(lead("find", "--config", now, "lead-ada").out()).contains("mended: delivered");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "serve"})
    void withoutAnOutboxItSaysWhatIsMissing(String command) throws Exception {
        Path without = Files.writeString(folder.resolve("no.json"), """
                {"destinations": {"hook": {"type": "https", "settings": {"httpsEndpointUrl": "https://example.com/x"}}}}
                """);
        Ran ran = lead(command, "--config", without);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("outbox: is missing");
    }

    @Test
    void anOutboxThatCannotBeUsedIsNoFaultOfTheProgram() throws Exception {
        Path odd = Files.writeString(
                folder.resolve("odd.json"), Files.readString(config).replace("leads.db", "none/leads.db"));
        Ran ran = lead("status", "--config", odd);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("The outbox cannot be used:");
    }
}
