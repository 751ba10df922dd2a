package io.leaddispatch.cli;

import static io.leaddispatch.cli.Ran.lead;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Category;
import io.leaddispatch.Problem;
import io.leaddispatch.json.LeadJson;
import io.leaddispatch.outbox.LeadOutbox;
import io.leaddispatch.spi.LeadQueue.Settlement;
import io.leaddispatch.testkit.Leads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters leave one outbox and come to another, each for the destination it was for. */
class ImportCommandTest {
    private static final Problem BAD =
            new Problem("test.bad", Category.INVALID_LEAD, "it is bad", "Mend it.", null, List.of());

    @TempDir
    private Path folder;

    private Path from;
    private Path to;
    private Path file;

    @BeforeEach
    void twoOutboxes() throws Exception {
        from = config("from");
        to = config("to");
        file = folder.resolve("dead.ndjson");
        try (LeadOutbox outbox = LeadOutbox.open(url("from"))) {
            List<Settlement> dead = new ArrayList<>();
            for (var stored : outbox.queue().store(Leads.ada(), List.of("crm", "hook"), Duration.ofMinutes(2))) {
                dead.add(new Settlement.Dead(stored.claim(), BAD, true, false));
            }
            var grace = outbox.queue().store(Leads.grace(), List.of("crm"), Duration.ofMinutes(2));
            dead.add(new Settlement.Dead(grace.get(0).claim(), BAD, true, false));
            outbox.queue().settle(dead);
        }
    }

    private String url(String name) {
        return "jdbc:sqlite:" + folder.resolve(name + ".db");
    }

    private Path config(String name) throws Exception {
        return Files.writeString(folder.resolve(name + ".json"), """
                {"destinations": {"crm": {"type": "https", "settings": {"httpsEndpointUrl": "https://example.com/x"}},
                                  "hook": {"type": "https", "settings": {"httpsEndpointUrl": "https://example.com/y"}}},
                 "routes": [{"to": ["hook"]}],
                 "outbox": {"url": "%s"}}
                """.formatted(url(name)));
    }

    private List<String> stored(String destination) throws Exception {
        try (LeadOutbox outbox = LeadOutbox.open(url("to"))) {
            return outbox.queue().claim(destination, 10, Duration.ofMinutes(2)).stream()
                    .map(claim -> claim.lead().id().value())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void eachLeadComesBackForTheDestinationItWasForWhateverTheRoutesSay() throws Exception {
        assertThat(lead("dead-letters", "export", "--config", from, "--to", file)
                        .code())
                .isZero();
        Ran ran = lead("dead-letters", "import", "--config", to, file);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith("3 are stored; 0 were here already");
        assertThat(lead("dead-letters", "import", "--config", to, file, "--output", "json")
                        .lines())
                .containsExactly("{\"imported\":0,\"known\":3,\"refused\":0}");
        assertThat(stored("crm")).containsExactly("lead-ada", "lead-grace");
        assertThat(stored("hook")).containsExactly("lead-ada");
    }

    @Test
    void whatIsStillADeadLetterHereIsNotTakenAgain() {
        lead("dead-letters", "export", "--config", from, "--to", file);
        assertThat(lead("dead-letters", "import", "--config", from, file).out())
                .startsWith("0 are stored; 3 were here already");
    }

    @Test
    void aFileThatDoesNotSayItNeedsADestination() throws Exception {
        Files.write(file, LeadJson.write(Leads.ada()));
        Ran ran = lead("dead-letters", "import", "--config", to, file);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .contains("line 1: it does not say which destination")
                .doesNotContain("7f3a1c");
        assertThat(ran.out()).contains("1 are not stored");
        assertThat(lead("dead-letters", "import", "--config", to, file, "--destination", "crm")
                        .code())
                .isZero();
        assertThat(stored("crm")).containsExactly("lead-ada");
        assertThat(stored("hook")).isEmpty();
    }

    @Test
    void aLineThatCannotBeTakenDoesNotStopTheOthers() throws Exception {
        String good = new String(LeadJson.write(Leads.grace()), UTF_8).replaceFirst("\\{", "{\"destination\":\"crm\",");
        Files.writeString(file, good.replace("\"crm\"", "\"gone\"") + "\nCANARY\n\r\n{\"email\":\"CANARY\"}\n" + good);
        Ran ran = lead("dead-letters", "import", "--config", to, file);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err().lines())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isEqualTo("line 1: the configuration has no destination gone: give --destination"),
                        second -> assertThat(second).startsWith("line 2: ["),
                        third -> assertThat(third).startsWith("line 4: ["));
        assertThat(ran.err()).doesNotContain("CANARY");
        assertThat(ran.out()).startsWith("1 are stored; 0 were here already").contains("3 are not stored");
        assertThat(stored("crm")).containsExactly("lead-grace");
    }

    @Test
    void withoutFileOrOutboxNothingIsStarted() throws Exception {
        Ran ran = lead("dead-letters", "import", "--config", to, file);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("There is no file");
        Path without = Files.writeString(
                folder.resolve("no.json"), Files.readString(to).replaceFirst("(?s),\\s*\"outbox\".*", "}"));
        assertThat(lead("dead-letters", "import", "--config", without, file).code())
                .isEqualTo(2);
    }
}
